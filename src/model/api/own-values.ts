/**
 * Structs that this library made for its own public calls, from values that are checked already. The compiler knows their types, and a large
 * cluster has several for each node.
 */
const own = new WeakSet();

/** Marks a struct as made here, and returns it. */
export function ownValue<T extends object>(value: T): T {
  own.add(value);
  return value;
}

export function isOwnValue(value: unknown): boolean {
  return typeof value === 'object' && value !== null && own.has(value);
}

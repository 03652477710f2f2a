/**
 * Structs that this library made for its own public calls, from values that are checked already. The compiler knows their types, and a large
 * cluster has several for each node.
 */
const own = new WeakMap<object, string>();

/** Marks a struct of that public type as made here, and returns it. */
export function ownValue<T extends object>(type: string, value: T): T {
  own.set(value, type);
  return Object.freeze(value);
}

export function isOwnValue(value: unknown, type: string): boolean {
  return typeof value === 'object' && value !== null && own.get(value) === type;
}

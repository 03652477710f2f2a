/** The entries as an object in the order of their keys: the order of the nodes has no effect on a stack. */
export function sortedRecord<T>(entries: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * `net_kernel:allow/1` with these nodes: a node that has evaluated it connects to them and to nobody else. The names are node names that
 * were checked, so nothing in them ends the quotes.
 */
export function allowExpression(nodeNames: readonly string[]): string {
  return `net_kernel:allow([${nodeNames.map((name) => `'${name}'`).join(',')}])`;
}

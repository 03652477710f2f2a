/**
 * `net_kernel:allow/1` with these nodes: a node that has evaluated it connects only to them. The names are valid node names,
 * so none of them contains a quote.
 */
export function allowExpression(nodeNames: readonly string[]): string {
  return `net_kernel:allow([${nodeNames.map((name) => `'${name}'`).join(',')}])`;
}

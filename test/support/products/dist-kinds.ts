/** How a node is connected to others, by its own word. */

/** Erlang for each node of `net_kernel:nodes_info/0`, visible or hidden, with the protocol below its distribution connection. */
export function kindsIn(info: string): string {
  return `[{N, element(4, proplists:get_value(address, I))} || {N, I} <- ${info}]`;
}

/** Reads what that gave: node name to `tls`, `tcp`. */
export function connectionKinds(answer: string): Readonly<Record<string, string>> {
  const entries = [...answer.matchAll(ENTRY)].map(([, name = '', kind = '']) => [name, kind]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Erlang quotes an atom with a dot or a dash, and leaves `rabbit@rmq1` bare. */
const ENTRY = /\{'?([^\s',{}]+)'?,\s*(\w+)\}/g;

/** What the way from plain TCP to TLS looks like from inside: the flags that each node of a CouchDB cluster runs with. */
import { couchDb } from '../../../src/model/platforms/couchdb';
import { canDial, listensWith } from '../../../src/model/platforms/couchdb/no-tls';
import type { NodeWithExceptions } from '../../../src/model/platforms/protocol';

/** The nodes as they run, each with the flags that it was started with. */
export type RunningNodes = ReadonlyMap<string, NodeWithExceptions>;

/** A node on `inet_tcp` listens and dials as one does that takes every node for plain. */
export function onPlainTcp(name: string): NodeWithExceptions {
  return { name, exceptions: ['true'] };
}

/** A node that was started with this list. */
export function startedWith(name: string, unsafePlainTextMembers: readonly string[]): NodeWithExceptions {
  return { name, exceptions: noTlsValues(unsafePlainTextMembers) };
}

/** As the VM has them: the values are written without quoting of the carrier. */
function noTlsValues(unsafePlainTextMembers: readonly string[]): readonly string[] {
  const { flags = [] } = couchDb({ unsafePlainTextMembers: [...unsafePlainTextMembers] });
  return flags.map(({ values = [] }) => values[1] ?? '');
}

export function nodesWith(names: readonly string[], start: (name: string) => NodeWithExceptions): RunningNodes {
  return new Map(names.map((name) => [name, start(name)]));
}

export function restarted(running: RunningNodes, node: NodeWithExceptions): RunningNodes {
  return new Map([...running, [node.name, node]]);
}

/** Pairs that no side of can dial the other. */
export function pairsApart(running: RunningNodes): readonly string[] {
  const nodes = [...running.values()];
  return nodes.flatMap((one, index) =>
    nodes
      .slice(index + 1)
      .filter((other) => !canDial(one, other) && !canDial(other, one))
      .map((other) => `${one.name} ${other.name}`),
  );
}

/** The nodes that this one cannot connect to. A node that has just started has no connections. */
export function outOfReachOf(name: string, running: RunningNodes): readonly string[] {
  const node = running.get(name);
  const others = [...running.values()].filter((other) => other !== node);
  return others.filter((other) => node === undefined || !canDial(node, other)).map((other) => other.name);
}

export function listenInPlainText(running: RunningNodes): readonly string[] {
  return [...running.values()].filter((node) => listensWith(node) === 'tcp').map(({ name }) => name);
}

/** Every order of these. */
export function ordersOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length === 0) return [[]];
  return all.flatMap((first, index) =>
    ordersOf(all.filter((_one, at) => at !== index)).map((rest) => [first, ...rest]),
  );
}

/** Every selection of these, also none and all. */
export function selectionsOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  return all.reduce<readonly (readonly T[])[]>(
    (selections, one) => [...selections, ...selections.map((others) => [...others, one])],
    [[]],
  );
}

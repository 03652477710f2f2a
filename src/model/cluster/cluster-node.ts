import { rule } from '../findings/rule';
import type { NodeName } from './node-name';

/** Whether `id` can be part of construct paths and the name of a directory. Node names are legal; names that lead out of a directory are not. */
export function isNodeId(id: string): boolean {
  // The construct tree takes the names of an object's own methods for children that are there.
  return /^[0-9A-Za-z_][0-9A-Za-z_.:@-]*$/.test(id) && !(id in Object.prototype);
}

/** A declared node of a cluster. */
export interface ClusterNode {
  /**
   * Name of the node in the construct tree, in Terraform addresses and in the output directory. It does not depend on the node's place in a
   * list, because a new id makes a new private key.
   */
  readonly id: string;
  readonly name: NodeName;
  /** Absolute directory of the node's files, on the node. */
  readonly installDirectory: string;
}

/** The name of a directory for the node among others: the first label of its host, as pods are named, or its id where the host has none. */
export function directoryName({ id, name: { host } }: Pick<ClusterNode, 'id' | 'name'>): string {
  return host.kind === 'dns' ? host.text.replace(/\..*$/, '') : id;
}

export const NODE_ID_NEEDED = rule({
  code: 'node-id-needed',
  severity: 'error',
  problem: 'has a host that only Terraform knows, and no id',
  expected: 'an id of your own beside such a name',
  remedy: 'add id: "db1" to the node: Terraform addresses and directories are made from it and must be known at synth',
  source: 'docs/distribution.md, on hosts that only Terraform knows',
});

export const NODE_ID_ILLEGAL = rule({
  code: 'node-id-illegal',
  severity: 'error',
  problem: 'cannot name a construct and a directory',
  expected:
    'letters, digits, "_", "-", ".", ":" and "@", not beginning with a sign, and not an id that the cluster uses itself, such as "tools", or JavaScript, such as "constructor"',
  remedy: 'choose another id',
  source: 'test/model/plan/cluster-plan.test.ts',
});

export const NODE_DECLARED_TWICE = rule({
  code: 'node-declared-twice',
  severity: 'error',
  problem: 'is declared twice',
  expected: 'each node once',
  remedy: 'remove one of the two, or rename it',
  source: 'test/model/plan/cluster-plan.test.ts',
});

export const NODE_UNKNOWN = rule({
  code: 'node-unknown',
  severity: 'error',
  problem: 'is not in this cluster',
  expected: 'the name or id of a declared node',
  remedy: 'correct the name, or declare the node',
  source: 'test/constructs/refusals.test.ts',
});

export const NODE_DIRECTORY_SHARED = rule({
  code: 'node-directory-shared',
  severity: 'error',
  problem: 'has the directory of another node, or of the tools',
  expected: 'for each node another first label of its host, which names its directory in the volume',
  remedy: 'give one of them an installDirectory of its own below that of the cluster',
  source: 'docs/kubernetes.md',
});

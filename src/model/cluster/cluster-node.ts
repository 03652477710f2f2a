import { rule } from '../findings/rule';
import type { NodeName } from './node-name';

/**
 * Whether `id` can be a component of construct paths and the name of a directory. What a node name consists of is legal; what leads out of
 * a directory is not.
 */
export function isNodeId(id: string): boolean {
  return /^[0-9A-Za-z_][0-9A-Za-z_.:@-]*$/.test(id);
}

/** One node of a cluster as it was declared. */
export interface ClusterNode {
  /**
   * What the node is called in the construct tree, in Terraform addresses and in the output directory. It names the node, never its
   * place in a list: a changed id is a new private key.
   */
  readonly id: string;
  readonly name: NodeName;
  /** Absolute directory on the node in which its files lie. */
  readonly installDirectory: string;
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
    'letters, digits, "_", "-", ".", ":" and "@", not beginning with a sign, and not an id that the cluster uses itself, such as "tools"',
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

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

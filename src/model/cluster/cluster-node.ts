import type { NodeName } from './node-name';

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

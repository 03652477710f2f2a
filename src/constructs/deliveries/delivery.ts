import type { Construct } from 'constructs';

import type { NodeFile } from '../../model/files/node-file';

/** Takes the files of a node out of Terraform. Implement it for a delivery that this library does not have. */
export interface IDelivery {
  /**
   * Whether the files of all nodes go to one place that every node sees, such as a volume. Each node then has a directory of its own below the
   * install directory of the cluster, with the first label of its host as its name, as pods of a `StatefulSet` are named, or else with its
   * id. A node's own `installDirectory` takes precedence.
   *
   * @default false
   */
  readonly directoryPerNode?: boolean;
  /**
   * Minutes from the end of a deploy until every running node uses what it brought, if nobody has to do anything for it. A rollover that waits for
   * less is a warning.
   *
   * @default - somebody installs the files
   */
  readonly settleMinutes?: number;

  /** Defines the resources that take these files out of Terraform, below `scope`. */
  bind(scope: Construct, request: DeliveryRequest): DeliveryResult;
}

/** The files of one node, or of the tools. */
export interface DeliveryRequest {
  /** Id of the node in the cluster, or of the tools. */
  readonly nodeId: string;
  /**
   * Id of the shard that the node belongs to. What a delivery writes for one shard has to be apart from what it writes for others, because a
   * node may move from one to another.
   *
   * @default - the cluster has no shards
   */
  readonly shard?: string;
  /** Absolute directory for the files, on the node. */
  readonly installDirectory: string;
  /**
   * Install directory of the cluster. Those of its nodes and tools are below it, or the same, unless a node has one of its own elsewhere.
   *
   * @default - the `installDirectory` of this request
   */
  readonly clusterDirectory?: string;
  /** The files, all of them in the install directory. */
  readonly files: NodeFile[];
  /**
   * Command that makes a running node read renewed files at once, in one line for people. Empty for the files of tools, because no running
   * node reads them.
   *
   * @default - an expression to evaluate in a shell of the node
   */
  readonly reload?: string;
  /**
   * The same as a command that a script can run on the host.
   *
   * @default - the platform has none
   */
  readonly reloadCommand?: string;
  /**
   * Host parts of node names, by the ids of the nodes: of the node, or of all nodes for the tools and for a shared identity. They may be tokens.
   *
   * @default - not known
   */
  readonly hosts?: Readonly<Record<string, string>>;
  /**
   * Whether the nodes of the cluster have the same files, apart from keys, certificates and the id of the node. A delivery may then write
   * down the common text once for all of them.
   *
   * @default false
   */
  readonly uniform?: boolean;
  /**
   * The key that stays on the node. The files do not contain it: whoever brings them to the node completes the file at its path there.
   *
   * @default - the files contain the key
   */
  readonly keyOnNode?: KeyOnNode;
}

/** A private key that is made on the node and stays there. */
export interface KeyOnNode {
  /**
   * Path on the node of the file that has to begin with the key. If it is among the files of the request, these lack the key; if it is not, the
   * file consists of the key alone.
   */
  readonly keyPath: string;
  /**
   * Path on the node of the file with the certificate, which belongs onto no other key than its own.
   *
   * @default - none: the request of the node is missing, and the node waits
   */
  readonly certificatePath?: string;
  /** Options of `openssl genpkey` that make such a key. */
  readonly keyOptions: string;
  /** A configuration file of `openssl req`, with exactly the names and uses that the node needs. As a Terraform string. */
  readonly requestConfiguration: string;
}

/** Result of a delivery. */
export interface DeliveryResult {
  /**
   * Paths of the files on the machine that runs Terraform: the files in the order of the request, or the script that contains them. Relative
   * ones start at the directory in which Terraform runs, `cdktf.out/stacks/<stack>`. Empty if nothing is written there.
   */
  readonly outputs: string[];
  /** The resources of the delivery, in the same order if there is one for each file, for overrides. A rollover of the CA waits for them. */
  readonly resources: Construct[];
}

import type { Construct } from 'constructs';

import type { NodeFile } from '../../model/files/node-file';

/** How a node's files leave Terraform. Implement it for a way that this library does not know. */
export interface IDelivery {
  /** Defines, below `scope`, what brings these files out of Terraform. */
  bind(scope: Construct, request: DeliveryRequest): DeliveryResult;
}

/** The files of one node, or of the tools. */
export interface DeliveryRequest {
  /** What the node is called: its id in the cluster. */
  readonly nodeId: string;
  /** Absolute directory on the node in which the files lie. */
  readonly installDirectory: string;
  /** The files. All of them lie in the install directory. */
  readonly files: NodeFile[];
  /**
   * How to make a running node read renewed files at once, in one line for people. Empty for the files of tools: no running node reads them.
   *
   * @default - the expression to evaluate on the node
   */
  readonly reload?: string;
}

/** What a delivery made of a request. */
export interface DeliveryResult {
  /** What was written on the machine that ran Terraform: the files in the order of the request, or the script that carries them. */
  readonly outputs: string[];
  /** The resources that it defined, in the same order, for overrides. A rollover of the CA waits for them. */
  readonly resources: Construct[];
}

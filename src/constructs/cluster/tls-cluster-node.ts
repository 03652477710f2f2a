import type { NodeFile } from '../../model/files/node-file';
import type { BootFile } from '../../model/platforms/profile';
import type { NodeCertificate, NodeCertificateOptions } from '../certificates/node-certificate';
import type { ToolCertificate } from '../certificates/tool-certificate';
import type { SslDistOptFile } from '../config/ssl-dist-opt-file';
import type { DeliveryResult } from '../deliveries/delivery';

/** Properties of a node of a `TlsCluster`. Its certificate options take precedence over those of the cluster. */
export interface TlsClusterNodeProps extends NodeCertificateOptions {
  /**
   * Name of the node, `name@host`. The host may be a token; `id` is required then.
   *
   * A range of numbers in braces declares several nodes: `"rabbit@rmq-server-{0..2}.rmq-nodes.ns"` declares three, such as the
   * pods of a `StatefulSet`. They share the other properties.
   */
  readonly name: string;
  /**
   * Id of the node in Terraform addresses and in the output directory. A new id makes a new private key.
   *
   * @default - the node name
   */
  readonly id?: string;
  /**
   * Id of the CA generation that signs this node's certificate, to try the next generation on some nodes first.
   *
   * @default - the signing generation of the CA; if none signs, the node has no certificate of this library
   */
  readonly signedBy?: string;
  /**
   * Absolute directory for the files of this node, on the node.
   *
   * @default - the `installDirectory` of the cluster
   */
  readonly installDirectory?: string;
}

/** A node of a `TlsCluster`, with the parts that other constructs may need. */
export interface TlsClusterNode {
  /** Id of the node in the cluster. */
  readonly id: string;
  /** `name@host`, or the id of the identity that nodes share. */
  readonly name: string;
  /** Absolute directory of the node's files, on the node. */
  readonly installDirectory: string;
  /** Key and certificate of the node. Absent as long as nobody signs for it: it gets the trust bundle alone. */
  readonly certificate?: NodeCertificate;
  /** Option file of the node. Absent if the platform takes the options as flags, and without a certificate. */
  readonly optionFile?: SslDistOptFile;
  /** Files from which the node reads its flags, for inspection and tests. None without a certificate. */
  readonly bootFiles: BootFile[];
  /** All files of the node, with their paths on the node. */
  readonly files: NodeFile[];
  /** Result of the delivery. */
  readonly delivered: DeliveryResult;
}

/** The certificate and files with which people and scripts connect to the nodes. */
export interface TlsClusterTools {
  /** Key and certificate of the tools, valid for clients only. */
  readonly certificate: ToolCertificate;
  /** Option file of the tools. */
  readonly optionFile: SslDistOptFile;
  /** Files from which the tools read their flags, for inspection and tests. */
  readonly bootFiles: BootFile[];
  /** All files of the tools, with their paths on the machine where a tool runs. */
  readonly files: NodeFile[];
  /** Command line that connects to the first node. */
  readonly command: string;
  /** Result of the delivery. */
  readonly delivered: DeliveryResult;
}

import type { NodeFile } from '../../model/files/node-file';
import type { BootFile } from '../../model/platforms/profile';
import type { NodeCertificate, NodeCertificateOptions } from '../certificates/node-certificate';
import type { ToolCertificate } from '../certificates/tool-certificate';
import type { SslDistOptFile } from '../config/ssl-dist-opt-file';
import type { DeliveryResult } from '../deliveries/delivery';

/** A node to declare. Its certificate options go before those of the cluster. */
export interface TlsClusterNodeProps extends NodeCertificateOptions {
  /**
   * `name@host`. The host may be a token; then `id` is needed.
   *
   * Numbers in braces stand for several nodes: `"rabbit@rmq-{0..2}.rmq-nodes.ns.svc.cluster.local"` declares three, as the pods of a
   * `StatefulSet` are named. They share the other properties.
   */
  readonly name: string;
  /**
   * What the node is called in Terraform addresses and in the output directory. Another id is another private key.
   *
   * @default - the node name
   */
  readonly id?: string;
  /**
   * Id of the CA generation that signs this node's certificate: for nodes that go before the others in a rollover.
   *
   * @default - the generation that signs
   */
  readonly signedBy?: string;
  /**
   * Absolute directory on this node in which its files lie.
   *
   * @default - the `installDirectory` of the cluster
   */
  readonly installDirectory?: string;
}

/** A declared node, with what others need to compose with it. */
export interface TlsClusterNode {
  /** Its id in the cluster. */
  readonly id: string;
  /** `name@host` */
  readonly name: string;
  /** Absolute directory on the node in which its files lie. */
  readonly installDirectory: string;
  /** Its key and certificate. */
  readonly certificate: NodeCertificate;
  /** Its option file; undefined where the platform has the options in its flags. */
  readonly optionFile?: SslDistOptFile;
  /** What the platform reads for its flags, for reading and tests. */
  readonly bootFiles: BootFile[];
  /** Its files, by their paths on the node. */
  readonly files: NodeFile[];
  /** What the delivery made of the files. */
  readonly delivered: DeliveryResult;
}

/** What people and scripts need to connect to the nodes. */
export interface TlsClusterTools {
  /** Their key and certificate, good for dialling only. */
  readonly certificate: ToolCertificate;
  /** Their option file. */
  readonly optionFile: SslDistOptFile;
  /** What they read for their flags, for reading and tests. */
  readonly bootFiles: BootFile[];
  /** Their files, by their paths on the machine where the tool runs. */
  readonly files: NodeFile[];
  /** The command line that connects. */
  readonly command: string;
  /** What the delivery made of the files. */
  readonly delivered: DeliveryResult;
}

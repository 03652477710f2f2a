import type { ClusterNode } from '../cluster/cluster-node';
import type { DistributionInput } from '../erlang/flags/distribution-flags';
import type { VmFlag } from '../erlang/flags/vm-flags';
import type { DistOptionsInput } from '../erlang/options/dist-options';
import type { OtpRelease } from '../otp/otp-release';
import type { Generation } from '../pki/generation';
import type { SharedIdentity } from '../pki/shared-identity';
import type { SubjectNameOptions } from '../pki/subject-names';
import type { BesideIdentity } from '../rules/nodes/shared-identity';
import type { CertificateChoice } from './certificate-plan';
import type { RevocationSpec } from './revocation';

/** The declaration of a cluster, with defaults filled in. It contains no tokens, except in hosts of nodes. */
export interface ClusterSpec {
  readonly otp: OtpRelease;
  readonly nodes: readonly NodeSpec[];
  /** Absent if each node has a certificate of its own. */
  readonly shared?: SharedSpec;
  /** Absolute directory on the nodes that have none of their own. */
  readonly installDirectory: string;
  /** Options of TLS, without the files, which depend on the directory. */
  readonly tls: TlsSpec;
  readonly distribution: DistributionInput;
  /** The user's own flags for every node. */
  readonly flags: readonly VmFlag[];
  readonly certificates: CertificateChoice;
  readonly separateKeyFile: boolean;
  /** The CA generations that nodes trust. */
  readonly trustedGenerations: readonly Pick<Generation, 'id' | 'canSign'>[];
  readonly alarms: AlarmChoice;
  /** Absent if the library delivers no revocation lists. */
  readonly revocation?: RevocationSpec;
  /** Id of the tools, and the name of their directory. */
  readonly toolsId: string;
  /** Ids that nodes cannot have. */
  readonly takenIds: readonly string[];
}

export type TlsSpec = Omit<DistOptionsInput, 'otp' | 'certfile' | 'keyfile' | 'cacertfile'>;

/** One node of a cluster. */
export interface NodeSpec {
  readonly node: ClusterNode;
  /** The node's name for people. */
  readonly label: string;
  /** Whether the node has an install directory of its own, and with it boot files of its own. */
  readonly hasOwnDirectory: boolean;
  readonly certificate: CertificateChoice & SubjectNameOptions;
}

/** One certificate and one set of files for all nodes. */
export interface SharedSpec {
  readonly identity: SharedIdentity;
  /** What stands for the nodes in the construct tree. */
  readonly node: NodeSpec;
  readonly beside: Omit<BesideIdentity, 'nodes'>;
}

/** Hours before expiry from which every plan warns. Absent ones have defaults. */
export interface AlarmChoice {
  readonly caHours?: number;
  readonly certificateHours?: number;
  readonly crlHours?: number;
}

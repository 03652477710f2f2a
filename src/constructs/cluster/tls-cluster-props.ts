import type { VmFlag } from '../../model/erlang/flags/vm-flags';
import type { OtpRelease } from '../../model/otp/otp-release';
import type { CertificateOptions } from '../certificates/certificate-options';
import type { DistributionOptions } from '../config/distribution-options';
import type { TlsOptions } from '../config/ssl-dist-options';
import type { IDelivery } from '../deliveries/delivery';
import type { CaRolloverOptions } from '../issuers/ca-rollover';
import type { RootCaOptions } from '../issuers/root-ca';
import type { Platform } from './platform';
import type { TlsClusterNodeProps } from './tls-cluster-node';

/** The CA of a cluster. */
export interface ClusterCaOptions extends RootCaOptions {
  /**
   * Common name of the CA.
   *
   * @default - the platform's name and "Root CA"
   */
  readonly commonName?: string;
  /**
   * The steps from one generation to the next.
   *
   * @default - ten minutes between two steps, and no step that cuts nodes off
   */
  readonly rollover?: CaRolloverOptions;
}

/** When Terraform warns of the end of certificates. It goes on all the same. */
export interface ExpiryAlarmOptions {
  /**
   * Hours before the end of a CA generation from which on every plan warns.
   *
   * @default - the validity of the certificates that it signs: from then on they would outlive it
   */
  readonly caHours?: number;
  /**
   * Hours before the end of a node's certificate from which on every plan warns.
   *
   * @default - half of the time for renewal: it has been due for as long, and nobody has deployed
   */
  readonly certificateHours?: number;
}

/** Properties of `TlsCluster`. */
export interface TlsClusterProps {
  /** What the nodes run. */
  readonly platform: Platform;
  /** The oldest OTP release among the nodes. */
  readonly otp: OtpRelease;
  /** The nodes. Their order means nothing. */
  readonly nodes: TlsClusterNodeProps[];
  /** Absolute directory on the nodes in which their files lie. Only this appears in the option file and in the flags. */
  readonly installDirectory: string;
  /** How the files leave Terraform. */
  readonly delivery: IDelivery;
  /**
   * The CA of this cluster. A cluster has one of its own: any certificate of a trusted CA may join under any name.
   *
   * @default - a root CA with one generation
   */
  readonly certificateAuthority?: ClusterCaOptions;
  /**
   * The certificates of the nodes and of the tools.
   *
   * @default - ECDSA P-256, valid for a year, renewed when a third of it is left
   */
  readonly certificates?: CertificateOptions;
  /**
   * When Terraform warns of the end of certificates, with a `check` block.
   *
   * @default - in time for each to be renewed
   */
  readonly expiryAlarms?: ExpiryAlarmOptions;
  /**
   * How nodes speak TLS.
   *
   * @default - TLS 1.3, both peers verified
   */
  readonly tls?: TlsOptions;
  /**
   * How nodes listen and find each other.
   *
   * @default - 64 KiB buffers, and OTP's defaults for the rest
   */
  readonly distribution?: DistributionOptions;
  /**
   * More flags for every node. Each flag may be given once, here and by the platform together.
   *
   * @default - none
   */
  readonly flags?: VmFlag[];
  /**
   * Puts key and certificate into files of their own, `key.pem` and `cert.pem`, instead of `node.pem`. A node that reads between the two
   * replacements holds a pair that does not match, until it reads again.
   *
   * @default false
   */
  readonly separateKeyFile?: boolean;
}

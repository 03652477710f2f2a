import type { VmFlag } from '../../model/erlang/flags/vm-flags';
import type { OtpRelease } from '../../model/otp/otp-release';
import type { CertificateOptions } from '../certificates/certificate-options';
import type { Identity } from '../certificates/identity';
import type { DistributionOptions } from '../config/distribution-options';
import type { TlsOptions } from '../config/ssl-dist-options';
import type { IDelivery } from '../deliveries/delivery';
import type { CaRolloverOptions } from '../issuers/ca-rollover';
import type { CertificateAuthorityOptions } from '../issuers/certificate-authority';
import type { Platform } from './platform';
import type { TlsClusterNodeProps } from './tls-cluster-node';

/** Options of the CA of a cluster. */
export interface ClusterCaOptions extends CertificateAuthorityOptions {
  /**
   * Common name of the CA.
   *
   * @default - the name of the platform and "Root CA", such as "CouchDB Root CA"
   */
  readonly commonName?: string;
  /**
   * Rules for the steps from one generation of the CA to the next.
   *
   * @default - ten minutes between two steps, and no step that cuts nodes off
   */
  readonly rollover?: CaRolloverOptions;
}

/** Times from which Terraform warns that certificates expire soon. A warning stops nothing. */
export interface ExpiryAlarmOptions {
  /**
   * Number of hours before a CA generation expires from which every plan warns.
   *
   * @default - the validity of the certificates that it signs, because certificates signed later would outlive it
   */
  readonly caHours?: number;
  /**
   * Number of hours before the certificate of a node or of the tools expires from which every plan warns.
   *
   * @default - half of `earlyRenewalHours`: half of the time for the renewal has passed without a deploy
   */
  readonly certificateHours?: number;
  /**
   * Number of hours before the next update of a revocation list from which every plan warns.
   *
   * @default - a third of the time for which the list was made
   */
  readonly crlHours?: number;
}

/** Revocation lists that the library brings to the nodes and the tools. */
export interface RevocationOptions {
  /**
   * Lists as PEM, one for each CA, such as `erlang-tls crl` prints. They are public: commit them. A new list replaces the old one under the same
   * name on the nodes, which read it at the next connection.
   *
   * @default - none
   */
  readonly lists?: string[];
  /**
   * Lists that only Terraform knows, such as those of a data source, by the hash of the name of their CA: what
   * `openssl x509 -noout -subject_hash -in ca.pem` prints. Their end is not known at synth: no alarm goes off, and no plan is refused when they are
   * out of date.
   *
   * @default - none
   */
  readonly listsByHash?: Readonly<Record<string, string>>;
}

/** What a cluster consists of, apart from its nodes. */
export interface ClusterOptions {
  /** The server that the nodes run. */
  readonly platform: Platform;
  /** The oldest OTP release among the nodes. */
  readonly otp: OtpRelease;
  /** Absolute directory for the files of each node, on the node. The option file and the flags contain this directory, never the output directory. */
  readonly installDirectory: string;
  /** Delivery that takes the files out of Terraform. */
  readonly delivery: IDelivery;
  /**
   * The CA of this cluster. Each cluster has a separate CA, because the holder of any certificate of a trusted CA can join under any node
   * name.
   *
   * @default - a root CA with one generation
   */
  readonly certificateAuthority?: ClusterCaOptions;
  /**
   * Options of the certificates of the nodes and of the tools.
   *
   * @default - ECDSA P-256, valid for one year, renewed when a third of the validity is left
   */
  readonly certificates?: CertificateOptions;
  /**
   * Times from which Terraform warns that certificates expire soon, with a `check` block.
   *
   * @default - early enough to renew each of them
   */
  readonly expiryAlarms?: ExpiryAlarmOptions;
  /**
   * Revocation lists of the CAs, with which nodes refuse certificates before they expire. They are delivered to the directory `crls` below that of each
   * node and of the tools, and both sides of every connection check them as `tls.crlCheck` says.
   *
   * Each CA needs a list, and from its next update on, nodes refuse **every** other node. A plan that would deliver such a list is refused, and
   * plans warn before (`expiryAlarms.crlHours`). Turning revocation on takes a restart of the nodes; new lists take none.
   *
   * @default - none: revocation is not checked, so prefer short lifetimes
   */
  readonly revocation?: RevocationOptions;
  /**
   * TLS options of the nodes.
   *
   * @default - TLS 1.3, with both peers verified
   */
  readonly tls?: TlsOptions;
  /**
   * Settings for the ports and addresses on which nodes listen, and for epmd.
   *
   * @default - 256 KiB buffers, and OTP's defaults otherwise
   */
  readonly distribution?: DistributionOptions;
  /**
   * More flags for every node. A flag that the library or the platform sets cannot be given again.
   *
   * @default - none
   */
  readonly flags?: VmFlag[];
  /**
   * Writes the key and the certificate to separate files, `key.pem` and `cert.pem`, instead of `node.pem`. A node that reads while only one
   * of them is replaced has a key that does not match its certificate, until it reads again.
   *
   * @default false
   */
  readonly separateKeyFile?: boolean;
}

/** Properties of `TlsCluster`. */
export interface TlsClusterProps extends ClusterOptions {
  /**
   * The nodes. Their order has no effect. May be empty with a shared identity, whose certificate names the hosts of these nodes as well.
   */
  readonly nodes: TlsClusterNodeProps[];
  /**
   * Key and certificate that nodes show. With a shared identity, there is one certificate and one set of files for all nodes, which may come and go
   * (`docs/autoscaling.md`): all of them have one private key, and no host is told apart from another.
   *
   * @default - each node has its own
   */
  readonly identity?: Identity;
}

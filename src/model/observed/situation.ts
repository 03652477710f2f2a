import type { FlagUse } from '../erlang/flags/flag-use';
import type { Side } from '../erlang/options/ssl-option';
import type { TlsSettings } from '../erlang/options/tls-settings';
import type { Releases } from '../otp/releases';
import type { Moment } from '../terraform/resources';
import type { CertificateFacts } from '../x509/certificate-reader';

/**
 * Nodes and tools that have to connect with each other, read from files or from a plan. In a plan, each node is there twice: while one after the
 * other is restarted, nodes with old files and nodes with new files meet in every combination.
 */
export interface Situation {
  readonly surface: 'planned' | 'installed';
  readonly members: readonly NodeAtMoment[];
  readonly releases: Releases;
}

/** A node, or the tools, with the files of one moment. */
export interface NodeAtMoment {
  /** Identity of the node: the same object at each of its moments. */
  readonly node: object;
  /** Name of the node, or of the place where its files are, as messages show it. */
  readonly label: string;
  /** Absent for files that are installed. */
  readonly moment?: Moment;
  /** Whole name of the node. Absent if it is not known. */
  readonly name?: string;
  /** Whether other nodes can dial it. Tools only dial. */
  readonly isServer: boolean;
  /** Flags that it is started with. Absent if they are not known. */
  readonly flags?: readonly FlagUse[];
  /** Value of `-proto_dist`. Absent if it is not known. */
  readonly protocol?: string;
  /** How it finds other nodes and is found by them, in words. Absent if it is not known. */
  readonly discovery?: string;
  readonly settings: TlsSettings;
  /** Certificates and CAs by the side that uses them. */
  readonly sides: Readonly<Partial<Record<Side, SideAtMoment>>>;
}

/** Certificate and trust of one side. */
export interface SideAtMoment {
  /** Absent if there is no certificate, or none that can be read. */
  readonly shown?: ShownCertificate;
  /** Absent if the trusted CAs are not known. */
  readonly trust?: TrustBundle;
  /** Names of the CAs with a revocation list. Absent if none is needed, or if lists are judged elsewhere. */
  readonly lists?: ReadonlySet<string>;
}

/** A certificate as the peer sees it. */
export interface ShownCertificate {
  /** Equal for certificates that are accepted by the same peers. */
  readonly issuer: string;
  /** Name of the issuing CA in messages. */
  readonly issuerName: string;
  /** Name of the issuing CA, in the form of `CertificateName.identity`. Absent if it is not known, or judged elsewhere. */
  readonly issuerSubject?: string;
  /** Whether a root CA signed it. Absent if that is not known. */
  readonly isBelowRoot?: boolean;
  /** Whether the key works with TLS 1.3 only. In a plan, also the key of the other moment: a running node reads a new key without a restart. */
  readonly needsTls13: boolean;
  readonly isTrustedBy: (trust: TrustBundle) => boolean;
}

/** The trust anchors of one side. */
export interface TrustBundle {
  /** Equal for bundles of the same CAs. */
  readonly identity: string;
  /** In a plan, where certificates that are yet to be made have no content: what tells the CAs apart. */
  readonly authorities: ReadonlySet<string>;
  /** In files: the certificates themselves. */
  readonly certificates: readonly CertificateFacts[];
}

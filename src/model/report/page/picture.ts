import type { Side } from '../../erlang/options/ssl-option';
import type { Finding } from '../../findings/finding';

/** The data of a picture of a cluster's trust. Instants are finite milliseconds since 1970. */
export interface TrustPicture {
  /** Name of the cluster. */
  readonly title: string;
  /** The instant at which everything is judged. */
  readonly now: number;
  readonly generations: readonly PictureGeneration[];
  readonly members: readonly PictureMember[];
  readonly findings: readonly Finding[];
}

/** Validity of a certificate. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** A certificate of a CA. */
export interface PictureGeneration extends Validity {
  readonly fingerprint: string;
  /** Readable name: `CouchDB Root CA, generation 2026`. */
  readonly name: string;
  /** Whether it issued the newest certificate. */
  readonly signs: boolean;
}

/** The certificate and trust of a node, of one side of it, or of tools. */
export interface PictureMember {
  readonly name: string;
  /** Absent if both sides are alike. */
  readonly side?: Side;
  /** Whether it only dials nodes. */
  readonly isTools: boolean;
  /** Absent if none was found. */
  readonly certificate?: PictureCertificate;
  /** Fingerprints of CA certificates. */
  readonly trusts: readonly string[];
  /** Those among the findings of the picture that are about it. */
  readonly findings: readonly Finding[];
}

/** A certificate of a node. */
export interface PictureCertificate extends Validity {
  /** When its renewal starts. Absent if it is not renewed early or that is unknown: no file of a node contains it. */
  readonly renewFrom?: number;
  /** Fingerprints of the known CA certificates above it, its issuer first. */
  readonly issuers: readonly string[];
  readonly keyAlgorithm: string;
}

import type { Side } from '../../erlang/options/ssl-option';
import type { Finding } from '../../findings/finding';

/** All that the picture of a cluster's trust shows. Instants are milliseconds since 1970, and finite. */
export interface TrustPicture {
  /** What the cluster is called. */
  readonly title: string;
  /** The instant that everything is judged at. */
  readonly now: number;
  readonly generations: readonly PictureGeneration[];
  readonly members: readonly PictureMember[];
  readonly findings: readonly Finding[];
}

/** From when to when a certificate is valid. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** A certificate of a CA. */
export interface PictureGeneration extends Validity {
  readonly fingerprint: string;
  /** As people know it: `CouchDB Root CA, generation 2026`. */
  readonly name: string;
  /** Whether the certificate that was made last is of it. */
  readonly signs: boolean;
}

/** What a node, one side of it, or the tools show, and whom they believe. */
export interface PictureMember {
  readonly name: string;
  /** Undefined where both sides are alike. */
  readonly side?: Side;
  /** Whether it only dials nodes. */
  readonly isTools: boolean;
  /** Undefined where none was found. */
  readonly certificate?: PictureCertificate;
  /** Fingerprints of CA certificates. */
  readonly trusts: readonly string[];
}

/** A certificate of a node. */
export interface PictureCertificate extends Validity {
  /** From when on the next apply renews it. Undefined where it is not renewed early, or where that is not known: no file of a node says it. */
  readonly renewFrom?: number;
  /** Fingerprints of the CA certificates above it as far as they were found, the one that signed it first. */
  readonly issuers: readonly string[];
  readonly keyAlgorithm: string;
}

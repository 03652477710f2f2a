import type { Finding } from '../errors';

/** All that the picture of a cluster's trust shows. Instants are milliseconds since 1970, and finite. */
export interface TrustPicture {
  /** What the cluster is called. */
  readonly title: string;
  /** The instant that everything is judged at. */
  readonly now: number;
  readonly generations: readonly PictureGeneration[];
  readonly nodes: readonly PictureNode[];
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
  /** Whether the next node certificates are signed with it. */
  readonly signs: boolean;
}

/** What one node shows, and whom it believes. */
export interface PictureNode {
  readonly name: string;
  /** Undefined where none was found. */
  readonly certificate?: PictureCertificate;
  /** Fingerprints of CA certificates. */
  readonly trusts: readonly string[];
}

/** A node's certificate. */
export interface PictureCertificate extends Validity {
  readonly fingerprint: string;
  /** From when on the next apply renews it. Undefined where it is not renewed early, or where that is not known: no file of a node says it. */
  readonly renewFrom?: number;
  /** Fingerprint of the CA certificate that it was signed with. Undefined where that was not found. */
  readonly issuer?: string;
  readonly keyAlgorithm: string;
}

/** What two members of a cluster know of each other's CAs by: the text of a certificate, or the address of one that is not made yet. */
export type CaIdentity = string;

/** A certificate of a CA, as people know it. */
export interface CaGenerationFacts {
  readonly identity: CaIdentity;
  /** `CouchDB Root CA, generation 2026`. */
  readonly name: string;
  /** RFC 3339; undefined where it is not made yet. */
  readonly notAfter?: string;
}

/** What a node, or the tools, show and trust. */
export interface Member {
  /** Certificate and key in force. Where the key is another one, so is this. */
  readonly certificate: string;
  readonly issuer: CaIdentity;
  /** What dialling nodes compare with the host of a node's name. Undefined where that is known after the apply only. */
  readonly names?: readonly string[];
  /** Whether others can dial it: tools only dial. */
  readonly isServer: boolean;
  /** RFC 3339; undefined where it is not made yet. */
  readonly notAfter?: string;
  readonly trusts: ReadonlySet<CaIdentity>;
  /** Terraform's name of its key's algorithm: `ECDSA`. Undefined where that is not known. */
  readonly keyAlgorithm?: string;
  /** What it reads at boot: file name to text. Undefined where that is known after the apply only. */
  readonly bootFiles?: ReadonlyMap<string, string>;
}

/** One node, or the tools, on the way from one deploy to the next. */
export interface MemberChange {
  readonly name: string;
  /** Undefined where it is new. */
  readonly before?: Member;
  /** Undefined where it goes. */
  readonly after?: Member;
  /** The cluster that the configuration says it is of; undefined where it says none, as of parts that are put together by hand. */
  readonly cluster?: string;
}

/** Members that are to reach each other, and nobody else. */
export interface Cluster {
  readonly name: string;
  readonly members: readonly MemberChange[];
}

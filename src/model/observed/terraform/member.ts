/** Identity of a CA: the text of its certificate, or the address of one that does not exist yet. */
export type CaIdentity = string;

/** The facts about a CA certificate that people know. */
export interface CaGenerationFacts {
  readonly identity: CaIdentity;
  /** `CouchDB Root CA, generation 2026`. */
  readonly name: string;
  /** Its name, in the form of `CertificateName.identity`. Absent if it is not known. */
  readonly subject?: string;
  /** Time as in RFC 3339. Absent if the certificate does not exist yet. */
  readonly notAfter?: string;
  /** The CAs that signed it, as far as they are known. Absent for a root. */
  readonly issuers?: readonly CaIdentity[];
}

/** Why the certificate of a member is not in a plan: an issuer makes it in the apply, or nobody signs for the member here. */
export type Unseen = 'made in the apply' | 'not signed here';

/** The certificate that a node or the tools present, and the CAs that they trust. */
export interface Member {
  /** Identity of the certificate, which also changes with the key. Absent if the certificate is not in the plan. */
  readonly certificate?: string;
  readonly unseen?: Unseen;
  /** Absent if it is not known. */
  readonly issuer?: CaIdentity;
  /** Names that clients compare with the host of a node's name. Absent if they are known only after the apply. */
  readonly names?: readonly string[];
  /** Whether others can connect to the member. Nobody connects to tools. */
  readonly isServer: boolean;
  /** Time as in RFC 3339. Absent if the certificate does not exist yet. */
  readonly notAfter?: string;
  readonly trusts: ReadonlySet<CaIdentity>;
  /** Whether it may trust CAs that the plan does not show. */
  readonly mayTrustMore?: boolean;
  /** CAs whose certificates it sends behind its own. Absent if they are not known. */
  readonly sends?: ReadonlySet<CaIdentity>;
  /** Key algorithm by its name in Terraform: `ECDSA`. Absent if it is not known. */
  readonly keyAlgorithm?: string;
  /** Revocation lists that it gets, as PEM, by the names of their CAs. Absent if it gets none, or if one of them is not known. */
  readonly lists?: ReadonlyMap<string, string>;
  /** Texts of the boot files by file name. Absent if they are known only after the apply. */
  readonly bootFiles?: ReadonlyMap<string, string>;
}

/** A node or the tools, before and after a deploy. */
export interface MemberChange {
  readonly name: string;
  /** Name of its plan, or of the plan in which it joins. Absent if only one plan is looked at. */
  readonly plan?: string;
  /** Absent if the member is new. */
  readonly before?: Member;
  /** Absent if the member is removed. */
  readonly after?: Member;
  /** Whether the apply writes its files again: they have vanished where Terraform writes them, or their resource is replaced. */
  readonly isWrittenAgain?: boolean;
  /** Whether its certificate was there before, and its files were not: the last apply ended between their removal and their delivery. */
  readonly isUndelivered?: boolean;
  /** Cluster of the member in the configuration. Absent if the configuration names none, as in a stack of single constructs. */
  readonly cluster?: string;
}

/** Members that must be able to connect to each other, and to nobody else. */
export interface Cluster {
  readonly name: string;
  readonly members: readonly MemberChange[];
}

/** The name of a member in messages, with the plan that it is in. */
export function labelOf({ name, plan }: Pick<MemberChange, 'name' | 'plan'>): string {
  return plan === undefined ? name : `${name} (${plan})`;
}

import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import type { Finding } from '../../model/findings/finding';
import { describe, refuse } from '../../model/findings/finding';
import type { Releases } from '../../model/otp/releases';
import { checkCanSign, checkTrusted, type GenerationPlan, NO_GENERATION_SIGNS } from '../../model/pki/generation-plan';
import type { KeyAlgorithm } from '../../model/pki/key-algorithm';
import type { Alarm } from '../../model/plan/alarms';
import { authorityReleaseFindings } from '../../model/rules/certificates/declared-authority';
import { within } from '../terraform/report';
import { type CaGeneration, type DeclaredGeneration, declaredGenerations } from './ca-generation';
import { CertificateAuthorityGeneration } from './certificate-authority-generation';
import type { CertificateOrder, ICertificateIssuer, IssuedCertificate, TrustMaterial } from './issuer';
import type { SourcedGeneration } from './sources/source';
import { type Validity, WatchedGenerations } from './watched-generations';

/** Options of a CA. */
export interface CertificateAuthorityOptions {
  /**
   * The generations of the CA. Add new generations at the end. Never remove one: retire it.
   *
   * @default - one, `CaGeneration.signing("1")`
   */
  readonly generations?: CaGeneration[];
  /**
   * Algorithm of the keys that are made for the CA.
   *
   * @default KeyAlgorithm.ECDSA_P256
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * Validity of the certificates that are made for the CA, in hours. Those of a root are never renewed: introduce a new generation before one
   * expires.
   *
   * @default - ten years for a root, five for a CA below another one
   */
  readonly validityHours?: number;
}

/** Properties of `CertificateAuthority`. */
export interface CertificateAuthorityProps extends CertificateAuthorityOptions {
  /**
   * Common name of the CA, one to 64 characters, for the generations whose certificates are made here. It must differ from the common name of every
   * certificate that the CA signs, because OTP rejects such certificates as self-issued.
   */
  readonly commonName: string;
}

/**
 * The CA of one cluster, in generations. Each has a source: by default Terraform makes a key and a self-signed certificate (`CaSource`).
 *
 * Give every cluster a separate CA. An accepting Erlang node takes any certificate of a trusted CA, whatever node name the peer claims. So
 * the holder of one certificate of the CA can join under any name.
 *
 * Defines, for each trusted or signing generation that Terraform makes: `tls_private_key`, `tls_self_signed_cert`. The Terraform state contains
 * these private keys. Those of a retired generation are destroyed. Other sources define what their issuers do.
 *
 * Refused at synth: a list with more than one generation that signs, a repeated id, more than one generation without a `CaRollover`, and
 * certificates known at synth that cannot do what they are for.
 */
export class CertificateAuthority extends Construct implements ICertificateIssuer {
  /** Common name of the generation that signs. Absent if it is not known at synth, or if no generation signs. */
  public readonly commonName?: string;
  public readonly trust: TrustMaterial;
  /** Ids of the members of a cluster for which the generation that signs has certificates. Absent if it has one for every order. */
  public readonly issuesOnlyFor?: string[];
  /** The generation that signs. It gives access to its resources. Absent if no generation signs. */
  public readonly signingGeneration?: CertificateAuthorityGeneration;
  /** The generations that nodes trust, including the signing one, in the order of the list. */
  public readonly trustedGenerations: CertificateAuthorityGeneration[];

  /** @internal */
  public readonly _watched: WatchedGenerations;

  private readonly plan: GenerationPlan<DeclaredGeneration>;

  public constructor(scope: Construct, id: string, props: CertificateAuthorityProps) {
    super(scope, id);
    within(this, () => checkCall('new CertificateAuthority', props));
    this.plan = within(this, () => declaredGenerations(props.generations));
    this.trustedGenerations = this.plan.trusted.map(({ declared }) => this.define(declared, props));

    const { signing } = this.plan;
    this.signingGeneration = this.trustedGenerations.find(({ node }) => node.id === signing?.id);
    this.commonName = this.signingGeneration?.commonName;
    this.issuesOnlyFor = this.signingGeneration?._sourced().issuesOnlyFor;
    this._watched = new WatchedGenerations(
      this.plan,
      (one) => this.found(one)._sourced().identity,
      (one) => validityOf(this.found(one)._sourced()),
    );
    this.trust = {
      bundlePem: bundleOf(this.trustedGenerations),
      expiresAt: this.signingGeneration?.expiresAt,
    };
    this.node.addValidation({ validate: () => this._watched.unguarded().map(describe) });
  }

  /** The trusted or signing generation with that id. */
  public generation(id: string): CertificateAuthorityGeneration {
    within(this, () => checkCall('CertificateAuthority.generation', id));
    return this.found(id);
  }

  /** Signs a certificate with the signing generation. */
  public issue(scope: Construct, order: CertificateOrder): IssuedCertificate {
    within(this, () => checkCall('CertificateAuthority.issue', scope, order));
    return within(this, () => signer(this.signingGeneration, this.plan.ids))(scope, order);
  }

  /**
   * An issuer that signs with that generation of this CA: to try it on some nodes first, or as the issuer of an intermediate CA. Its trust is that of
   * the generation alone, so that the next generation changes nothing below it. Call this method before you create the `CaRollover`.
   */
  public issuer(generationId: string): ICertificateIssuer {
    within(this, () => checkCall('CertificateAuthority.issuer', generationId));
    within(this, () => checkCanSign(generationId, this.plan));
    const generation = this.found(generationId);
    within(this, () => this._watched.signs(generationId));
    const { commonName, issuesOnlyFor, expiresAt } = generation._sourced();
    const trust = { bundlePem: generation.trustPem, expiresAt };
    return { commonName, issuesOnlyFor, trust, issue: signer(generation, this.plan.ids) };
  }

  /**
   * Findings about the CAs that nodes of these releases send.
   *
   * @internal
   */
  public _findingsFor(releases: Releases): readonly Finding[] {
    return this.trustedGenerations.flatMap((one) =>
      authorityReleaseFindings(`chain of CA generation "${one.node.id}"`, one._sourced().known, releases),
    );
  }

  /** Whether a generation signs. */
  public get canSign(): boolean {
    return this.plan.signing !== undefined;
  }

  /**
   * The generations that nodes trust, for the plan of a cluster.
   *
   * @internal
   */
  public get _trusted(): readonly DeclaredGeneration[] {
    return this.plan.trusted;
  }

  /**
   * Alarms beside those of what nodes trust: of CAs below other ones, with the ends of their certificates.
   *
   * @internal
   */
  public _alarms(): { readonly alarms: readonly Alarm[]; readonly ends: readonly (readonly [string, string])[] } {
    const all = this.trustedGenerations.flatMap((one) => one._sourced().alarms ?? []);
    return {
      alarms: all.map(({ rule, subject, hours }) => ({ rule, subject, hours, of: { member: subject } })),
      ends: all.map(({ subject, expiresAt }) => [subject, expiresAt] as const),
    };
  }

  private found(id: string): CertificateAuthorityGeneration {
    within(this, () => checkTrusted(id, this.plan));
    const found = this.trustedGenerations.find(({ node }) => node.id === id);
    if (found === undefined) throw new Error(`no generation ${id}`);
    return found;
  }

  private define(generation: CaGeneration, props: CertificateAuthorityProps): CertificateAuthorityGeneration {
    const { id, source, keyAlgorithm = props.keyAlgorithm, validityHours = props.validityHours } = generation;
    return new CertificateAuthorityGeneration(this, id, {
      source,
      commonName: generation.commonName ?? props.commonName,
      keyAlgorithm,
      validityHours,
      maxPathLength: generation.maxPathLength,
    });
  }
}

/** When a CA can sign. Which one of several trusted CAs it is below is not known. */
function validityOf({ validFrom, expiresAt, lastExpiresAt }: SourcedGeneration): Validity {
  return { validFrom, expiresAt: lastExpiresAt ?? expiresAt };
}

/** Two CAs below one root have one root. */
function bundleOf(generations: readonly CertificateAuthorityGeneration[]): string {
  return [...new Map(generations.map((one) => [one._sourced().trustKey, one.trustPem])).values()].join('');
}

/** Signs with a generation, which is absent if none signs. */
function signer(
  generation: CertificateAuthorityGeneration | undefined,
  ids: readonly string[],
): ICertificateIssuer['issue'] {
  const sign = generation?._sourced().sign;
  return sign ?? refuse(NO_GENERATION_SIGNS, { subject: 'CA generations', got: ids });
}

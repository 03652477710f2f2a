import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { describe } from '../../model/findings/finding';
import { ROOT_CA_USES } from '../../model/pki/certificate-uses';
import { CaGeneration } from '../../model/pki/generation';
import { checkCanSign, type GenerationPlan, generationPlan } from '../../model/pki/generation-plan';
import { KeyAlgorithm } from '../../model/pki/key-algorithm';
import { caLifetime, ROOT_CA_VALIDITY_HOURS } from '../../model/pki/lifetime';
import { commonName } from '../../model/pki/subject-names';
import { terraformLiteral } from '../../model/terraform/terraform-literal';
import { PrivateKey, SelfSignedCert } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { privateKeyConfig } from '../terraform/private-key-config';
import { requireProvider } from '../terraform/providers';
import { within } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import type { CertificateOrder, ICertificateIssuer, IssuedCertificate, TrustMaterial } from './issuer';
import { signRequest } from './tls-provider-signing';
import { WatchedGenerations } from './watched-generations';

/** Options of a root CA. */
export interface CertificateAuthorityOptions {
  /**
   * The generations of the CA. Add new generations at the end. Never remove one: retire it.
   *
   * @default - one, `CaGeneration.signing("1")`
   */
  readonly generations?: CaGeneration[];
  /**
   * Algorithm of the CA's keys.
   *
   * @default KeyAlgorithm.ECDSA_P256
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * Validity of the CA's certificates, in hours. They are never renewed: introduce a new generation before one expires.
   *
   * @default 87600 - ten years
   */
  readonly validityHours?: number;
}

/** Properties of `CertificateAuthority`. */
export interface CertificateAuthorityProps extends CertificateAuthorityOptions {
  /**
   * Common name of the CA, one to 64 characters. It must differ from the common name of every certificate that the CA signs, because OTP
   * rejects such certificates as self-issued.
   */
  readonly commonName: string;
}

/**
 * A root CA for one cluster, with a key and a self-signed certificate for each generation.
 *
 * Give every cluster a separate CA. An accepting Erlang node takes any certificate of a trusted CA, whatever node name the peer claims. So
 * the holder of one certificate of the CA can join under any name.
 *
 * Defines, for each trusted or signing generation: `tls_private_key`, `tls_self_signed_cert`. The Terraform state contains the private
 * keys. Those of a retired generation are destroyed.
 *
 * Refused at synth: a list without exactly one signing generation, a repeated id, and more than one generation without a `CaRollover`.
 */
export class CertificateAuthority extends Construct implements ICertificateIssuer {
  public readonly commonName?: string;
  public readonly trust: TrustMaterial;
  /** The generation that signs. It gives access to its resources. */
  public readonly signingGeneration: CertificateAuthorityGeneration;
  /** The generations that nodes trust, including the signing one, in the order of the list. */
  public readonly trustedGenerations: CertificateAuthorityGeneration[];

  /** @internal */
  public readonly _watched: WatchedGenerations;

  private readonly plan: GenerationPlan;

  public constructor(scope: Construct, id: string, props: CertificateAuthorityProps) {
    super(scope, id);
    within(this, () => checkCall('new CertificateAuthority', props));
    requireProvider(this, 'tls');
    const name = within(this, () => commonName(concrete('commonName', props.commonName), 'root CA'));
    this.commonName = name;
    this.plan = within(this, () => generationPlan(props.generations ?? [CaGeneration.signing('1')]));
    this.trustedGenerations = this.plan.trusted.map((generation) => this.define(generation, name, props));

    this.signingGeneration = this.generation(this.plan.signing.id);
    this._watched = new WatchedGenerations(this.plan, (one) => this.generation(one)._certificateId);
    this.trust = { bundlePem: this.trustedGenerations.map(({ certificatePem }) => certificatePem).join('') };
    this.node.addValidation({ validate: () => this._watched.unguarded().map(describe) });
  }

  /** The trusted or signing generation with that id. */
  public generation(id: string): CertificateAuthorityGeneration {
    within(this, () => checkCall('CertificateAuthority.generation', id));
    within(this, () => checkCanSign(id, this.plan));
    return this.trustedGenerations.find((generation) => generation.node.id === id) ?? this.signingGeneration;
  }

  /** Signs a certificate with the signing generation. */
  public issue(scope: Construct, order: CertificateOrder): IssuedCertificate {
    within(this, () => checkCall('CertificateAuthority.issue', scope, order));
    return this.signingGeneration._sign(scope, order);
  }

  /** An issuer that signs with that generation of this CA, to try it on some nodes first. Call this method before you create the `CaRollover`. */
  public issuer(generationId: string): ICertificateIssuer {
    within(this, () => checkCall('CertificateAuthority.issuer', generationId));
    const { commonName, trust } = this;
    const generation = this.generation(generationId);
    within(this, () => this._watched.signs(generationId));
    return { commonName, trust, issue: (scope, order) => generation._sign(scope, order) };
  }

  private define(
    generation: CaGeneration,
    commonName: string,
    props: CertificateAuthorityProps,
  ): CertificateAuthorityGeneration {
    const hours = generation.validityHours ?? props.validityHours ?? ROOT_CA_VALIDITY_HOURS;
    return new CertificateAuthorityGeneration(this, generation.id, {
      commonName,
      keyAlgorithm: generation.keyAlgorithm ?? props.keyAlgorithm ?? KeyAlgorithm.ECDSA_P256,
      validityHours: within(this, () => concrete('validityHours', hours)),
    });
  }
}

/** Properties of `CertificateAuthorityGeneration`. */
export interface CertificateAuthorityGenerationProps {
  /** Common name of the CA. */
  readonly commonName: string;
  /** Algorithm of this generation's key. */
  readonly keyAlgorithm: KeyAlgorithm;
  /** Validity of this generation's certificate, in hours. */
  readonly validityHours: number;
}

/** One key and certificate of a root CA. `CertificateAuthority` creates it, with the generation's id. */
export class CertificateAuthorityGeneration extends Construct {
  /** Certificate, as PEM. */
  public readonly certificatePem: string;
  /** End of validity, as an RFC 3339 time that is known after the apply. */
  public readonly expiresAt: string;
  /** Validity, in hours. */
  public readonly validityHours: number;
  /** The `tls_private_key` resource, for overrides. */
  public readonly privateKeyResource: Construct;
  /** The `tls_self_signed_cert` resource, for overrides. */
  public readonly certificateResource: Construct;
  /**
   * Serial number of the certificate. A new certificate has a new one.
   *
   * @internal
   */
  public readonly _certificateId: string;
  /**
   * Signs with this generation's key. Only this function can reach the signer, because `private` properties can be read at run time.
   *
   * @internal
   */
  public readonly _sign: ICertificateIssuer['issue'];

  public constructor(scope: Construct, id: string, props: CertificateAuthorityGenerationProps) {
    super(scope, id);
    within(this, () => checkCall('new CertificateAuthorityGeneration', props));
    const { validityHours } = within(this, () => caLifetime('root CA', props.validityHours));

    const key = new PrivateKey(this, IDS.PRIVATE_KEY, privateKeyConfig(props.keyAlgorithm));
    const certificate = new SelfSignedCert(this, IDS.CERTIFICATE, {
      privateKeyPem: key.privateKeyPem,
      subject: [
        {
          commonName: terraformLiteral(props.commonName),
          // All generations of a CA have the same common name; this distinguishes their certificates in listings.
          organizationalUnit: `generation ${id}`,
        },
      ],
      allowedUses: [...ROOT_CA_USES],
      validityPeriodHours: validityHours,
      isCaCertificate: true,
      // Key ids distinguish two generations in one bundle.
      setSubjectKeyId: true,
      setAuthorityKeyId: true,
    });

    this._certificateId = certificate.id;
    this.certificatePem = certificate.certPem;
    const signer = {
      certificatePem: certificate.certPem,
      privateKeyPem: key.privateKeyPem,
      validityHours,
    };
    this._sign = (scope, order) => signRequest(scope, order, signer);
    this.expiresAt = certificate.validityEndTime;
    this.validityHours = validityHours;
    this.privateKeyResource = key;
    this.certificateResource = certificate;
  }
}

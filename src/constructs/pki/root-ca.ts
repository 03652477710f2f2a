import { PrivateKey } from '@cdktf/provider-tls/lib/private-key';
import { SelfSignedCert } from '@cdktf/provider-tls/lib/self-signed-cert';
import { Construct } from 'constructs';

import { refuse } from '../../model/errors';
import { terraformLiteral } from '../../model/files/terraform-literal';
import { ROOT_CA_USES } from '../../model/pki/certificate-uses';
import { CaGeneration } from '../../model/pki/generation';
import { KeyAlgorithm } from '../../model/pki/key-algorithm';
import { caLifetime, ROOT_CA_VALIDITY_HOURS } from '../../model/pki/lifetime';
import { commonName } from '../../model/pki/subject-names';
import { IDS } from '../private/ids';
import { privateKeyConfig } from '../private/private-key-config';
import { requireProvider } from '../private/providers';
import { within } from '../private/report';
import { concrete } from '../private/tokens';

/** What node certificates are signed with and what nodes trust. */
export interface ICertificateAuthority {
  /** Common name of the CA; no certificate it signs may have the same. */
  readonly commonName: string;
  /** Certificate that signs now, as PEM. */
  readonly signingCertificatePem: string;
  /** Private key that signs now, as PEM. Sensitive. */
  readonly signingPrivateKeyPem: string;
  /** Certificates of every generation that is trusted or signing, as PEM: the content of `cacertfile`. */
  readonly trustBundlePem: string;
  /** Validity of the certificate that signs now, in hours. */
  readonly validityHours: number;
}

/** What can be chosen about a root CA. */
export interface RootCaOptions {
  /**
   * The generations of the CA, in any order. Ids are never removed, only retired.
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
   * Validity of the CA's certificates, in hours. They never renew themselves: a new CA is a new generation.
   *
   * @default 87600 - ten years
   */
  readonly validityHours?: number;
}

/** Properties of `RootCa`. */
export interface RootCaProps extends RootCaOptions {
  /**
   * Common name of the CA, one to 64 characters. It must differ from the name of every certificate it signs: OTP refuses those as
   * self-issued.
   */
  readonly commonName: string;
}

/**
 * A root CA for one cluster: a key and a self-signed certificate for each generation.
 *
 * Give every cluster a CA of its own. An accepting Erlang node takes any certificate of a CA it trusts, under whatever node name the
 * peer claims, so whoever holds one certificate of the CA can join as anybody.
 *
 * Defines, for each generation: `tls_private_key`, `tls_self_signed_cert`. The private keys rest in the Terraform state.
 */
export class RootCa extends Construct implements ICertificateAuthority {
  public readonly commonName: string;
  public readonly signingCertificatePem: string;
  public readonly signingPrivateKeyPem: string;
  public readonly trustBundlePem: string;
  public readonly validityHours: number;
  /** The generation that signs. Its resources are reached through it. */
  public readonly signingGeneration: RootCaGeneration;

  public constructor(scope: Construct, id: string, props: RootCaProps) {
    super(scope, id);
    requireProvider(this, 'tls');
    this.signingGeneration = within(this, () => this.define(props));

    this.commonName = props.commonName;
    this.signingCertificatePem = this.signingGeneration.certificatePem;
    this.signingPrivateKeyPem = this.signingGeneration.privateKeyPem;
    this.trustBundlePem = this.signingGeneration.certificatePem;
    this.validityHours = this.signingGeneration.validityHours;
  }

  private define(props: RootCaProps): RootCaGeneration {
    const name = commonName(concrete('commonName', props.commonName), 'root CA');
    const generation = onlyGeneration(props.generations ?? [CaGeneration.signing('1')]);
    return new RootCaGeneration(this, generation.id, {
      commonName: name,
      keyAlgorithm: generation.keyAlgorithm ?? props.keyAlgorithm ?? KeyAlgorithm.ECDSA_P256,
      validityHours: concrete(
        'validityHours',
        generation.validityHours ?? props.validityHours ?? ROOT_CA_VALIDITY_HOURS,
      ),
    });
  }
}

/** Deploying several generations safely needs the guards of CA rollover; until they are there, only the simple case is taken. */
function onlyGeneration(generations: CaGeneration[]): CaGeneration {
  const ids = generations.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) refuse('generation-declared-twice', { subject: 'CA generation', got: twice });
  const other = generations.find(({ phase }) => phase !== 'signing');
  if (other !== undefined) {
    refuse('generation-phase-not-available', { subject: 'CA generation', got: other.id, detail: other.phase });
  }
  const [only, ...others] = generations;
  if (only === undefined || others.length > 0)
    refuse('generation-signing-count', { subject: 'CA generations', got: ids });
  return only;
}

/** Properties of `RootCaGeneration`. */
export interface RootCaGenerationProps {
  /** Common name of the CA. */
  readonly commonName: string;
  /** Algorithm of this generation's key. */
  readonly keyAlgorithm: KeyAlgorithm;
  /** Validity of this generation's certificate, in hours. */
  readonly validityHours: number;
}

/** One key and certificate of a root CA. Made by `RootCa`; its id is the generation's. */
export class RootCaGeneration extends Construct {
  /** Certificate, as PEM. */
  public readonly certificatePem: string;
  /** Private key, as PEM. Sensitive. */
  public readonly privateKeyPem: string;
  /** End of validity, as an RFC 3339 time. Known after apply. */
  public readonly expiresAt: string;
  /** Validity in hours. */
  public readonly validityHours: number;
  /** The `tls_private_key` resource, for overrides. */
  public readonly privateKeyResource: Construct;
  /** The `tls_self_signed_cert` resource, for overrides. */
  public readonly certificateResource: Construct;

  public constructor(scope: Construct, id: string, props: RootCaGenerationProps) {
    super(scope, id);
    const { validityHours } = caLifetime('root CA', props.validityHours);

    const key = new PrivateKey(this, IDS.PRIVATE_KEY, privateKeyConfig(props.keyAlgorithm));
    const certificate = new SelfSignedCert(this, IDS.CERTIFICATE, {
      privateKeyPem: key.privateKeyPem,
      subject: [
        {
          commonName: terraformLiteral(props.commonName),
          // Generations of one CA have one name; this tells their certificates apart in every listing.
          organizationalUnit: `generation ${id}`,
        },
      ],
      allowedUses: [...ROOT_CA_USES],
      validityPeriodHours: validityHours,
      isCaCertificate: true,
      // Two generations in one bundle are told apart by key id.
      setSubjectKeyId: true,
      setAuthorityKeyId: true,
    });

    this.certificatePem = certificate.certPem;
    this.privateKeyPem = key.privateKeyPem;
    this.expiresAt = certificate.validityEndTime;
    this.validityHours = validityHours;
    this.privateKeyResource = key;
    this.certificateResource = certificate;
  }
}

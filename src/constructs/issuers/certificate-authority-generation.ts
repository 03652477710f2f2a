import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { KeyAlgorithm } from '../../model/pki/key-algorithm';
import { maxPathLength } from '../../model/pki/max-path-length';
import { commonName } from '../../model/pki/subject-names';
import { within } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import { CaSource } from './ca-source';
import type { SourcedGeneration } from './sources/source';

/** Properties of `CertificateAuthorityGeneration`. */
export interface CertificateAuthorityGenerationProps {
  /** Common name of the CA, if its certificate is made here. */
  readonly commonName: string;
  /**
   * Where the key of this generation is.
   *
   * @default CaSource.generated()
   */
  readonly source?: CaSource;
  /**
   * Algorithm of this generation's key.
   *
   * @default KeyAlgorithm.ECDSA_P256
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * Validity of this generation's certificate, in hours.
   *
   * @default - ten years for a root, five for a CA below another one
   */
  readonly validityHours?: number;
  /**
   * How many CAs may stand between this one and the certificate of a node, at least 1. It takes version 4.2.1 or later of the provider `tls`.
   *
   * @default - no limit
   */
  readonly maxPathLength?: number;
}

/** One generation of a CA. `CertificateAuthority` creates it, with the generation's id. */
export class CertificateAuthorityGeneration extends Construct {
  /** The certificates that nodes trust, as PEM. */
  public readonly trustPem: string;
  /** Certificate of the CA that signs, as PEM. Absent if the issuer does not tell it, and for a generation that cannot sign. */
  public readonly certificatePem?: string;
  /** Common name of the CA that signs. Absent if it is not known at synth. */
  public readonly commonName?: string;
  /** End of validity of what nodes trust, as an RFC 3339 time. For a root that Terraform makes, it is known after the apply. */
  public readonly expiresAt?: string;
  /** Validity, in hours. Absent if the certificate is not made here. */
  public readonly validityHours?: number;
  /** The `tls_private_key` resource, for overrides. Absent if the key is not made here. */
  public readonly privateKeyResource?: Construct;
  /** The resource of the CA's certificate, for overrides. Absent if it is not made here. */
  public readonly certificateResource?: Construct;
  /**
   * Only this function can reach the signer, because `private` properties can be read at run time.
   *
   * @internal
   */
  public readonly _sourced: () => SourcedGeneration;

  public constructor(scope: Construct, id: string, props: CertificateAuthorityGenerationProps) {
    super(scope, id);
    within(this, () => checkCall('new CertificateAuthorityGeneration', props));
    const { source = CaSource.generated(), keyAlgorithm = KeyAlgorithm.ECDSA_P256 } = props;
    const sourced = source._source().define(this, {
      ...{ id, keyAlgorithm },
      commonName: within(this, () => commonName(concrete('commonName', props.commonName), 'CA')),
      validityHours: within(this, () => concrete('validityHours', props.validityHours)),
      maxPathLength: within(this, () => pathLength(props.maxPathLength)),
    });
    this._sourced = () => sourced;
    this.trustPem = sourced.trustPem;
    this.certificatePem = sourced.certificatePem;
    this.commonName = sourced.commonName;
    this.expiresAt = sourced.expiresAt;
    this.validityHours = sourced.validityHours;
    this.privateKeyResource = sourced.privateKeyResource;
    this.certificateResource = sourced.certificateResource;
  }
}

function pathLength(given: number | undefined): number | undefined {
  return given === undefined ? undefined : maxPathLength('maxPathLength', concrete('maxPathLength', given));
}

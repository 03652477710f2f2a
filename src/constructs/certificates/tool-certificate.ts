import { Construct } from 'constructs';

import { TOOL_USES } from '../../model/pki/certificate-uses';
import type { Lifetime } from '../../model/pki/lifetime';
import { commonName } from '../../model/pki/subject-names';
import type { ICertificateAuthority } from '../issuers/root-ca';
import { issueCertificate } from '../issuers/tls-provider-signing';
import type { LocallySignedCert } from '../terraform/cdktf';
import { within } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import type { CertificateOptions } from './certificate-options';

/** Properties of `ToolCertificate`. */
export interface ToolCertificateProps extends CertificateOptions {
  /** The CA that signs. */
  readonly issuer: ICertificateAuthority;
  /**
   * Common name of the certificate, at most 64 characters and different from the CA's. It says who connects; nothing verifies it.
   *
   * @default "Erlang distribution tools"
   */
  readonly commonName?: string;
}

/**
 * The key and certificate of people and scripts that connect to nodes: remote shells, control commands. It is good for dialling only, so
 * whoever holds it cannot pose as a node.
 *
 * Defines: `tls_private_key`, `tls_cert_request`, `tls_locally_signed_cert`. The private key rests in the Terraform state, and the CA's
 * key once more with the certificate.
 */
export class ToolCertificate extends Construct {
  /** Certificate, as PEM. */
  public readonly certificatePem: string;
  /** Private key, as PEM in PKCS #8 form. Sensitive. */
  public readonly privateKeyPem: string;
  /** Key and certificate in one PEM, key first: a `certfile` that needs no `keyfile`. Sensitive. */
  public readonly bundlePem: string;
  /** The `tls_private_key` resource, for overrides. */
  public readonly privateKeyResource: Construct;
  /** The `tls_cert_request` resource, for overrides. */
  public readonly requestResource: Construct;
  /** The `tls_locally_signed_cert` resource, for overrides. */
  public readonly certificateResource: Construct;

  /**
   * How long it is valid, and when it is renewed.
   *
   * @internal
   */
  public readonly _lifetime: Lifetime;

  private readonly certificate: LocallySignedCert;

  public constructor(scope: Construct, id: string, props: ToolCertificateProps) {
    super(scope, id);
    const { key, request, certificate, lifetime } = within(this, () =>
      issueCertificate(this, {
        options: props,
        issuer: props.issuer,
        subject: 'certificate of the tools',
        commonName: commonName(
          concrete('commonName', props.commonName ?? 'Erlang distribution tools'),
          'certificate of the tools',
        ),
        uses: TOOL_USES,
      }),
    );

    this.certificatePem = certificate.certPem;
    this.privateKeyPem = key.privateKeyPemPkcs8;
    this.bundlePem = `${this.privateKeyPem}${this.certificatePem}`;
    this.privateKeyResource = key;
    this.requestResource = request;
    this.certificate = certificate;
    this.certificateResource = certificate;
    this._lifetime = lifetime;
  }

  /** End of validity, as an RFC 3339 time. Known after apply. */
  public get expiresAt(): string {
    return this.certificate.validityEndTime;
  }
}

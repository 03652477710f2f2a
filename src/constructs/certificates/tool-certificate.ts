import { Construct } from 'constructs';

import { toolCertificate } from '../../model/plan/certificate-plan';
import type { ICertificateIssuer } from '../issuers/issuer';
import { within } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import { certificateChoice, type CertificateOptions } from './certificate-options';
import { orderCertificate } from './ordered-certificate';

/** Properties of `ToolCertificate`. */
export interface ToolCertificateProps extends CertificateOptions {
  /** Issues the certificate: a `RootCa`, or an issuer of your own. */
  readonly issuer: ICertificateIssuer;
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
 * Defines: `tls_private_key`, `tls_cert_request`, and whatever the issuer needs: for a `RootCa` a `tls_locally_signed_cert`. The private key
 * rests in the Terraform state, and the key of a `RootCa` once more with the certificate.
 */
export class ToolCertificate extends Construct {
  /** Certificate, as PEM. */
  public readonly certificatePem: string;
  /** Certificates of the CAs between this one and a trust anchor, as PEM; undefined if a trust anchor signed it. */
  public readonly chainPem?: string;
  /** End of validity, as an RFC 3339 time. Known after apply; undefined if the issuer does not tell. */
  public readonly expiresAt?: string;
  /** Private key, as PEM in PKCS #8 form. Sensitive. */
  public readonly privateKeyPem: string;
  /** Key and certificate in one PEM, key first: a `certfile` that needs no `keyfile`. Sensitive. */
  public readonly bundlePem: string;
  /** The `tls_private_key` resource, for overrides. */
  public readonly privateKeyResource: Construct;
  /** The `tls_cert_request` resource, for overrides. */
  public readonly requestResource: Construct;
  /** The resources that the issuer defined, for overrides: one `tls_locally_signed_cert` if it is a `RootCa`. */
  public readonly issuedResources: Construct[];


  public constructor(scope: Construct, id: string, props: ToolCertificateProps) {
    super(scope, id);
    const { key, request, issued } = within(this, () => {
      const commonName = concrete('commonName', props.commonName);
      return orderCertificate(this, toolCertificate({ ...certificateChoice(props), commonName }), props);
    });

    this.certificatePem = issued.certificatePem;
    this.chainPem = issued.chainPem;
    this.privateKeyPem = key.privateKeyPemPkcs8;
    this.bundlePem = `${this.privateKeyPem}${this.certificatePem}${this.chainPem ?? ''}`;
    this.privateKeyResource = key;
    this.requestResource = request;
    this.issuedResources = issued.resources;
    this.expiresAt = issued.expiresAt;
  }
}

import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { toolCertificate } from '../../model/plan/certificate-plan';
import type { ICertificateIssuer } from '../issuers/issuer';
import { attribute } from '../terraform/attribute';
import { within } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import { certificateChoice, type CertificateOptions } from './certificate-options';
import { orderCertificate } from './ordered-certificate';

/** Properties of `ToolCertificate`. */
export interface ToolCertificateProps extends CertificateOptions {
  /** Issuer of the certificate: a `CertificateAuthority`, or an implementation of your own. */
  readonly issuer: ICertificateIssuer;
  /**
   * Common name of the certificate, at most 64 characters and different from the CA's. It tells people who connects; nothing verifies it.
   *
   * @default "Erlang distribution tools"
   */
  readonly commonName?: string;
}

/**
 * Key and certificate for people and scripts that connect to nodes: remote shells, control commands. The certificate is valid for clients
 * only, so its holder cannot pose as a node.
 *
 * Defines: `tls_private_key`, `tls_cert_request`, and the resources of the issuer, which is one `tls_locally_signed_cert` for a `CertificateAuthority`.
 * The Terraform state contains the private key, and for a `CertificateAuthority` also a copy of the CA's key with each certificate.
 */
export class ToolCertificate extends Construct {
  /** Certificate, as PEM. */
  public readonly certificatePem: string;
  /** Intermediate certificates between this certificate and a trust anchor, as PEM. Absent if a trust anchor signed it. */
  public readonly chainPem?: string;
  /** End of validity, as an RFC 3339 time that is known after the apply. Absent if the issuer does not tell it. */
  public readonly expiresAt?: string;
  /** Private key, as PEM in PKCS #8 form. Sensitive. */
  public readonly privateKeyPem: string;
  /** Key and certificate in one PEM, the key first: a `certfile` that needs no `keyfile`. Sensitive. */
  public readonly bundlePem: string;
  /** The `tls_private_key` resource, for overrides. */
  public readonly privateKeyResource: Construct;
  /** The `tls_cert_request` resource, for overrides. */
  public readonly requestResource: Construct;
  /** The resources of the issuer, for overrides: one `tls_locally_signed_cert` for a `CertificateAuthority`. */
  public readonly issuedResources: Construct[];

  public constructor(scope: Construct, id: string, props: ToolCertificateProps) {
    super(scope, id);
    within(this, () => checkCall('new ToolCertificate', props));
    const { key, request, issued } = within(this, () => {
      const commonName = concrete('commonName', props.commonName);
      return orderCertificate(this, toolCertificate({ ...certificateChoice(props), commonName }), props);
    });

    this.certificatePem = issued.certificatePem;
    this.chainPem = issued.chainPem;
    this.privateKeyPem = attribute(key, 'private_key_pem_pkcs8');
    this.bundlePem = `${this.privateKeyPem}${this.certificatePem}${this.chainPem ?? ''}`;
    this.privateKeyResource = key;
    this.requestResource = request;
    this.issuedResources = issued.resources;
    this.expiresAt = issued.expiresAt;
  }
}

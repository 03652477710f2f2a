import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { toolCertificate } from '../../model/plan/certificate-plan';
import type { ICertificateIssuer } from '../issuers/issuer';
import { IDS } from '../terraform/ids';
import { within } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import { certificateChoice, type CertificateOptions } from './certificate-options';
import { keyOf, type MadeKey, orderCertificate, type OrderedCertificate } from './ordered-certificate';

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
 * The Terraform state contains the private key. With `NodeKey.onNode`, neither key nor request is a resource. If a `CertificateAuthority` signs with
 * a key that Terraform has, the state also contains a copy of it with each certificate (`docs/custody.md`).
 */
export class ToolCertificate extends Construct {
  /** Certificate, as PEM. */
  public readonly certificatePem: string;
  /** Intermediate certificates between this certificate and a trust anchor, as PEM. Absent if a trust anchor signed it. */
  public readonly chainPem?: string;
  /** End of validity, as an RFC 3339 time that is known after the apply. Absent if the issuer does not tell it. */
  public readonly expiresAt?: string;
  /** The resources of the issuer, for overrides: one `tls_locally_signed_cert` for a `CertificateAuthority`. */
  public readonly issuedResources: Construct[];

  private readonly ordered: OrderedCertificate;

  public constructor(scope: Construct, id: string, props: ToolCertificateProps) {
    super(scope, id);
    within(this, () => checkCall('new ToolCertificate', props));
    const ordered = within(this, () => {
      const commonName = concrete('commonName', props.commonName);
      const plan = toolCertificate({ ...certificateChoice(props), commonName });
      return orderCertificate(this, plan, { ...props, requestId: IDS.TOOLS });
    });
    const { issued } = ordered;

    this.certificatePem = issued.certificatePem;
    this.chainPem = issued.chainPem;
    this.issuedResources = issued.resources;
    this.expiresAt = issued.expiresAt;
    this.ordered = ordered;
  }

  /** Private key, as PEM in PKCS #8 form. Sensitive. Refused if the key stays where the tools run (`key-not-in-terraform`). */
  public get privateKeyPem(): string {
    return this.made.privateKeyPem;
  }

  /**
   * Key and certificate in one PEM, the key first: a `certfile` that needs no `keyfile`. Sensitive. Refused if the key stays where the tools run
   * (`key-not-in-terraform`).
   */
  public get bundlePem(): string {
    return this.made.bundlePem;
  }

  /** The `tls_private_key` resource, for overrides. Refused if the key stays where the tools run (`key-not-in-terraform`). */
  public get privateKeyResource(): Construct {
    return this.made.key;
  }

  /** The `tls_cert_request` resource, for overrides. Refused if the key stays where the tools run (`key-not-in-terraform`). */
  public get requestResource(): Construct {
    return this.made.request;
  }

  /**
   * The private key, if Terraform has it.
   *
   * @internal
   */
  public get _privateKeyPem(): string | undefined {
    return this.ordered.made?.privateKeyPem;
  }

  private get made(): MadeKey {
    return keyOf(this, 'the tools', this.ordered);
  }
}

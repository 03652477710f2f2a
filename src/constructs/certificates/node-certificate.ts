import { Construct } from 'constructs';

import type { NodeName } from '../../model/cluster/node-name';
import { NODE_USES } from '../../model/pki/certificate-uses';
import type { Lifetime } from '../../model/pki/lifetime';
import { subjectNames } from '../../model/pki/subject-names';
import type { ICertificateAuthority } from '../issuers/root-ca';
import { issueCertificate, type IssuedCertificate } from '../issuers/tls-provider-signing';
import type { CertRequest, LocallySignedCert, Precondition } from '../terraform/cdktf';
import { hostPreconditions, ipAddresses } from '../terraform/deferred-host';
import { within } from '../terraform/report';
import { concrete, readNodeName, showTokens } from '../terraform/tokens';
import type { CertificateOptions } from './certificate-options';

/** What can be chosen about the certificate of a node. */
export interface NodeCertificateOptions extends CertificateOptions {
  /**
   * Common name of the certificate, at most 64 characters and different from the CA's. TLS does not verify it; people read it.
   *
   * @default - the host part of the node name
   */
  readonly commonName?: string;
  /**
   * DNS names for the SAN beside the host part of the node name, for whatever else dials this node.
   *
   * @default - none
   */
  readonly additionalDnsNames?: string[];
  /**
   * IP addresses for the SAN beside the host part of the node name.
   *
   * @default - none
   */
  readonly additionalIpAddresses?: string[];
}

/** Properties of `NodeCertificate`. */
export interface NodeCertificateProps extends NodeCertificateOptions {
  /** The CA that signs. */
  readonly issuer: ICertificateAuthority;
  /** The node, `name@host`. The host may be a token, such as an instance's private DNS name. */
  readonly nodeName: string;
}

/**
 * The key and certificate of one Erlang node, for dialling and for being dialled.
 *
 * The SAN is the host part of the node name: that is what `inet_tls_dist` verifies, exactly and without wildcards. An IP literal is in it
 * as dNSName and as iPAddress, since OTP compared it with the one up to 26.2.1 and with the other afterwards.
 *
 * Defines: `tls_private_key`, `tls_cert_request`, `tls_locally_signed_cert`. The private key rests in the Terraform state, and the CA's
 * key once more with the certificate.
 */
export class NodeCertificate extends Construct {
  /** The node, `name@host`. */
  public readonly nodeName: string;
  /** Certificate, as PEM. */
  public readonly certificatePem: string;
  /** Private key, as PEM in PKCS #8 form. Sensitive. */
  public readonly privateKeyPem: string;
  /**
   * Key and certificate in one PEM, key first: a `certfile` that needs no `keyfile`. Sensitive. One file is replaced at once, so that no
   * node can read the key of one pair and the certificate of another.
   */
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

  private readonly request: CertRequest;
  private readonly certificate: LocallySignedCert;

  public constructor(scope: Construct, id: string, props: NodeCertificateProps) {
    super(scope, id);
    const { key, request, certificate, lifetime } = within(this, () => this.issue(readNodeName(props.nodeName), props));

    this.nodeName = props.nodeName;
    this.certificatePem = certificate.certPem;
    this.privateKeyPem = key.privateKeyPemPkcs8;
    this.bundlePem = `${this.privateKeyPem}${this.certificatePem}`;
    this.privateKeyResource = key;
    this.requestResource = request;
    this.request = request;
    this.certificate = certificate;
    this.certificateResource = certificate;
    this._lifetime = lifetime;
  }

  /** End of validity, as an RFC 3339 time. Known after apply. */
  public get expiresAt(): string {
    return this.certificate.validityEndTime;
  }

  /**
   * What must hold for the node's host before its certificate is requested.
   *
   * @internal
   */
  public _require(preconditions: readonly Precondition[]): void {
    if (preconditions.length === 0) return;
    const { lifecycle } = this.request;
    this.request.lifecycle = { ...lifecycle, precondition: [...(lifecycle?.precondition ?? []), ...preconditions] };
  }

  private issue(nodeName: NodeName, props: NodeCertificateProps): IssuedCertificate {
    const { commonName, additionalDnsNames, additionalIpAddresses } = props;
    const names = subjectNames(nodeName, {
      commonName: concrete('commonName', commonName),
      additionalDnsNames: concrete('additionalDnsNames', additionalDnsNames),
      additionalIpAddresses: concrete('additionalIpAddresses', additionalIpAddresses),
    });
    const preconditions = hostPreconditions(nodeName, names, props.issuer.commonName);
    return issueCertificate(this, {
      options: props,
      issuer: props.issuer,
      subject: `certificate of node "${showTokens(props.nodeName)}"`,
      commonName: names.commonName,
      dnsNames: [...names.dnsNames],
      ipAddresses: ipAddresses(nodeName, names),
      uses: NODE_USES,
      preconditions,
    });
  }
}

import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import type { NodeName } from '../../model/cluster/node-name';
import type { SubjectNameOptions } from '../../model/pki/subject-names';
import { type CertificateChoice, nodeCertificate } from '../../model/plan/certificate-plan';
import type { ICertificateIssuer } from '../issuers/issuer';
import { attribute } from '../terraform/attribute';
import type { CertRequest, Precondition } from '../terraform/cdktf';
import { hostPreconditions, ipAddresses } from '../terraform/deferred-host';
import { within } from '../terraform/report';
import { concrete, readNodeName, showTokens } from '../terraform/tokens';
import { certificateChoice, type CertificateOptions } from './certificate-options';
import { orderCertificate, type OrderedCertificate } from './ordered-certificate';

/** Options of the certificate of a node. */
export interface NodeCertificateOptions extends CertificateOptions {
  /**
   * Common name of the certificate, at most 64 characters and different from the CA's. It is only for people: TLS does not verify it.
   *
   * @default - the host part of the node name
   */
  readonly commonName?: string;
  /**
   * More DNS names for the SAN, for clients that connect to the node under another name than the host part of the node name.
   *
   * @default - none
   */
  readonly additionalDnsNames?: string[];
  /**
   * More IP addresses for the SAN, for clients that connect to the node under another address than the host part of the node name.
   *
   * @default - none
   */
  readonly additionalIpAddresses?: string[];
}

/** Properties of `NodeCertificate`. */
export interface NodeCertificateProps extends NodeCertificateOptions {
  /** Issuer of the certificate: a `CertificateAuthority`, or an implementation of your own. */
  readonly issuer: ICertificateIssuer;
  /** Name of the node, `name@host`. The host may be a token, such as an instance's private DNS name. */
  readonly nodeName: string;
}

/**
 * Key and certificate of one Erlang node, for the connections that it makes and for those that it accepts.
 *
 * The SAN contains the host part of the node name, because `inet_tls_dist` verifies exactly that, without wildcards. An IP literal appears
 * as dNSName and as iPAddress: OTP up to 26.2.1 compares the first, later releases compare the second.
 *
 * Defines: `tls_private_key`, `tls_cert_request`, and the resources of the issuer, which is one `tls_locally_signed_cert` for a `CertificateAuthority`.
 * The Terraform state contains the private key, and for a `CertificateAuthority` also a copy of the CA's key with each certificate.
 */
export class NodeCertificate extends Construct {
  /** Name of the node, `name@host`. */
  public readonly nodeName: string;
  /** Certificate, as PEM. */
  public readonly certificatePem: string;
  /** Intermediate certificates between this certificate and a trust anchor, as PEM. Absent if a trust anchor signed it. */
  public readonly chainPem?: string;
  /** End of validity, as an RFC 3339 time that is known after the apply. Absent if the issuer does not tell it. */
  public readonly expiresAt?: string;
  /** Private key, as PEM in PKCS #8 form. Sensitive. */
  public readonly privateKeyPem: string;
  /**
   * Key and certificate in one PEM, the key first: a `certfile` that needs no `keyfile`. Sensitive. One file is replaced at once, so no
   * node can read a key and a certificate that do not match.
   */
  public readonly bundlePem: string;
  /** The `tls_private_key` resource, for overrides. */
  public readonly privateKeyResource: Construct;
  /** The `tls_cert_request` resource, for overrides. */
  public readonly requestResource: Construct;
  /** The resources of the issuer, for overrides: one `tls_locally_signed_cert` for a `CertificateAuthority`. */
  public readonly issuedResources: Construct[];

  private readonly request: CertRequest;

  public constructor(scope: Construct, id: string, props: NodeCertificateProps) {
    super(scope, id);
    within(this, () => checkCall('new NodeCertificate', props));
    const { key, request, issued } = within(this, () => this.order(readNodeName(props.nodeName), props));

    this.nodeName = props.nodeName;
    this.certificatePem = issued.certificatePem;
    this.chainPem = issued.chainPem;
    this.privateKeyPem = attribute(key, 'private_key_pem_pkcs8');
    this.bundlePem = `${this.privateKeyPem}${this.certificatePem}${this.chainPem ?? ''}`;
    this.privateKeyResource = key;
    this.requestResource = request;
    this.request = request;
    this.issuedResources = issued.resources;
    this.expiresAt = issued.expiresAt;
  }

  /**
   * Adds conditions on the node's host, which Terraform checks before it requests the certificate.
   *
   * @internal
   */
  public _require(preconditions: readonly Precondition[]): void {
    if (preconditions.length === 0) return;
    const { lifecycle } = this.request;
    this.request.lifecycle = { ...lifecycle, precondition: [...(lifecycle?.precondition ?? []), ...preconditions] };
  }

  private order(nodeName: NodeName, props: NodeCertificateProps): OrderedCertificate {
    const { issuer, keyGeneration } = props;
    const plan = nodeCertificate(nodeName, showTokens(props.nodeName), nodeChoice(props));
    return orderCertificate(this, plan, {
      ...{ issuer, keyGeneration },
      ipAddresses: ipAddresses(nodeName, plan),
      preconditions: hostPreconditions(nodeName, plan, issuer.commonName),
    });
  }
}

/** The options of a node's certificate in the form of the model, without tokens. */
export function nodeChoice(options: NodeCertificateOptions): CertificateChoice & SubjectNameOptions {
  return {
    ...certificateChoice(options),
    commonName: concrete('commonName', options.commonName),
    additionalDnsNames: concrete('additionalDnsNames', options.additionalDnsNames),
    additionalIpAddresses: concrete('additionalIpAddresses', options.additionalIpAddresses),
  };
}

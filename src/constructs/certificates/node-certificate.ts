import { Construct } from 'constructs';

import type { NodeName } from '../../model/cluster/node-name';
import type { SubjectNameOptions } from '../../model/pki/subject-names';
import { type CertificateChoice, nodeCertificate } from '../../model/plan/certificate-plan';
import type { ICertificateIssuer } from '../issuers/issuer';
import type { CertRequest, Precondition } from '../terraform/cdktf';
import { hostPreconditions, ipAddresses } from '../terraform/deferred-host';
import { within } from '../terraform/report';
import { concrete, readNodeName, showTokens } from '../terraform/tokens';
import { certificateChoice, type CertificateOptions } from './certificate-options';
import { orderCertificate, type OrderedCertificate } from './ordered-certificate';

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
  /** Issues the certificate: a `RootCa`, or an issuer of your own. */
  readonly issuer: ICertificateIssuer;
  /** The node, `name@host`. The host may be a token, such as an instance's private DNS name. */
  readonly nodeName: string;
}

/**
 * The key and certificate of one Erlang node, for dialling and for being dialled.
 *
 * The SAN is the host part of the node name: that is what `inet_tls_dist` verifies, exactly and without wildcards. An IP literal is in it
 * as dNSName and as iPAddress, since OTP compared it with the one up to 26.2.1 and with the other afterwards.
 *
 * Defines: `tls_private_key`, `tls_cert_request`, and whatever the issuer needs: for a `RootCa` a `tls_locally_signed_cert`. The private key
 * rests in the Terraform state, and the key of a `RootCa` once more with the certificate.
 */
export class NodeCertificate extends Construct {
  /** The node, `name@host`. */
  public readonly nodeName: string;
  /** Certificate, as PEM. */
  public readonly certificatePem: string;
  /** Certificates of the CAs between this one and a trust anchor, as PEM; undefined if a trust anchor signed it. */
  public readonly chainPem?: string;
  /** End of validity, as an RFC 3339 time. Known after apply; undefined if the issuer does not tell. */
  public readonly expiresAt?: string;
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
  /** The resources that the issuer defined, for overrides: one `tls_locally_signed_cert` if it is a `RootCa`. */
  public readonly issuedResources: Construct[];

  private readonly request: CertRequest;

  public constructor(scope: Construct, id: string, props: NodeCertificateProps) {
    super(scope, id);
    const { key, request, issued } = within(this, () => this.order(readNodeName(props.nodeName), props));

    this.nodeName = props.nodeName;
    this.certificatePem = issued.certificatePem;
    this.chainPem = issued.chainPem;
    this.privateKeyPem = key.privateKeyPemPkcs8;
    this.bundlePem = `${this.privateKeyPem}${this.certificatePem}${this.chainPem ?? ''}`;
    this.privateKeyResource = key;
    this.requestResource = request;
    this.request = request;
    this.issuedResources = issued.resources;
    this.expiresAt = issued.expiresAt;
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

/** The choices for a node's certificate, as the model takes them: free of tokens. */
export function nodeChoice(options: NodeCertificateOptions): CertificateChoice & SubjectNameOptions {
  return {
    ...certificateChoice(options),
    commonName: concrete('commonName', options.commonName),
    additionalDnsNames: concrete('additionalDnsNames', options.additionalDnsNames),
    additionalIpAddresses: concrete('additionalIpAddresses', options.additionalIpAddresses),
  };
}

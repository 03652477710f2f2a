import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { refuse } from '../../model/findings/finding';
import type { SubjectNameOptions } from '../../model/pki/subject-names';
import {
  type CertificateChoice,
  type CertificatePlan,
  nodeCertificate,
  sharedCertificate,
} from '../../model/plan/certificate-plan';
import { SHARED_KEY_ON_NODE } from '../../model/rules/nodes/shared-identity';
import type { ICertificateIssuer } from '../issuers/issuer';
import type { Precondition } from '../terraform/cdktf';
import { hostPreconditions, ipAddresses } from '../terraform/deferred-host';
import { within } from '../terraform/report';
import { concrete, readNodeName, showTokens } from '../terraform/tokens';
import { certificateChoice, type CertificateOptions } from './certificate-options';
import type { Identity } from './identity';
import { keyOf, type MadeKey, orderCertificate, type OrderedCertificate } from './ordered-certificate';

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
  /**
   * Identity that this node shares with others. Its names are in the SAN in place of the host of the node name.
   *
   * @default - the node has a certificate of its own
   */
  readonly identity?: Identity;
}

/**
 * Key and certificate of one Erlang node, for the connections that it makes and for those that it accepts.
 *
 * The SAN contains the host part of the node name, because `inet_tls_dist` verifies exactly that, without wildcards. An IP literal appears
 * as dNSName and as iPAddress: OTP up to 26.2.1 compares the first, later releases compare the second.
 *
 * Defines: `tls_private_key`, `tls_cert_request`, and the resources of the issuer, which is one `tls_locally_signed_cert` for a `CertificateAuthority`.
 * The Terraform state contains the private key. With `NodeKey.onNode`, neither key nor request is a resource. If a `CertificateAuthority` signs with
 * a key that Terraform has, the state also contains a copy of it with each certificate (`docs/custody.md`).
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
  /** The resources of the issuer, for overrides: one `tls_locally_signed_cert` for a `CertificateAuthority`. */
  public readonly issuedResources: Construct[];

  private readonly ordered: OrderedCertificate;

  public constructor(scope: Construct, id: string, props: NodeCertificateProps) {
    super(scope, id);
    within(this, () => checkCall('new NodeCertificate', props));
    const ordered = within(this, () => this.order(props));
    const { issued } = ordered;

    this.nodeName = props.nodeName;
    this.certificatePem = issued.certificatePem;
    this.chainPem = issued.chainPem;
    this.issuedResources = issued.resources;
    this.expiresAt = issued.expiresAt;
    this.ordered = ordered;
  }

  /** Private key, as PEM in PKCS #8 form. Sensitive. Refused if the key stays on the node (`key-not-in-terraform`). */
  public get privateKeyPem(): string {
    return this.made.privateKeyPem;
  }

  /**
   * Key and certificate in one PEM, the key first: a `certfile` that needs no `keyfile`. Sensitive. One file is replaced at once, so no
   * node can read a key and a certificate that do not match. Refused if the key stays on the node (`key-not-in-terraform`).
   */
  public get bundlePem(): string {
    return this.made.bundlePem;
  }

  /** The `tls_private_key` resource, for overrides. Refused if the key stays on the node (`key-not-in-terraform`). */
  public get privateKeyResource(): Construct {
    return this.made.key;
  }

  /** The `tls_cert_request` resource, for overrides. Refused if the key stays on the node (`key-not-in-terraform`). */
  public get requestResource(): Construct {
    return this.made.request;
  }

  /**
   * Adds conditions on the node's host, which Terraform checks before it requests the certificate.
   *
   * @internal
   */
  public _require(preconditions: readonly Precondition[]): void {
    const { conditions } = this.ordered;
    if (preconditions.length === 0 || conditions === undefined) return;
    const { lifecycle } = conditions;
    conditions.lifecycle = { ...lifecycle, precondition: [...(lifecycle?.precondition ?? []), ...preconditions] };
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
    return keyOf(this, `node "${showTokens(this.nodeName)}"`, this.ordered);
  }

  private order(props: NodeCertificateProps): OrderedCertificate {
    const { issuer, keyGeneration, key, identity } = props;
    if (identity !== undefined)
      return this.orderShared(sharedCertificate(identity._shared(), nodeChoice(props)), props);
    const nodeName = readNodeName(props.nodeName);
    const plan = nodeCertificate(nodeName, showTokens(props.nodeName), nodeChoice(props));
    return orderCertificate(this, plan, {
      ...{ issuer, keyGeneration, key },
      requestId: props.nodeName,
      ipAddresses: ipAddresses(nodeName, plan),
      preconditions: hostPreconditions(nodeName, plan, issuer.commonName),
    });
  }

  private orderShared(
    plan: CertificatePlan,
    { issuer, keyGeneration, key, nodeName }: NodeCertificateProps,
  ): OrderedCertificate {
    if (key?.isOnNode === true) refuse(SHARED_KEY_ON_NODE, { subject: 'key' });
    const ipAddresses = plan.ipAddresses.length === 0 ? undefined : [...plan.ipAddresses];
    return orderCertificate(this, plan, { issuer, keyGeneration, key, requestId: nodeName, ipAddresses });
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

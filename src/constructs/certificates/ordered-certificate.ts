import type { Construct } from 'constructs';

import { ownValue } from '../../model/api/own-values';
import { refuse } from '../../model/findings/finding';
import { generationId } from '../../model/pki/generation';
import type { CertificatePlan } from '../../model/plan/certificate-plan';
import { commonNameFindings } from '../../model/rules/certificates/declared';
import { KEY_GENERATION_ON_NODE, KEY_NOT_IN_TERRAFORM } from '../../model/rules/certificates/keys-on-nodes';
import type { ICertificateIssuer, IssuedCertificate } from '../issuers/issuer';
import { issueFrom } from '../issuers/received';
import { attribute } from '../terraform/attribute';
import { CertRequest, type Precondition, PrivateKey, type TerraformResource } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { privateKeyConfig } from '../terraform/private-key-config';
import { requireProvider } from '../terraform/providers';
import { report, within } from '../terraform/report';
import { concrete, terraformText } from '../terraform/tokens';
import { type GivenRequest, givenRequest } from './given-request';
import type { NodeKey } from './node-key';

/** The part of an order that the certificate's plan does not contain. */
export interface OrderContext {
  readonly issuer: ICertificateIssuer;
  readonly keyGeneration?: string;
  readonly key?: NodeKey;
  /** Id under which the request of a key on a node is looked for. */
  readonly requestId: string;
  /** The addresses. Absent if there are none. */
  readonly ipAddresses?: string[];
  readonly preconditions?: Precondition[];
}

/** The certificate that the issuer made, and its key. */
export interface OrderedCertificate {
  /** Absent if the key stays on the node. */
  readonly made?: MadeKey;
  /** The resource that takes conditions on the names. Absent if the key stays on the node and its names are known at synth. */
  readonly conditions?: TerraformResource;
  readonly issued: IssuedCertificate;
}

/** A key that Terraform makes. */
export interface MadeKey {
  readonly privateKeyPem: string;
  readonly bundlePem: string;
  readonly key: PrivateKey;
  readonly request: CertRequest;
}

/** Defines a key and a signing request directly below `scope`, unless the key stays on the node, and orders a certificate there. */
export function orderCertificate(scope: Construct, plan: CertificatePlan, context: OrderContext): OrderedCertificate {
  return context.key?.isOnNode === true
    ? orderForNode(scope, plan, context, context.key)
    : orderWithKey(scope, plan, context);
}

/** The key of a certificate for those who want it: refused if the key stays on the node. */
export function keyOf(scope: Construct, subject: string, { made }: OrderedCertificate): MadeKey {
  return made ?? within(scope, () => refuse(KEY_NOT_IN_TERRAFORM, { subject: `private key of ${subject}` }));
}

function orderForNode(
  scope: Construct,
  plan: CertificatePlan,
  context: OrderContext,
  key: NodeKey,
): OrderedCertificate {
  const { keyGeneration, preconditions, requestId } = context;
  if (keyGeneration !== undefined) {
    refuse(KEY_GENERATION_ON_NODE, { subject: `keyGeneration of the ${plan.subject}`, got: keyGeneration });
  }
  const given = givenRequest(scope, plan, key._requestOf(requestId), preconditions);
  return { conditions: given.conditions, issued: issue(scope, plan, context, given) };
}

/** Defines a key and a signing request directly below `scope`, where `orderCertificate` defines the same. */
export function makeRequest(
  scope: Construct,
  plan: CertificatePlan,
  { keyGeneration, ipAddresses, preconditions }: Omit<OrderContext, 'issuer' | 'requestId'>,
): Pick<MadeKey, 'key' | 'request'> {
  requireProvider(scope, 'tls');
  const key = new PrivateKey(
    scope,
    keyId(concrete('keyGeneration', keyGeneration)),
    privateKeyConfig(plan.keyAlgorithm),
  );
  const request = new CertRequest(scope, IDS.REQUEST, {
    privateKeyPem: attribute(key, 'private_key_pem'),
    subject: [{ commonName: terraformText(plan.commonName) }],
    dnsNames: dnsNamesOf(plan),
    ipAddresses,
    lifecycle: preconditions && { precondition: preconditions },
  });
  return { key, request };
}

function orderWithKey(scope: Construct, plan: CertificatePlan, context: OrderContext): OrderedCertificate {
  const { key, request } = makeRequest(scope, plan, context);
  const issued = issue(scope, plan, context, {
    requestPem: attribute(request, 'cert_request_pem'),
    publicKeyPem: attribute(key, 'public_key_pem'),
  });
  const privateKeyPem = attribute(key, 'private_key_pem_pkcs8');
  const bundlePem = `${privateKeyPem}${issued.certificatePem}${issued.chainPem ?? ''}`;
  return { made: { privateKeyPem, bundlePem, key, request }, conditions: request, issued };
}

function dnsNamesOf({ dnsNames }: CertificatePlan): string[] | undefined {
  return dnsNames.length === 0 ? undefined : [...dnsNames];
}

function issue(
  scope: Construct,
  plan: CertificatePlan,
  { issuer, ipAddresses }: OrderContext,
  { requestPem, publicKeyPem }: Pick<GivenRequest, 'requestPem' | 'publicKeyPem'>,
): IssuedCertificate {
  const { subject, commonName, lifetime, uses } = plan;
  report(scope, commonNameFindings(subject, commonName, issuer.commonName));
  const order = ownValue('CertificateOrder', {
    ...{ subject, commonName, ipAddresses, requestPem, publicKeyPem },
    dnsNames: dnsNamesOf(plan),
    uses: [...uses],
    ...lifetime,
  });
  return issueFrom(scope, issuer, order);
}

/** A new id makes a new key. */
function keyId(generation: string | undefined): string {
  if (generation === undefined) return IDS.PRIVATE_KEY;
  return `${IDS.PRIVATE_KEY}-${generationId('keyGeneration', generation)}`;
}

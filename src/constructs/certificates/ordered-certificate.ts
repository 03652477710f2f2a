import type { Construct } from 'constructs';

import { generationId } from '../../model/pki/generation';
import type { CertificatePlan } from '../../model/plan/certificate-plan';
import type { ICertificateIssuer, IssuedCertificate } from '../issuers/issuer';
import { CertRequest, type Precondition, PrivateKey } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { privateKeyConfig } from '../terraform/private-key-config';
import { requireProvider } from '../terraform/providers';
import { concrete, terraformText } from '../terraform/tokens';

/** The circumstances of a certificate that its plan does not know. */
export interface OrderContext {
  readonly issuer: ICertificateIssuer;
  readonly keyGeneration?: string;
  /** The addresses, if Terraform decides on them. */
  readonly ipAddresses?: string[];
  readonly preconditions?: Precondition[];
}

/** A key of its own, the request for it, and what the issuer made of that. */
export interface OrderedCertificate {
  readonly key: PrivateKey;
  readonly request: CertRequest;
  readonly issued: IssuedCertificate;
}

/** Defines a key and a request directly below `scope`, and has a certificate issued there. */
export function orderCertificate(
  scope: Construct,
  plan: CertificatePlan,
  { issuer, keyGeneration, ipAddresses, preconditions }: OrderContext,
): OrderedCertificate {
  requireProvider(scope, 'tls');
  const { subject, commonName, lifetime } = plan;
  const dnsNames = plan.dnsNames.length === 0 ? undefined : [...plan.dnsNames];
  const key = new PrivateKey(
    scope,
    keyId(concrete('keyGeneration', keyGeneration)),
    privateKeyConfig(plan.keyAlgorithm),
  );
  const request = new CertRequest(scope, IDS.REQUEST, {
    privateKeyPem: key.privateKeyPem,
    subject: [{ commonName: terraformText(commonName) }],
    dnsNames,
    ipAddresses,
    lifecycle: preconditions && { precondition: preconditions },
  });
  const issued = issuer.issue(scope, {
    ...{ subject, commonName, dnsNames, ipAddresses },
    requestPem: request.certRequestPem,
    uses: [...plan.uses],
    ...lifetime,
  });
  return { key, request, issued };
}

/** The id of a key is what makes it another one. */
function keyId(generation: string | undefined): string {
  if (generation === undefined) return IDS.PRIVATE_KEY;
  return `${IDS.PRIVATE_KEY}-${generationId('keyGeneration', generation)}`;
}

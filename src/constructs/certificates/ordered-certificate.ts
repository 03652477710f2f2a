import type { Construct } from 'constructs';

import { ownValue } from '../../model/api/own-values';
import { generationId } from '../../model/pki/generation';
import type { CertificatePlan } from '../../model/plan/certificate-plan';
import { commonNameFindings } from '../../model/rules/certificates/declared';
import type { ICertificateIssuer, IssuedCertificate } from '../issuers/issuer';
import { issueFrom } from '../issuers/received';
import { attribute } from '../terraform/attribute';
import { CertRequest, type Precondition, PrivateKey } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { privateKeyConfig } from '../terraform/private-key-config';
import { requireProvider } from '../terraform/providers';
import { report } from '../terraform/report';
import { concrete, terraformText } from '../terraform/tokens';

/** The part of an order that the certificate's plan does not contain. */
export interface OrderContext {
  readonly issuer: ICertificateIssuer;
  readonly keyGeneration?: string;
  /** The addresses. Absent if there are none. */
  readonly ipAddresses?: string[];
  readonly preconditions?: Precondition[];
}

/** A new key, its signing request, and the certificate that the issuer made. */
export interface OrderedCertificate {
  readonly key: PrivateKey;
  readonly request: CertRequest;
  readonly issued: IssuedCertificate;
}

/** Defines a key and a signing request directly below `scope`, and orders a certificate there. */
export function orderCertificate(
  scope: Construct,
  plan: CertificatePlan,
  { issuer, keyGeneration, ipAddresses, preconditions }: OrderContext,
): OrderedCertificate {
  requireProvider(scope, 'tls');
  const { subject, commonName, lifetime } = plan;
  report(scope, commonNameFindings(subject, commonName, issuer.commonName));
  const dnsNames = plan.dnsNames.length === 0 ? undefined : [...plan.dnsNames];
  const key = new PrivateKey(
    scope,
    keyId(concrete('keyGeneration', keyGeneration)),
    privateKeyConfig(plan.keyAlgorithm),
  );
  const request = new CertRequest(scope, IDS.REQUEST, {
    privateKeyPem: attribute(key, 'private_key_pem'),
    subject: [{ commonName: terraformText(commonName) }],
    dnsNames,
    ipAddresses,
    lifecycle: preconditions && { precondition: preconditions },
  });
  const order = ownValue('CertificateOrder', {
    ...{ subject, commonName, dnsNames, ipAddresses },
    requestPem: attribute(request, 'cert_request_pem'),
    publicKeyPem: attribute(key, 'public_key_pem'),
    uses: [...plan.uses],
    ...lifetime,
  });
  return { key, request, issued: issueFrom(scope, issuer, order) };
}

/** A new id makes a new key. */
function keyId(generation: string | undefined): string {
  if (generation === undefined) return IDS.PRIVATE_KEY;
  return `${IDS.PRIVATE_KEY}-${generationId('keyGeneration', generation)}`;
}

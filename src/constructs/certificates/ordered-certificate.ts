import type { Construct } from 'constructs';

import { generationId } from '../../model/pki/generation';
import { KeyAlgorithm } from '../../model/pki/key-algorithm';
import { type Lifetime, NODE_VALIDITY_HOURS, renewedLifetime } from '../../model/pki/lifetime';
import type { ICertificateIssuer, IssuedCertificate } from '../issuers/issuer';
import { CertRequest, type Precondition, PrivateKey } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { privateKeyConfig } from '../terraform/private-key-config';
import { requireProvider } from '../terraform/providers';
import { concrete, terraformText } from '../terraform/tokens';
import type { CertificateOptions } from './certificate-options';

/** The certificate that a node or a tool needs. */
export interface Need {
  readonly options: CertificateOptions;
  readonly issuer: ICertificateIssuer;
  /** As messages name it: `certificate of node "couchdb@db1.example.com"`. */
  readonly subject: string;
  readonly commonName: string;
  readonly dnsNames?: string[];
  readonly ipAddresses?: string[];
  readonly uses: readonly string[];
  readonly preconditions?: Precondition[];
}

/** A key of its own, the request for it, and what the issuer made of that. */
export interface OrderedCertificate {
  readonly key: PrivateKey;
  readonly request: CertRequest;
  readonly issued: IssuedCertificate;
  readonly lifetime: Lifetime;
}

/** Defines a key and a request directly below `scope`, and has a certificate issued there. */
export function orderCertificate(scope: Construct, need: Need): OrderedCertificate {
  requireProvider(scope, 'tls');
  const { subject, options, commonName, dnsNames, ipAddresses } = need;
  const lifetime = renewedLifetime(
    subject,
    concrete('validityHours', options.validityHours ?? NODE_VALIDITY_HOURS),
    concrete('earlyRenewalHours', options.earlyRenewalHours),
  );
  const key = new PrivateKey(
    scope,
    keyId(concrete('keyGeneration', options.keyGeneration)),
    privateKeyConfig(options.keyAlgorithm ?? KeyAlgorithm.ECDSA_P256),
  );
  const request = new CertRequest(scope, IDS.REQUEST, {
    privateKeyPem: key.privateKeyPem,
    subject: [{ commonName: terraformText(commonName) }],
    dnsNames,
    ipAddresses,
    lifecycle: need.preconditions && { precondition: need.preconditions },
  });
  const issued = need.issuer.issue(scope, {
    ...{ subject, commonName, dnsNames, ipAddresses },
    requestPem: request.certRequestPem,
    uses: [...need.uses],
    ...lifetime,
  });
  return { key, request, issued, lifetime };
}

/** The id of a key is what makes it another one. */
function keyId(generation: string | undefined): string {
  if (generation === undefined) return IDS.PRIVATE_KEY;
  return `${IDS.PRIVATE_KEY}-${generationId('keyGeneration', generation)}`;
}

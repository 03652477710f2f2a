import type { Construct } from 'constructs';

import { generationId } from '../../model/pki/generation';
import { KeyAlgorithm } from '../../model/pki/key-algorithm';
import { type Lifetime, NODE_VALIDITY_HOURS, renewedLifetime } from '../../model/pki/lifetime';
import { issueFindings } from '../../model/rules/certificates/declared';
import type { CertificateOptions } from '../certificates/certificate-options';
import { CertRequest, LocallySignedCert, type Precondition, PrivateKey } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { privateKeyConfig } from '../terraform/private-key-config';
import { requireProvider } from '../terraform/providers';
import { report } from '../terraform/report';
import { concrete, terraformText } from '../terraform/tokens';

/** What is known of the CA. */
export interface Issuer {
  readonly commonName: string;
  readonly signingCertificatePem: string;
  readonly signingPrivateKeyPem: string;
  readonly validityHours: number;
}

/** A certificate to be issued. */
export interface CertificateOrder {
  readonly issuer: Issuer;
  /** As messages name it: `certificate of node "couchdb@db1.example.com"`. */
  readonly subject: string;
  readonly commonName: string;
  readonly dnsNames?: string[];
  readonly ipAddresses?: string[];
  readonly uses: readonly string[];
  readonly preconditions?: Precondition[];
  readonly options: CertificateOptions;
}

export interface IssuedCertificate {
  readonly key: PrivateKey;
  readonly request: CertRequest;
  readonly certificate: LocallySignedCert;
  readonly lifetime: Lifetime;
}

/** Defines a key, a request and a certificate signed by the issuer, directly below `scope`. */
export function issueCertificate(scope: Construct, order: CertificateOrder): IssuedCertificate {
  requireProvider(scope, 'tls');
  const { subject, issuer, options } = order;
  const lifetime = renewedLifetime(
    subject,
    concrete('validityHours', options.validityHours ?? NODE_VALIDITY_HOURS),
    concrete('earlyRenewalHours', options.earlyRenewalHours),
  );
  report(
    scope,
    issueFindings({
      subject,
      commonName: order.commonName,
      validityHours: lifetime.validityHours,
      issuerCommonName: issuer.commonName,
      issuerValidityHours: issuer.validityHours,
    }),
  );

  const key = new PrivateKey(
    scope,
    keyId(concrete('keyGeneration', options.keyGeneration)),
    privateKeyConfig(options.keyAlgorithm ?? KeyAlgorithm.ECDSA_P256),
  );
  const request = new CertRequest(scope, IDS.REQUEST, {
    privateKeyPem: key.privateKeyPem,
    subject: [{ commonName: terraformText(order.commonName) }],
    dnsNames: order.dnsNames,
    ipAddresses: order.ipAddresses,
    lifecycle: order.preconditions && { precondition: order.preconditions },
  });
  const certificate = new LocallySignedCert(scope, IDS.RESOURCE, {
    certRequestPem: request.certRequestPem,
    caCertPem: issuer.signingCertificatePem,
    caPrivateKeyPem: issuer.signingPrivateKeyPem,
    allowedUses: [...order.uses],
    validityPeriodHours: lifetime.validityHours,
    earlyRenewalHours: lifetime.earlyRenewalHours,
    setSubjectKeyId: true,
  });
  return { key, request, certificate, lifetime };
}

/** The id of a key is what makes it another one. */
function keyId(generation: string | undefined): string {
  if (generation === undefined) return IDS.PRIVATE_KEY;
  return `${IDS.PRIVATE_KEY}-${generationId('keyGeneration', generation)}`;
}

import type { Construct } from 'constructs';

import { issueFindings } from '../../model/rules/certificates/declared';
import { LocallySignedCert } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { requireProvider } from '../terraform/providers';
import { report } from '../terraform/report';
import type { CertificateOrder, IssuedCertificate } from './issuer';

/** A CA whose private key is in Terraform. */
export interface Signer {
  readonly commonName: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly validityHours: number;
}

/** Signs a request with Terraform's TLS provider, directly below `scope`. */
export function signRequest(scope: Construct, order: CertificateOrder, signer: Signer): IssuedCertificate {
  requireProvider(scope, 'tls');
  const { subject, commonName, validityHours } = order;
  report(
    scope,
    issueFindings({
      subject,
      commonName,
      validityHours,
      issuerCommonName: signer.commonName,
      issuerValidityHours: signer.validityHours,
    }),
  );
  const certificate = new LocallySignedCert(scope, IDS.RESOURCE, {
    certRequestPem: order.requestPem,
    caCertPem: signer.certificatePem,
    caPrivateKeyPem: signer.privateKeyPem,
    allowedUses: [...order.uses],
    validityPeriodHours: validityHours,
    earlyRenewalHours: order.earlyRenewalHours,
    setSubjectKeyId: true,
  });
  return {
    certificatePem: certificate.certPem,
    expiresAt: certificate.validityEndTime,
    resources: [certificate],
  };
}

import type { Construct } from 'constructs';

import { validityFindings } from '../../model/rules/certificates/declared';
import { attribute } from '../terraform/attribute';
import { LocallySignedCert } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { requireProvider } from '../terraform/providers';
import { report } from '../terraform/report';
import { withFinalNewlines } from './final-newlines';
import type { CertificateOrder, IssuedCertificate } from './issuer';

/** A CA whose private key is in Terraform. */
export interface Signer {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly validityHours: number;
  /** The certificates between this CA and a trust anchor, its own first. Absent if it is one. */
  readonly chainPem?: string;
}

/** Signs a request with Terraform's TLS provider, directly below `scope`. */
export function signRequest(scope: Construct, order: CertificateOrder, signer: Signer): IssuedCertificate {
  requireProvider(scope, 'tls');
  const { subject, validityHours } = order;
  report(scope, validityFindings(subject, validityHours, signer.validityHours));
  const certificate = new LocallySignedCert(scope, IDS.RESOURCE, {
    certRequestPem: order.requestPem,
    caCertPem: signer.certificatePem,
    caPrivateKeyPem: signer.privateKeyPem,
    allowedUses: [...order.uses],
    isCaCertificate: order.isCertificateAuthority,
    validityPeriodHours: validityHours,
    earlyRenewalHours: order.earlyRenewalHours,
    setSubjectKeyId: true,
  });
  // The provider ends every PEM text with a newline.
  return withFinalNewlines({
    certificatePem: attribute(certificate, 'cert_pem'),
    chainPem: signer.chainPem,
    expiresAt: attribute(certificate, 'validity_end_time'),
    resources: [certificate],
  });
}

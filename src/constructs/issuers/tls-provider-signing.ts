import type { Construct } from 'constructs';

import { validityFindings } from '../../model/rules/certificates/declared';
import { attribute } from '../terraform/attribute';
import { LocallySignedCert } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { requireProvider } from '../terraform/providers';
import { report } from '../terraform/report';
import { withFinalNewlines } from './final-newlines';
import type { CertificateOrder, IssuedCertificate } from './issuer';
import type { WriteOnlyKey } from './sources/imported';

/** The private key of a CA: a value that Terraform stores with each certificate, or a write-only one that it does not store. */
export type SigningKey = { readonly pem: string } | { readonly writeOnly: WriteOnlyKey };

/** A CA whose private key Terraform is given. */
export interface Signer {
  readonly certificatePem: string;
  readonly key: SigningKey;
  /** Absent if it is not known at synth. */
  readonly validityHours?: number;
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
    caPrivateKeyPem: 'pem' in signer.key ? signer.key.pem : signer.key.writeOnly.value,
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

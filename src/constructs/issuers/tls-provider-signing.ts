import type { Construct } from 'constructs';

import { validityFindings } from '../../model/rules/certificates/declared';
import { attribute } from '../terraform/attribute';
import { LocallySignedCert, type Precondition } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { requireProvider } from '../terraform/providers';
import { report } from '../terraform/report';
import { WriteOnlySignedCert } from '../terraform/write-only-signed-cert';
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
  /** A condition for the certificate, if there is one. */
  readonly precondition?: Precondition;
}

/** Signs a request with Terraform's TLS provider, directly below `scope`. */
export function signRequest(scope: Construct, order: CertificateOrder, signer: Signer): IssuedCertificate {
  requireProvider(scope, 'tls');
  const { subject, validityHours } = order;
  report(scope, validityFindings(subject, validityHours, signer.validityHours));
  const { key, precondition } = signer;
  const config = {
    certRequestPem: order.requestPem,
    caCertPem: signer.certificatePem,
    allowedUses: [...order.uses],
    isCaCertificate: order.isCertificateAuthority,
    validityPeriodHours: validityHours,
    earlyRenewalHours: order.earlyRenewalHours,
    setSubjectKeyId: true,
    lifecycle: precondition && { precondition: [precondition] },
  };
  const certificate =
    'pem' in key
      ? new LocallySignedCert(scope, IDS.RESOURCE, { ...config, caPrivateKeyPem: key.pem })
      : new WriteOnlySignedCert(scope, IDS.RESOURCE, key.writeOnly, config);
  // The provider ends every PEM text with a newline.
  return withFinalNewlines({
    certificatePem: attribute(certificate, 'cert_pem'),
    chainPem: signer.chainPem,
    expiresAt: attribute(certificate, 'validity_end_time'),
    resources: [certificate],
  });
}

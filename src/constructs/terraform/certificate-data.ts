import type { Construct } from 'constructs';

import { DataTlsCertificate, type Precondition } from './cdktf';
import { requireProvider } from './providers';

/** What is in the first certificate of a PEM text, as tokens. Terraform knows it when it knows the text: in a plan, if no resource makes it. */
export interface CertificateData {
  /** End of validity, as an RFC 3339 time. */
  readonly notAfter: string;
  /** The subject, roughly as in RFC 2253: `CN=Company CA,O=Company`. */
  readonly subject: string;
  /** The `tls_certificate` data source. */
  readonly dataSource: Construct;
}

/** What has to be so of the text, and of what is in it. */
export interface CertificateRules {
  readonly precondition?: Precondition[];
  /** What Terraform says if one of the certificates is not that of a CA. */
  readonly notOfCa?: string;
}

/** Lets Terraform read a PEM text that is not known at synth. A text without a certificate fails the plan. */
export function certificateData(
  scope: Construct,
  id: string,
  pem: string,
  { precondition, notOfCa }: CertificateRules = {},
): CertificateData {
  requireProvider(scope, 'tls');
  const ofCas = '${alltrue([for one in self.certificates : one.is_ca])}';
  const dataSource = new DataTlsCertificate(scope, id, {
    content: pem,
    lifecycle: {
      precondition,
      postcondition: notOfCa === undefined ? undefined : [{ condition: ofCas, errorMessage: notOfCa }],
    },
  });
  const { notAfter, subject } = dataSource.certificates.get(0);
  return { notAfter, subject, dataSource };
}

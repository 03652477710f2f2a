import type { Construct } from 'constructs';

import { DataTlsCertificate, type IResolvable, type Precondition } from './cdktf';
import { requireProvider } from './providers';

/** What is in the first certificate of a PEM text, as tokens. Terraform knows it when it knows the text: in a plan, if no resource makes it. */
export interface CertificateData {
  /** End of validity, as an RFC 3339 time. */
  readonly notAfter: string;
  /** Whether it is the certificate of a CA. */
  readonly isCa: IResolvable;
  /** The subject, roughly as in RFC 2253: `CN=Company CA,O=Company`. */
  readonly subject: string;
  /** The `tls_certificate` data source. */
  readonly dataSource: Construct;
}

/** Lets Terraform read a PEM text that is not known at synth. A text without a certificate fails the plan. */
export function certificateData(
  scope: Construct,
  id: string,
  pem: string,
  precondition: Precondition[] = [],
): CertificateData {
  requireProvider(scope, 'tls');
  const dataSource = new DataTlsCertificate(scope, id, { content: pem, lifecycle: { precondition } });
  const { notAfter, isCa, subject } = dataSource.certificates.get(0);
  return { notAfter, isCa, subject, dataSource };
}

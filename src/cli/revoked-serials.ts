import { signatures } from '../crypto/signatures';
import { deliveredCertificates } from '../model/observed/terraform/revocable';
import type { TerraformResource } from '../model/terraform/resources';
import type { CertificateFacts } from '../model/x509/certificate-reader';
import { serialOf } from '../model/x509/crl-writer';
import { UsageError } from './command';
import { isFile } from './files/file-system';
import { certificateIn } from './pem-input';

/** The serial numbers of what is to be revoked: a file, a node of the states, or a serial number. */
export function serialsOf(
  what: string,
  authority: CertificateFacts,
  resources: readonly TerraformResource[],
): readonly string[] {
  if (isFile(what)) return [serialOfCertificate(certificateIn(what), authority, what)];
  const nodes = deliveredCertificates(resources);
  const ofNode = nodes.get(what)?.filter(({ issuer }) => issuer.identity === authority.subject.identity);
  if (ofNode?.length === 0) {
    throw new UsageError(`${what} has no certificate of ${authority.subject.text}: revoke it with a list of its CA`);
  }
  if (ofNode !== undefined) return ofNode.map((one) => serialOfCertificate(one, authority, what));
  const serial = serialOf(what);
  if (serial !== undefined) return [serial];
  const known = nodes.size === 0 ? '' : `; nodes in the state: ${[...nodes.keys()].join(', ')}`;
  throw new UsageError(`--revoke=${what} is no file, no serial number in hexadecimal, and no node${known}`);
}

function serialOfCertificate(certificate: CertificateFacts, authority: CertificateFacts, what: string): string {
  const { subject, serialNumber } = certificate;
  if (subject.identity === authority.subject.identity) {
    throw new UsageError(`${what} is the CA itself, which no list of its own can revoke: retire its generation`);
  }
  if (signatures().isSignedBy(certificate, authority)) return serialNumber;
  throw new UsageError(
    `${what} has a certificate of ${certificate.issuer.text}, not signed by ${authority.subject.text}`,
  );
}

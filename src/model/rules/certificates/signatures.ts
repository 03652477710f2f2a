import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { Releases } from '../../otp/releases';
import type { CertificateFacts } from '../../x509/certificate-reader';
import { CERTIFICATE_WEAK } from './key-types';

/** Whether OTP accepts the signature of a certificate. Roots are trusted by their presence: their signatures are not verified. */
export function signatureFindings(
  subject: string,
  { signatureAlgorithm: got }: CertificateFacts,
  releases: Releases,
): readonly Finding[] {
  if (!/md5|sha1|sha224/i.test(got)) return [];
  const isRejected = releases.some('rejectsSha1Signatures') || /sha224/i.test(got);
  return [finding(isRejected ? SIGNATURE_ALGORITHM_REJECTED : CERTIFICATE_WEAK, { subject, got })];
}

export const SIGNATURE_ALGORITHM_REJECTED = rule({
  code: 'signature-algorithm-rejected',
  severity: 'error',
  problem: 'has a signature that OTP rejects; SHA-1 from OTP 27 on',
  expected: 'a signature with SHA-256 or more',
  remedy: 'have the CA sign it again with SHA-256',
  inErlang: 'the other node logs "unsupported_signature"; with SHA-224 the node that has the certificate crashes',
  source: 'docs/in-erlang.md',
});

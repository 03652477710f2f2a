import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { Chain } from '../../observed/files/chain';
import { isWhole, type PemContent } from '../../observed/files/material';
import { dayText } from '../../x509/calendar';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { Judgement } from '../judgement';
import { PEM_WITHOUT_CERTIFICATE } from './pem-files';
import { CA_EXPIRES_SOON, TRUSTED_CA_EXPIRED, validityFindings } from './validity';

/** Faults in the CAs that a side trusts. `chain` belongs to the certificate that the side shows itself. */
export function bundleFindings(
  bundle: PemContent | undefined,
  chain: Chain | undefined,
  judgement: Judgement,
): readonly Finding[] {
  if (!isWhole(bundle)) return [];
  const { file, certificates } = bundle;
  if (certificates.length === 0) return [finding(PEM_WITHOUT_CERTIFICATE, { subject: file.path })];
  return certificates.flatMap((one) => {
    const subject = `${one.subject.text} in ${file.path}`;
    return canSignCertificates(one)
      ? authorityFindings(subject, one, chain, judgement)
      : [finding(TRUSTED_CERTIFICATE_NOT_A_CA, { subject })];
  });
}

/** Whether it is a CA (RFC 5280 sections 4.2.1.3 and 4.2.1.9). */
export function canSignCertificates({ isCa, keyUsage }: CertificateFacts): boolean {
  return isCa && keyUsage?.includes('keyCertSign') !== false;
}

export const TRUSTED_CERTIFICATE_NOT_A_CA = rule({
  code: 'trusted-certificate-not-a-ca',
  severity: 'warning',
  problem: 'is trusted and is not marked as a CA',
  expected: 'CA certificates in cacertfile: basic constraints CA:TRUE, and key usage, if any, with keyCertSign',
  remedy: 'replace it with the certificate of the CA',
  inErlang: 'nothing if it is self-signed, since OTP treats any such certificate as a root; otherwise "Unknown CA"',
  source: 'RFC 5280 sections 4.2.1.3 and 4.2.1.9; docs/in-erlang.md',
});

/** A CA has to be valid for as long as the certificates that it signs. */
function authorityFindings(
  subject: string,
  authority: CertificateFacts,
  chain: Chain | undefined,
  judgement: Judgement,
): readonly Finding[] {
  const { notBefore, notAfter } = authority;
  const { now, notice, signatures } = judgement;
  // The same CA may be in several files.
  const isSame = (one: CertificateFacts | undefined): boolean =>
    one !== undefined && signatures.fingerprint(one) === signatures.fingerprint(authority);
  const isValid = notBefore <= now && now <= notAfter;
  if (chain?.some(isSame) === false && !isValid) return unusedFindings(subject, authority, chain, now);
  const [leaf, issuer] = chain ?? [];
  // A certificate that outlives its CA already has a finding of its own.
  const signs = leaf !== undefined && isSame(issuer) && leaf.notAfter <= notAfter;
  const lifetime = signs ? leaf.notAfter - leaf.notBefore : 0;
  const soon = { rule: CA_EXPIRES_SOON, notice: Math.max(notice, lifetime) };
  return validityFindings(subject, authority, judgement, soon);
}

/** Findings about a CA that is not valid now, to which no chain leads. It does no harm by itself. */
function unusedFindings(subject: string, authority: CertificateFacts, chain: Chain, now: number): readonly Finding[] {
  if (now < authority.notBefore) return [];
  const hasRenewal = chain.some((one) => isSameAuthority(one, authority));
  const expired = hasRenewal ? EXPIRED_DUPLICATE_CA : TRUSTED_CA_EXPIRED;
  return [finding(expired, { subject, got: dayText(authority.notAfter) }, 'installed')];
}

export const EXPIRED_DUPLICATE_CA = rule({
  code: 'expired-duplicate-ca',
  severity: 'error',
  problem: 'has expired, and its renewal, with the same name and key, is trusted beside it',
  expected: 'one certificate for each name and key of a CA',
  remedy: 'remove the expired one from cacertfile: OTP may choose either of the two',
  inErlang: '"Certificate Expired" or nothing, by chance',
  source: 'the test of a renewed CA in test/real/check.test.ts',
});

/** Whether both have the name and the key of one CA, so that OTP may choose either as an issuer. */
function isSameAuthority(one: CertificateFacts, other: CertificateFacts): boolean {
  return one.subject.identity === other.subject.identity && one.publicKey.identity === other.publicKey.identity;
}

import type { ErrorCode } from '../../error-catalogue';
import { type Finding, finding } from '../../errors';
import { dayText } from '../../x509/calendar';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { Judgement } from '../judgement';

export function validityFindings(
  subject: string,
  { notBefore, notAfter }: CertificateFacts,
  { now, notice }: Judgement,
  soon: { readonly code: ErrorCode; readonly notice: number } = { code: 'certificate-ends-soon', notice },
): readonly Finding[] {
  if (now < notBefore) return [finding('certificate-not-yet-valid', { subject, got: dayText(notBefore) })];
  if (now > notAfter) return [finding('certificate-ended', { subject, got: dayText(notAfter) })];
  if (now + soon.notice > notAfter) return [finding(soon.code, { subject, got: dayText(notAfter) })];
  return [];
}

/** Whether it is a CA (RFC 5280, sections 4.2.1.3 and 4.2.1.9). */
export function canSignCertificates({ isCa, keyUsage }: CertificateFacts): boolean {
  return isCa && keyUsage?.includes('keyCertSign') !== false;
}

/** A CA has to last for as long as the certificates that it signs. `chain`: from the certificate of the node to its root, where there is one. */
export function authorityFindings(
  subject: string,
  authority: CertificateFacts,
  chain: readonly CertificateFacts[] | undefined,
  judgement: Judgement,
): readonly Finding[] {
  const { notAfter } = authority;
  const { fingerprint } = judgement.signatures;
  // The same CA may stand in several files.
  const isIt = (one: CertificateFacts | undefined): boolean =>
    one !== undefined && fingerprint(one) === fingerprint(authority);
  if (chain?.some(isIt) === false && !isValid(authority, judgement))
    return unusedFindings(subject, authority, chain, judgement);
  const [leaf, issuer] = chain ?? [];
  // One that outlives its CA by now is told of by itself.
  const signs = leaf !== undefined && isIt(issuer) && leaf.notAfter <= notAfter;
  const lifetime = signs ? leaf.notAfter - leaf.notBefore : 0;
  return validityFindings(subject, authority, judgement, {
    code: 'ca-ends-soon',
    notice: Math.max(judgement.notice, lifetime),
  });
}

function isValid({ notBefore, notAfter }: CertificateFacts, { now }: Judgement): boolean {
  return notBefore <= now && now <= notAfter;
}

/** Nobody minds a CA that is laid down early, or is over, as long as nothing leads to it. */
function unusedFindings(
  subject: string,
  authority: CertificateFacts,
  chain: readonly CertificateFacts[],
  { now }: Judgement,
): readonly Finding[] {
  if (now < authority.notBefore) return [];
  const hasTwin = chain.some((one) => isTwin(one, authority));
  return [finding(hasTwin ? 'trust-has-ended-twin' : 'trust-has-ended', { subject, got: dayText(authority.notAfter) })];
}

/** Whoever looks for the issuer of a certificate finds both. */
function isTwin(one: CertificateFacts, other: CertificateFacts): boolean {
  return one.subject.identity === other.subject.identity && one.publicKey.identity === other.publicKey.identity;
}

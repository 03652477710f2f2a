import { type Finding, finding } from '../../findings/finding';
import { type Rule, rule } from '../../findings/rule';
import { dayText } from '../../x509/calendar';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { Judgement } from '../judgement';

export function validityFindings(
  subject: string,
  { notBefore, notAfter }: CertificateFacts,
  { now, notice }: Judgement,
  soon: { readonly code: Rule; readonly notice: number } = { code: CERTIFICATE_ENDS_SOON, notice },
): readonly Finding[] {
  if (now < notBefore) return [finding(CERTIFICATE_NOT_YET_VALID, { subject, got: dayText(notBefore) })];
  if (now > notAfter) return [finding(CERTIFICATE_EXPIRED, { subject, got: dayText(notAfter) })];
  if (now + soon.notice > notAfter) return [finding(soon.code, { subject, got: dayText(notAfter) })];
  return [];
}

export const CERTIFICATE_NOT_YET_VALID = rule({
  code: 'certificate-not-yet-valid',
  severity: 'error',
  problem: 'is not valid yet',
  expected: 'a certificate that is valid now',
  remedy: 'look at the clock of this machine and of the one that signed',
  inErlang: '"Certificate Expired", for this too',
});

export const CERTIFICATE_EXPIRED = rule({
  code: 'certificate-expired',
  severity: 'error',
  problem: 'has ended',
  expected: 'a certificate that is valid now',
  remedy: 'renew it (cdktf deploy), install it on the node',
  inErlang: '"Certificate Expired" with each new connection; connections that stand go on',
});

export const CERTIFICATE_ENDS_SOON = rule({
  code: 'certificate-ends-soon',
  severity: 'warning',
  problem: 'ends soon',
  expected: 'enough time to renew it',
  remedy: 'renew it (cdktf deploy), install it on the node',
  inErlang: 'nothing until then',
});

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
    code: CA_ENDS_SOON,
    notice: Math.max(judgement.notice, lifetime),
  });
}

export const CA_ENDS_SOON = rule({
  code: 'ca-ends-soon',
  severity: 'warning',
  problem: 'ends before the certificates that it signs from now on would',
  expected: 'a CA that lasts for as long as the certificates of nodes',
  remedy: 'introduce the next generation of the CA (docs/rotation.md): that takes three deploys',
  inErlang: 'nothing until then',
});

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
  return [finding(hasTwin ? EXPIRED_DUPLICATE_CA : TRUSTED_CA_EXPIRED, { subject, got: dayText(authority.notAfter) })];
}

export const TRUSTED_CA_EXPIRED = rule({
  code: 'trusted-ca-expired',
  severity: 'warning',
  problem: 'has ended and is still trusted',
  expected: 'CAs that are valid, in cacertfile',
  remedy: 'retire that generation of the CA (docs/rotation.md)',
  inErlang: 'nothing: certificates of another CA connect',
});

export const EXPIRED_DUPLICATE_CA = rule({
  code: 'expired-duplicate-ca',
  severity: 'error',
  problem: 'has ended, and its renewal, of the same name and key, is trusted beside it',
  expected: 'one certificate for each name and key of a CA',
  remedy: 'take the one that has ended out of cacertfile: OTP takes one or the other of the two',
  inErlang: 'by chance "Certificate Expired", or nothing',
});

/** Whoever looks for the issuer of a certificate finds both. */
function isTwin(one: CertificateFacts, other: CertificateFacts): boolean {
  return one.subject.identity === other.subject.identity && one.publicKey.identity === other.publicKey.identity;
}

export const CERTIFICATE_EXPIRES_SOON = rule({
  code: 'certificate-expires-soon',
  severity: 'warning',
  problem: 'is about to expire',
  expected: 'a certificate that was renewed when a third of its life was left',
  remedy: 'run cdktf deploy, which renews it, and install the files',
});

export const CA_EXPIRES_SOON = rule({
  code: 'ca-expires-soon',
  severity: 'warning',
  problem: 'ends before the certificates that it would sign now',
  expected: 'a generation that outlives them',
  remedy: 'introduce the next generation with CaGeneration.trusted(…), as docs/rotation.md says',
});

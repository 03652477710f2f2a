import { type Finding, finding } from '../../findings/finding';
import { type Rule, rule } from '../../findings/rule';
import type { ListsOfCa } from '../../observed/files/lists-of-ca';
import { dayText } from '../../x509/calendar';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { CrlFacts } from '../../x509/crl-reader';
import type { Judgement } from '../judgement';

/** Findings about the list that OTP goes by, and about those that keep it from doing so. */
export function listFindings(
  subject: string,
  issuer: CertificateFacts,
  { list: current, expired, malformed, hidden }: ListsOfCa,
  time: Time,
): readonly Finding[] {
  const { text: got } = issuer.subject;
  const about = (one: Rule, detail?: string): readonly Finding[] => [finding(one, { subject, got, detail })];
  if (malformed !== undefined) {
    return about(CRL_MALFORMED, `${malformed.name}: ${malformed.problem ?? 'it has no next update'}`);
  }
  const found = current ?? expired;
  if (found === undefined) return [];
  if (!maySignLists(issuer)) return about(CRL_ISSUER_CANNOT_SIGN);
  const end = dayText(found.nextUpdate ?? Infinity);
  if (found === expired) return about(CRL_EXPIRED, `next update was due ${end}`);
  if (hidden !== undefined) return about(CRL_HIDDEN, hidden);
  if (!endsSoon(found, time)) return [];
  const list = `revocation list of "${got}" on the ${subject}`;
  return [finding(CRL_EXPIRES_SOON, { subject: list, detail: `next update is due ${end}` })];
}

/** A certificate without key usage is for every use. */
export function maySignLists({ keyUsage }: Pick<CertificateFacts, 'keyUsage'>): boolean {
  return keyUsage?.includes('cRLSign') !== false;
}

type Time = Pick<Judgement, 'now' | 'notice'>;

/** Lists may be made for a day, or for a year. */
function endsSoon({ thisUpdate, nextUpdate = Infinity }: CrlFacts, { now, notice }: Time): boolean {
  return nextUpdate - now <= Math.min(notice, (nextUpdate - thisUpdate) / 3);
}

export const CRL_MALFORMED = rule({
  code: 'crl-malformed',
  severity: 'error',
  problem: 'has a revocation list that OTP cannot read',
  expected: 'one block of PEM without text before it, or DER, with a next update',
  remedy: 'install the list that its CA issued, as PEM',
  inErlang: 'every node is refused, also with crl_check best_effort',
  source: 'maybe_parse_pem in erlang/otp:lib/ssl/src/ssl_crl_hash_dir.erl; docs/in-erlang.md',
});

export const CRL_ISSUER_CANNOT_SIGN = rule({
  code: 'crl-issuer-cannot-sign',
  severity: 'error',
  problem: 'asks for revocation lists of a CA that may not sign any',
  expected: 'a CA whose key usage, if any, has cRLSign',
  remedy: 'issue the CA with cRLSign, or set crl_check to false',
  inErlang: '{bad_crl,invalid_signature}: every node is refused',
  source: 'RFC 5280 section 4.2.1.3; docs/in-erlang.md',
});

export const CRL_EXPIRED = rule({
  code: 'crl-expired',
  severity: 'error',
  problem: 'has a revocation list that is out of date',
  expected: 'a list whose next update is in the future',
  remedy: 'issue a new list and install it; OTP reads it at the next connection',
  inErlang: 'every node is refused; with crl_check best_effort, revoked nodes connect',
  source: 'RFC 5280 section 5.1.2.5; docs/in-erlang.md',
});

export const CRL_HIDDEN = rule({
  code: 'crl-hidden',
  severity: 'error',
  problem: 'has several revocation lists, of which OTP goes by the last one alone',
  expected: 'one list for each CA, with .r0',
  remedy: 'keep the newest one as .r0, and remove the others',
  inErlang: 'nothing: nodes that only an earlier list revokes connect',
  source: 'docs/in-erlang.md',
});

export const CRL_EXPIRES_SOON = rule({
  code: 'crl-expires-soon',
  severity: 'warning',
  problem: 'will be out of date soon',
  expected: 'a new list while a third of the time of the old one is left',
  remedy: 'issue a new list, with erlang-tls crl or where the CA is, and deploy it',
  inErlang: 'nothing until then; afterwards every node is refused',
  source: 'RFC 5280 section 5.1.2.5; test/real/revocation.test.ts',
});

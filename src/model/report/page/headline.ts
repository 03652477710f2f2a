import type { Finding } from '../../findings/finding';
import { dayText } from '../../x509/calendar';
import { counted, durationText, relativeText } from './duration';
import { isGrouped, type Overview } from './overview';

/** The most important fact, in one line. */
export function headline(overview: Overview): string {
  const { expired, now, findings } = overview;
  const [last] = expired;
  if (last !== undefined) {
    const others = expired.length > 1 ? ` and ${expired.length - 1} more` : '';
    return `Expired ${durationText(now - last.at)} ago: ${last.what}${others}`;
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return errors === 0 ? expiryText(overview) : `${counted(errors, 'error')} found. ${expiryText(overview)}`;
}

function expiryText({ nextExpiry, now, members }: Overview): string {
  if (nextExpiry === undefined) return members.length === 0 ? 'No nodes were found' : 'No certificates were found';
  const others = nextExpiry.others > 0 ? ` and ${nextExpiry.others} more that day` : '';
  return `Next to expire, in ${durationText(nextExpiry.at - now)}: ${nextExpiry.what}${others}`;
}

/** Severity of the whole: an expired certificate in use is an outage, with or without a finding. */
export function mood({ findings, expired, members }: Overview): 'error' | 'warning' | 'good' {
  if (expired.length > 0 || findings.some(({ severity }) => severity === 'error')) return 'error';
  const needsCare = findings.length > 0 || members.some(({ standing }) => standing !== 'valid');
  return needsCare ? 'warning' : 'good';
}

/** `2 errors, 1 warning`. */
export function findingCounts(findings: readonly Finding[]): string {
  const counts = (['error', 'warning'] as const).flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity)];
  });
  return counts.join(', ') || 'no findings';
}

/** One thing worth knowing at a glance. */
export interface Fact {
  readonly term: string;
  readonly value: string;
  readonly note: string;
}

export function facts(overview: Overview): readonly Fact[] {
  return [nextExpiryFact(overview), renewalFact(overview), signingFact(overview), trustFact(overview)];
}

function nextExpiryFact({ nextExpiry, now }: Overview): Fact {
  if (nextExpiry === undefined) return { term: 'Next expiry', value: 'none', note: 'nothing in use expires later' };
  return { term: 'Next expiry', value: dayText(nextExpiry.at), note: relativeText(nextExpiry.at, now) };
}

function renewalFact({ members, now }: Overview): Fact {
  const term = 'Renewal';
  const due = members.filter(({ standing }) => standing === 'renewal due').length;
  if (due > 0) return { term, value: `${due} due now`, note: 'the next apply renews them' };
  const starts = members.flatMap(({ certificate }) => certificate?.renewFrom ?? []).filter((from) => from > now);
  if (starts.length === 0) return { term, value: 'none known', note: "only Terraform's state contains it (--state)" };
  const first = starts.reduce((one, other) => Math.min(one, other));
  return { term, value: `from ${dayText(first)}`, note: relativeText(first, now) };
}

function signingFact({ authorities, members }: Overview): Fact {
  const term = 'Signing CA';
  const signing = authorities.filter(({ signs }) => signs);
  if (signing.length === 0) return { term, value: 'none known', note: 'no CA found that signs' };
  const letters = new Set(signing.map(({ letter }) => letter));
  const signed = members.filter(({ issuers }) => issuers.some(({ letter }) => letters.has(letter))).length;
  const shown = members.filter(({ certificate }) => certificate !== undefined).length;
  const value = signing.map(({ letter }) => letter).join(', ');
  return { term, value, note: `issued ${signed} of ${counted(shown, 'certificate')}` };
}

/** The CAs that every member trusts: two nodes connect if each trusts the other's issuer. */
function trustFact(overview: Overview): Fact {
  const { who, members, rows, authorities } = overview;
  const term = 'Members';
  const value = isGrouped(overview) ? `${who}, in ${counted(rows.length, 'group')}` : who;
  const everywhere = authorities.filter(({ trustedBy }) => trustedBy === members.length).map(({ letter }) => letter);
  const note =
    everywhere.length === 0 ? 'no CA is trusted by every member' : `every member trusts ${everywhere.join(', ')}`;
  return { term, value, note };
}

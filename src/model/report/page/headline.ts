import type { Finding } from '../../findings/finding';
import { dayText } from '../../x509/calendar';
import { counted, durationText, relativeText } from './duration';
import { isGrouped, type Overview } from './overview';

/** The most important fact, in a few words: `OK`, or what is not. */
export function verdict(overview: Overview): string {
  const { expired, now, findings, members } = overview;
  const [last] = expired;
  if (last !== undefined) {
    const others = expired.length > 1 ? ` and ${expired.length - 1} more` : '';
    return `Expired ${durationText(now - last.at)} ago: ${last.what}${others}`;
  }
  if (findings.length > 0) return findingCounts(findings);
  if (members.length === 0) return 'No nodes were found';
  return shortcomings(overview).join(', ') || 'OK';
}

/** What needs care without being a finding. */
function shortcomings({ members }: Overview): readonly string[] {
  const count = (standing: string): number => members.filter((one) => one.standing === standing).length;
  const [absent, early, due] = [count('no certificate'), count('not yet valid'), count('renewal due')];
  return [
    ...(absent > 0 ? [`${counted(absent, 'member')} without a certificate`] : []),
    ...(early > 0 ? [`${counted(early, 'certificate')} not yet valid`] : []),
    ...(due > 0 ? [`${counted(due, 'certificate')} due for renewal`] : []),
  ];
}

/** What follows: the next certificate in use to expire. Absent if there is none. */
export function outlook({ nextExpiry, now }: Overview): string | undefined {
  if (nextExpiry === undefined) return undefined;
  const { at, what, others } = nextExpiry;
  const more = others > 0 ? ` and ${others} more` : '';
  return `Next to expire, on ${dayText(at)} (in ${durationText(at - now)}): ${what}${more}`;
}

/** Severity of the whole: an expired certificate in use is an outage, with or without a finding. */
export function mood(overview: Overview): 'error' | 'warning' | 'good' {
  const { findings, expired } = overview;
  if (expired.length > 0 || findings.some(({ severity }) => severity === 'error')) return 'error';
  return verdict(overview) === 'OK' ? 'good' : 'warning';
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

/** What is known of the whole, beside its next expiry. */
export function facts(overview: Overview): readonly Fact[] {
  return [renewalFact(overview), signingFact(overview), trustFact(overview)].filter((one) => one !== undefined);
}

function renewalFact({ members, now }: Overview): Fact | undefined {
  const term = 'Renewal';
  const due = members.filter(({ standing }) => standing === 'renewal due').length;
  if (due > 0) return { term, value: `${due} due now`, note: 'the next apply renews them' };
  const starts = members.flatMap(({ certificate }) => certificate?.renewFrom ?? []).filter((from) => from > now);
  if (starts.length === 0) return undefined;
  const first = starts.reduce((one, other) => Math.min(one, other));
  return { term, value: `from ${dayText(first)}`, note: relativeText(first, now) };
}

function signingFact({ authorities, members }: Overview): Fact | undefined {
  const signing = authorities.filter(({ signs }) => signs);
  if (signing.length === 0) return undefined;
  const letters = new Set(signing.map(({ letter }) => letter));
  const signed = members.filter(({ issuers }) => issuers.some(({ letter }) => letters.has(letter))).length;
  const shown = members.filter(({ certificate }) => certificate !== undefined).length;
  const value = signing.map(({ letter }) => letter).join(', ');
  return { term: 'Signing CA', value, note: `issued ${signed} of ${counted(shown, 'certificate')}` };
}

/** The CAs that every member trusts: two nodes connect if each trusts the other's issuer. */
function trustFact(overview: Overview): Fact | undefined {
  const { who, members, rows, authorities } = overview;
  if (members.length === 0) return undefined;
  const value = isGrouped(overview) ? `${who}, in ${counted(rows.length, 'group')}` : who;
  const everywhere = authorities.filter(({ trustedBy }) => trustedBy === members.length).map(({ letter }) => letter);
  const note = everywhere.length === 0 ? 'no CA is trusted by every member' : `all trust ${everywhere.join(', ')}`;
  return { term: 'Members', value, note };
}

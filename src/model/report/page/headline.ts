import type { Finding } from '../../findings/finding';
import { dayText } from '../../x509/calendar';
import { counted, durationText, relativeText } from './duration';
import { isGrouped, type Overview } from './overview';

/** What a reader must know first, in one line. */
export function headline(overview: Overview): string {
  const { ended, now, findings } = overview;
  const [last] = ended;
  if (last !== undefined) {
    const others = ended.length > 1 ? ` and ${ended.length - 1} more` : '';
    return `Ended ${durationText(now - last.at)} ago: ${last.what}${others}`;
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return errors === 0 ? endingText(overview) : `${counted(errors, 'error')} found. ${endingText(overview)}`;
}

function endingText({ nextEnd, now, members }: Overview): string {
  if (nextEnd === undefined) return members.length === 0 ? 'No nodes were found' : 'No certificates were found';
  const others = nextEnd.others > 0 ? ` and ${nextEnd.others} more that day` : '';
  return `Next to end, in ${durationText(nextEnd.at - now)}: ${nextEnd.what}${others}`;
}

/** How bad it is: what ended is an outage, whether a finding says so or not. */
export function mood({ findings, ended, members }: Overview): 'error' | 'warning' | 'good' {
  if (ended.length > 0 || findings.some(({ severity }) => severity === 'error')) return 'error';
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
  return [nextEndFact(overview), renewalFact(overview), signingFact(overview), trustFact(overview)];
}

function nextEndFact({ nextEnd, now }: Overview): Fact {
  if (nextEnd === undefined) return { term: 'Next end', value: 'none', note: 'nothing that is in use ends later' };
  return { term: 'Next end', value: dayText(nextEnd.at), note: relativeText(nextEnd.at, now) };
}

function renewalFact({ members, now }: Overview): Fact {
  const term = 'Renewal';
  const due = members.filter(({ standing }) => standing === 'renewal due').length;
  if (due > 0) return { term, value: `${due} due now`, note: 'the next apply renews them' };
  const starts = members.flatMap(({ certificate }) => certificate?.renewFrom ?? []).filter((from) => from > now);
  if (starts.length === 0)
    return { term, value: 'none known', note: "nodes' files do not say it, Terraform's state does" };
  const first = starts.reduce((one, other) => Math.min(one, other));
  return { term, value: `from ${dayText(first)}`, note: relativeText(first, now) };
}

function signingFact({ authorities, members }: Overview): Fact {
  const term = 'Signing CA';
  const signing = authorities.filter(({ signs }) => signs);
  if (signing.length === 0) return { term, value: 'none known', note: 'no CA here signs' };
  const letters = new Set(signing.map(({ letter }) => letter));
  const signed = members.filter(({ issuers }) => issuers.some(({ letter }) => letters.has(letter))).length;
  const shown = members.filter(({ certificate }) => certificate !== undefined).length;
  const value = signing.map(({ letter }) => letter).join(', ');
  return { term, value, note: `of ${signed} of ${counted(shown, 'certificate')}` };
}

/** Two nodes connect where each trusts the other's issuer: what all trust and what is presented is all that it takes. */
function trustFact(overview: Overview): Fact {
  const { who, members, rows, authorities } = overview;
  const term = 'Members';
  const value = isGrouped(overview) ? `${who}, in ${counted(rows.length, 'group')}` : who;
  const everywhere = authorities.filter(({ trustedBy }) => trustedBy === members.length).map(({ letter }) => letter);
  const note = everywhere.length === 0 ? 'no CA is trusted by all' : `all trust ${everywhere.join(', ')}`;
  return { term, value, note };
}

import {
  otherSide,
  type Side,
  type SslOptionRow,
  type Verdict,
  verdictOf,
  type VersionSet,
} from '../../erlang/options/ssl-option';
import { FOREIGN_OPTION_ROWS, optionRow, SSL_OPTION_TABLE } from '../../erlang/options/ssl-option-table';
import { isAtom } from '../../erlang/options/tls-settings';
import type { Term } from '../../erlang/terms/term';
import { writeTerm } from '../../erlang/terms/term-writer';
import { documentation } from '../../findings/documentation';
import { type Evidence, type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { OtpRelease } from '../../otp/otp-release';
import type { Releases } from '../../otp/releases';

/** An option that is given on one side, and the releases and TLS versions for which it is judged. */
export interface OptionUse {
  readonly side: Side;
  readonly name: string;
  /** As the table has values: booleans, names of atoms, the text of other terms. */
  readonly value: unknown;
  readonly releases: Releases;
  readonly versionsOn: (otp: OtpRelease) => readonly VersionSet[];
}

/** Whether each release treats an option in one of the `rejected` ways: a release that takes it is enough. */
export function verdictFindings(
  use: OptionUse,
  rejected: readonly Exclude<Verdict, 'ok'>[],
  evidence: Evidence,
): readonly Finding[] {
  const row = tableRow(use);
  const verdict = rejected.find((one) => isAlways(one, row, use));
  if (verdict === undefined) return [];
  const isMisplaced = isAlways('ok', tableRow({ ...use, side: otherSide(use.side) }), use);
  const code = isMisplaced ? SSL_OPTION_WRONG_SIDE : SSL_OPTION_NOT_IN_RELEASE;
  return [finding(code, { ...evidence, detail: `${circumstances(use)} ${EFFECTS[verdict]}` })];
}

export const SSL_OPTION_WRONG_SIDE = rule({
  code: 'ssl-option-wrong-side',
  severity: 'error',
  problem: 'belongs to the other side',
  expected: 'server options on the server side, client options on the client side',
  remedy: 'move it to the other side',
  inErlang: 'nothing; up to OTP 25 most are ignored, on later releases every connection of that side fails',
  source: 'docs/ssl-options.md: each row of the table is held to real nodes by test/real/ssl-option-table.test.ts',
});

export const SSL_OPTION_NOT_IN_RELEASE = rule({
  code: 'ssl-option-not-in-release',
  severity: 'error',
  problem: 'has no effect or breaks connections on this release',
  expected: 'an option that the release takes with these TLS versions',
  remedy: `leave it out, or see ${documentation('ssl-options')} for the releases and versions that take it`,
  inErlang: 'nothing on either side',
  source: 'docs/ssl-options.md: each row of the table is held to real nodes by test/real/ssl-option-table.test.ts',
});

const EFFECTS: Readonly<Record<Exclude<Verdict, 'ok'>, string>> = {
  ignored: 'ignores it silently',
  error: 'makes every connection of that side fail',
};

const ALL_ROWS: readonly SslOptionRow[] = [...SSL_OPTION_TABLE, ...FOREIGN_OPTION_ROWS];

/** The row of the table, or of the options beside it, for an option on its side with its value. */
export function tableRow({ name, side, value }: Pick<OptionUse, 'name' | 'side' | 'value'>): SslOptionRow | undefined {
  return optionRow(name, side, value, ALL_ROWS);
}

/** As the table has values: booleans, atoms by their names, other terms as text. */
export function plainValue(value: Term): boolean | string {
  if (isAtom(value, 'true', 'false')) return isAtom(value, 'true');
  return value.kind === 'atom' ? value.name : writeTerm(value);
}

function isAlways(verdict: Verdict, row: SslOptionRow | undefined, { releases, versionsOn }: OptionUse): boolean {
  return (
    row !== undefined &&
    releases.all.every((otp) => versionsOn(otp).every((versions) => verdictOf(row, otp, versions) === verdict))
  );
}

/** `OTP 27 with TLS 1.3 only` */
function circumstances({ releases, versionsOn }: OptionUse): string {
  const [versions, ...others] = new Set(releases.all.flatMap(versionsOn));
  return others.length > 0 ? releases.text : `${releases.text} with TLS ${versions}`;
}

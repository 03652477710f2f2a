import { type DistOptionsInput, givenOptions } from '../../erlang/options/dist-options';
import { meantText } from '../../erlang/options/near-option';
import { type Side, verdictOf, type VersionSet } from '../../erlang/options/ssl-option';
import { optionRow } from '../../erlang/options/ssl-option-table';
import { type Finding, finding } from '../../errors';
import type { OtpRelease } from '../../otp/otp-release';

/** What of the user's own options this release would refuse or ignore. */
export function optionFindings(input: DistOptionsInput): readonly Finding[] {
  return (['server', 'client'] as const).flatMap((side) =>
    givenOptions(side, input).flatMap(({ option, value }) => judge(side, option, value, input)),
  );
}

function judge(side: Side, option: string, value: unknown, { otp, versions }: DistOptionsInput): readonly Finding[] {
  const row = optionRow(option, side, value);
  if (row === undefined) return [unofferedFinding(side, option)];
  if (row.writtenFrom !== undefined) {
    return [
      finding('ssl-option-written-by-library', {
        subject: `${side} option`,
        got: option,
        detail: `it is written from ${row.writtenFrom}`,
      }),
    ];
  }
  const verdict = verdictOf(row, otp, versions._set);
  if (verdict === 'ok') return [];
  const subject = `${side} option "${option}"`;
  const other = side === 'server' ? 'client' : 'server';
  const otherRow = optionRow(option, other, value);
  const isMisplaced = otherRow !== undefined && verdictOf(otherRow, otp, versions._set) === 'ok';
  const code = isMisplaced ? 'ssl-option-wrong-side' : 'ssl-option-not-in-release';
  return [finding(code, { subject, got: value, detail: describeVerdict(verdict, otp, versions._set) })];
}

/** The value is left out of the message: it may be a password. */
function unofferedFinding(side: Side, option: string): Finding {
  const evidence = { subject: `${side} option`, got: option };
  return optionRow(option, side) === undefined
    ? finding('ssl-option-unknown', { ...evidence, detail: meantText(option) })
    : finding('ssl-option-form-not-offered', evidence);
}

function describeVerdict(verdict: 'ignored' | 'error', otp: OtpRelease, versions: VersionSet): string {
  const effect = verdict === 'ignored' ? 'ignores it silently' : 'makes every connection of that side fail';
  return `OTP ${otp.toString()} with TLS ${versions} ${effect}`;
}

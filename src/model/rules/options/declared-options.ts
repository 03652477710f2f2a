import { SSL_OPTION_UNKNOWN } from '../../erlang/options/dist-options';
import { type DistOptionsInput, givenOptions } from '../../erlang/options/dist-options';
import { meantText } from '../../erlang/options/near-option';
import { type Side, verdictOf, type VersionSet } from '../../erlang/options/ssl-option';
import { optionRow } from '../../erlang/options/ssl-option-table';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
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
      finding(SSL_OPTION_WRITTEN_BY_LIBRARY, {
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
  const code = isMisplaced ? SSL_OPTION_WRONG_SIDE : SSL_OPTION_NOT_IN_RELEASE;
  return [finding(code, { subject, got: value, detail: describeVerdict(verdict, otp, versions._set) })];
}

export const SSL_OPTION_WRITTEN_BY_LIBRARY = rule({
  code: 'ssl-option-written-by-library',
  severity: 'error',
  problem: 'is written by the library',
  expected: 'an option that has no property of its own',
  remedy: 'set that property instead',
});

export const SSL_OPTION_WRONG_SIDE = rule({
  code: 'ssl-option-wrong-side',
  severity: 'error',
  problem: 'belongs to the other side',
  expected: 'server options on the server side, client options on the client side',
  remedy: 'move it to the other side',
  inErlang: 'nothing; up to OTP 25 most are passed over, on later releases every connection of that side fails',
});

export const SSL_OPTION_NOT_IN_RELEASE = rule({
  code: 'ssl-option-not-in-release',
  severity: 'error',
  problem: 'has no effect or breaks connections on this release',
  expected: 'an option that the release takes with these TLS versions',
  remedy: 'leave it out, or see docs/ssl-options.md for the releases and versions that take it',
  inErlang: 'nothing on either side',
});

/** The value is left out of the message: it may be a password. */
function unofferedFinding(side: Side, option: string): Finding {
  const evidence = { subject: `${side} option`, got: option };
  return optionRow(option, side) === undefined
    ? finding(SSL_OPTION_UNKNOWN, { ...evidence, detail: meantText(option) })
    : finding(SSL_OPTION_FORM_NOT_OFFERED, evidence);
}

export const SSL_OPTION_FORM_NOT_OFFERED = rule({
  code: 'ssl-option-form-not-offered',
  severity: 'error',
  problem: 'has a value of a form that this library does not offer',
  expected: 'a value of the form in docs/ssl-options.md',
  remedy: 'name a function instead of a secret ("fun my_module:password/0"), or choose another value',
});

function describeVerdict(verdict: 'ignored' | 'error', otp: OtpRelease, versions: VersionSet): string {
  const effect = verdict === 'ignored' ? 'ignores it silently' : 'makes every connection of that side fail';
  return `OTP ${otp.toString()} with TLS ${versions} ${effect}`;
}

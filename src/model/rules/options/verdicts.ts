import { SSL_OPTION_UNKNOWN, SSL_OPTION_WRONG_VALUE } from '../../erlang/options/dist-options';
import { FOREIGN_OPTION_ROWS, isForeignOption } from '../../erlang/options/foreign-options';
import { meantText } from '../../erlang/options/near-option';
import { atomsOf, type Option } from '../../erlang/options/option-file-reader';
import { wrongValue } from '../../erlang/options/option-values';
import {
  type Side,
  type SslOptionRow,
  type Verdict,
  verdictOf,
  type VersionSet,
} from '../../erlang/options/ssl-option';
import { OK } from '../../erlang/options/ssl-option-row';
import { isInTable, optionRow, SSL_OPTION_TABLE } from '../../erlang/options/ssl-option-table';
import { isAtom } from '../../erlang/options/tls-settings';
import { defaultVersions } from '../../erlang/options/tls-versions';
import type { Term } from '../../erlang/terms/term';
import { writeTerm } from '../../erlang/terms/term-writer';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { OTP_RELEASES, type OtpRelease } from '../../otp/otp-release';
import { SSL_OPTION_NOT_IN_RELEASE, SSL_OPTION_WRONG_SIDE } from './declared-options';

/** What OTP makes of each option of a side: whether it knows it, takes the value, and takes it in that release on that side. */
export function verdictFindings(
  side: Side,
  options: readonly Option[],
  otp: OtpRelease | undefined,
  label: string,
): readonly Finding[] {
  return options.flatMap(([name, value]) => {
    const subject = `${side} option "${name}" of ${label}`;
    if (!isInTable(name) && !isForeignOption(name)) {
      const code = side === 'client' ? SSL_OPTION_UNKNOWN : SSL_OPTION_WITHOUT_EFFECT;
      return [finding(code, { subject, detail: meantText(name) })];
    }
    const wrong = wrongValue(name, rowOf(name, side, value)?.kind, value);
    if (wrong !== undefined) return [finding(SSL_OPTION_WRONG_VALUE, { subject, detail: wrong })];
    return releaseFindings(subject, side, name, value, options, otp);
  });
}

export const SSL_OPTION_WITHOUT_EFFECT = rule({
  code: 'ssl-option-without-effect',
  severity: 'warning',
  problem: 'is no option that OTP knows',
  expected: 'options of the ssl application, spelled as there',
  remedy: 'check the spelling: on the server side the node goes without it',
  inErlang: 'nothing',
});

function releaseFindings(
  subject: string,
  side: Side,
  name: string,
  value: Term,
  options: readonly Option[],
  otp: OtpRelease | undefined,
): readonly Finding[] {
  const row = rowOf(name, side, value);
  // Where the release is not known, what one of them takes is left alone.
  const releases = otp === undefined ? OTP_RELEASES : [otp];
  const judge = (one: SslOptionRow, verdict: Verdict): boolean =>
    releases.every((release) => verdictOf(one, release, versionsIn(options, release)) === verdict);
  // What has no effect does no harm.
  if (row === undefined || !judge(row, 'error')) return [];
  const other = rowOf(name, side === 'server' ? 'client' : 'server', value);
  const isOfOtherSide = other !== undefined && (isInTable(name) ? judge(other, 'ok') : other.verdicts === OK);
  const code = isOfOtherSide ? SSL_OPTION_WRONG_SIDE : SSL_OPTION_NOT_IN_RELEASE;
  const which = otp === undefined ? 'every OTP' : `OTP ${otp.toString()} with TLS ${versionsIn(options, otp)}`;
  return [finding(code, { subject, detail: `${which} makes every connection of that side fail` })];
}

const ALL_ROWS = [...SSL_OPTION_TABLE, ...FOREIGN_OPTION_ROWS];

function rowOf(name: string, side: Side, value: Term): SslOptionRow | undefined {
  return optionRow(name, side, plainValue(value), ALL_ROWS);
}

/** As the table has values: booleans and atoms by their names, other terms as text. */
function plainValue(value: Term): boolean | string {
  if (isAtom(value, 'true', 'false')) return isAtom(value, 'true');
  return value.kind === 'atom' ? value.name : writeTerm(value);
}

function versionsIn(options: readonly Option[], otp: OtpRelease): VersionSet {
  const versions = atomsOf('versions', options) ?? defaultVersions(otp);
  if (!versions.includes('tlsv1.3')) return '1.2 only';
  return versions.includes('tlsv1.2') ? '1.3 and 1.2' : '1.3 only';
}

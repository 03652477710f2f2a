import { SSL_OPTION_UNKNOWN, SSL_OPTION_WRONG_VALUE } from '../../erlang/options/dist-options';
import { FOREIGN_OPTION_ROWS, isForeignOption } from '../../erlang/options/foreign-options';
import { meantText } from '../../erlang/options/near-option';
import type { Option } from '../../erlang/options/option-file-reader';
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
import { isAtom, versionsOf } from '../../erlang/options/tls-settings';
import { versionSets } from '../../erlang/options/tls-versions';
import type { Term } from '../../erlang/terms/term';
import { writeTerm } from '../../erlang/terms/term-writer';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { OtpRelease } from '../../otp/otp-release';
import { Releases } from '../../otp/releases';
import { SSL_OPTION_NOT_IN_RELEASE, SSL_OPTION_WRONG_SIDE } from './declared-options';

/** What OTP makes of each option of a side: whether it knows it, takes the value, and takes it in that release on that side. */
export function verdictFindings(
  side: Side,
  options: readonly Option[],
  releases: Releases,
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
    return releaseFindings(subject, side, name, value, options, releases);
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
  releases: Releases,
): readonly Finding[] {
  const row = rowOf(name, side, value);
  const versionsOn = (otp: OtpRelease): readonly VersionSet[] => versionSets(versionsOf(options, Releases.only(otp)));
  const judge = (one: SslOptionRow, verdict: Verdict): boolean =>
    releases.all.every((otp) => versionsOn(otp).every((versions) => verdictOf(one, otp, versions) === verdict));
  // What has no effect does no harm.
  if (row === undefined || !judge(row, 'error')) return [];
  const other = rowOf(name, side === 'server' ? 'client' : 'server', value);
  const isOfOtherSide = other !== undefined && (isInTable(name) ? judge(other, 'ok') : other.verdicts === OK);
  const code = isOfOtherSide ? SSL_OPTION_WRONG_SIDE : SSL_OPTION_NOT_IN_RELEASE;
  const [versions, ...others] = versionSets(versionsOf(options, releases));
  const which = others.length > 0 ? '' : ` with TLS ${versions}`;
  return [finding(code, { subject, detail: `${releases.text}${which} makes every connection of that side fail` })];
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

import { OTP_RELEASES, type OtpRelease } from '../cluster/otp-release';
import { atomsOf, type Option } from '../erlang/option-file-reader';
import { type Side, type SslOptionRow, type Verdict, verdictOf, type VersionSet } from '../erlang/ssl-option';
import { optionRow } from '../erlang/ssl-option-table';
import type { Term } from '../erlang/term';
import { writeTerm } from '../erlang/term-writer';
import { type Finding, finding } from '../errors';
import { isUtf8, textOf } from '../installed/found-file';
import type { InstalledNode, InstalledSide } from '../installed/installed-node';
import { filesOf, isAtom, valueOf } from '../installed/tls-settings';

/** What the option file, or the flags in its place, say. `otp` narrows it to one release. */
export function installedOptionFindings(node: InstalledNode, otp: OtpRelease | undefined): readonly Finding[] {
  return [...fileFindings(node), ...node.sides.flatMap((side) => sideFindings(node, side, otp))];
}

function fileFindings(node: InstalledNode): readonly Finding[] {
  const { optionFile, unreadable } = node;
  if (optionFile === undefined) return [];
  const subject = optionFile.path;
  if (optionFile.kind === 'missing') return [finding('option-file-missing', { subject })];
  if (optionFile.kind !== 'file') return [finding('option-file-unreadable', { subject })];
  if (unreadable !== undefined) {
    const detail = /\((line [^)]*)\)/.exec(unreadable.message)?.[1];
    return [finding('option-file-not-literal', { subject, detail })];
  }
  return [
    ...shapeFindings(subject, node),
    ...(isReadAlike(textOf(optionFile)) && isUtf8(optionFile) ? [] : [finding('option-file-encoding', { subject })]),
  ];
}

function shapeFindings(subject: string, { settings, isTools }: InstalledNode): readonly Finding[] {
  const missing = (['server', 'client'] as const).filter((side) => settings?.[side] === undefined);
  if (missing.length === 2) return [finding('option-file-shape', { subject })];
  return isTools ? [] : missing.map((side) => finding('option-file-side-missing', { subject, got: side }));
}

/** Comments may hold whatever they like; a string beyond ASCII is another name under another locale. */
function isReadAlike(source: string): boolean {
  return !/[^\0-\x7f]/.test(source.replace(/%.*$/gm, ''));
}

function sideFindings(node: InstalledNode, { side, options }: InstalledSide, otp: OtpRelease | undefined): Finding[] {
  const subject = `${side} side of ${node.label}`;
  const names = options.map(([name]) => name);
  const files = filesOf(options);
  const isGiven = (...some: readonly string[]): boolean => some.some((name) => names.includes(name));
  return [
    ...[...new Set(names.filter((name, index) => names.indexOf(name) < index))].map((name) =>
      finding('option-given-twice', { subject: `${name} on the ${subject}` }),
    ),
    ...options.flatMap(([name, value]) => verdictFindings(side, name, value, options, otp, node.label)),
    ...verificationFindings(side, options, otp, subject),
    ...(files.certfile === undefined && !isGiven('cert', 'certs_keys')
      ? [finding('identity-not-given', { subject })]
      : []),
    ...(atomsOf('versions', options) === undefined && node.optionFile !== undefined
      ? [finding('versions-not-set', { subject })]
      : []),
  ];
}

function verificationFindings(
  side: Side,
  options: readonly Option[],
  otp: OtpRelease | undefined,
  subject: string,
): readonly Finding[] {
  if (!verifies(side, valueOf('verify', options), otp)) return [finding('peer-not-verified', { subject })];
  const isTold = isAtom(valueOf('fail_if_no_peer_cert', options), 'true');
  const trusts = ['cacertfile', 'cacerts'].some((name) => valueOf(name, options) !== undefined);
  return [
    ...(side === 'server' && !isTold && isBefore26(otp) ? [finding('peer-may-be-anonymous', { subject })] : []),
    ...(trusts ? [] : [finding('trust-not-given', { subject })]),
  ];
}

/** From OTP 26 on, who dials verifies unless told not to. */
function verifies(side: Side, verify: Term | undefined, otp: OtpRelease | undefined): boolean {
  return isAtom(verify, 'verify_peer') || (side === 'client' && verify === undefined && !isBefore26(otp));
}

/** Where the release is not known, it may be. */
function isBefore26(otp: OtpRelease | undefined): boolean {
  return otp === undefined || otp.major < 26;
}

/** Options that the table does not know are left alone: OTP has more than this library writes. */
function verdictFindings(
  side: Side,
  name: string,
  value: Term,
  options: readonly Option[],
  otp: OtpRelease | undefined,
  label: string,
): readonly Finding[] {
  const row = optionRow(name, side, plainValue(value));
  // Where the release is not known, what one of them takes is left alone.
  const releases = otp === undefined ? OTP_RELEASES : [otp];
  const judge = (one: SslOptionRow, verdict: Verdict): boolean =>
    releases.every((release) => verdictOf(one, release, versionsIn(options, release)) === verdict);
  // What has no effect does no harm.
  if (row === undefined || !judge(row, 'error')) return [];
  const other = optionRow(name, side === 'server' ? 'client' : 'server', plainValue(value));
  const code = other !== undefined && judge(other, 'ok') ? 'ssl-option-wrong-side' : 'ssl-option-not-in-release';
  const which = otp === undefined ? 'every OTP' : `OTP ${otp.toString()} with TLS ${versionsIn(options, otp)}`;
  return [
    finding(code, {
      subject: `${side} option "${name}" of ${label}`,
      detail: `${which} makes every connection of that side fail`,
    }),
  ];
}

/** As the table has values: booleans and atoms by their names, other terms as text. */
function plainValue(value: Term): boolean | string {
  if (isAtom(value, 'true', 'false')) return isAtom(value, 'true');
  return value.kind === 'atom' ? value.name : writeTerm(value);
}

/** Where nothing is said, distribution speaks TLS 1.2 up to OTP 28, and both from 29 on. */
function versionsIn(options: readonly Option[], { major }: OtpRelease): VersionSet {
  const versions = atomsOf('versions', options) ?? (major < 29 ? ['tlsv1.2'] : ['tlsv1.3', 'tlsv1.2']);
  if (!versions.includes('tlsv1.3')) return '1.2 only';
  return versions.includes('tlsv1.2') ? '1.3 and 1.2' : '1.3 only';
}

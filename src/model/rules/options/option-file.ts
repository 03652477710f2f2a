import { namesFor, offerIn } from '../../erlang/options/algorithm-offers';
import type { Option } from '../../erlang/options/option-file-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { isAtom, valueOf, valuesOf } from '../../erlang/options/tls-settings';
import { defaultVersions } from '../../erlang/options/tls-versions';
import type { Term } from '../../erlang/terms/term';
import type { ErrorCode } from '../../error-catalogue';
import { type Finding, finding } from '../../errors';
import { type FoundFile, isUtf8, textOf } from '../../observed/files/found-file';
import type { InstalledNode, InstalledSide } from '../../observed/files/installed-node';
import type { OtpRelease } from '../../otp/otp-release';
import { presenceFindings } from '../files/permissions';
import { verdictFindings } from './verdicts';

/** What the option file, or the flags in its place, say. `otp` narrows it to one release. */
export function installedOptionFindings(node: InstalledNode, otp: OtpRelease | undefined): readonly Finding[] {
  return [...optionFileFindings(node), ...node.sides.flatMap((side) => sideFindings(node, side, otp))];
}

function optionFileFindings(node: InstalledNode): readonly Finding[] {
  const { optionFile, unreadable } = node;
  if (optionFile === undefined) return [];
  const subject = optionFile.path;
  if (optionFile.kind === 'missing') return [finding('option-file-missing', { subject })];
  if (optionFile.kind === 'unreadable') return presenceFindings(optionFile);
  if (optionFile.kind !== 'file') return [finding('option-file-unreadable', { subject })];
  // Of what no reader can follow there is no more to say.
  if (unreadable !== undefined && node.settings === undefined)
    return [codeFinding('option-file-not-literal', subject, unreadable)];
  return [
    ...(unreadable === undefined ? [] : [codeFinding('option-file-calls', subject, unreadable)]),
    ...shapeFindings(subject, node),
    ...(isReadAlike(optionFile) ? [] : [finding('option-file-encoding', { subject })]),
  ];
}

function codeFinding(code: ErrorCode, subject: string, { message }: Finding): Finding {
  return finding(code, { subject, detail: /\((line [^)]*)\)/.exec(message)?.[1] });
}

function shapeFindings(subject: string, { settings, isTools, misplaced }: InstalledNode): readonly Finding[] {
  const missing = (['server', 'client'] as const).filter((side) => settings?.[side] === undefined);
  if (misplaced.length > 0) return misplaced.map((detail) => finding('option-file-shape', { subject, detail }));
  if (missing.length === 2) return [finding('option-file-shape', { subject })];
  return isTools ? [] : missing.map((side) => finding('option-file-side-missing', { subject, got: side }));
}

/**
 * Comments may hold whatever they like, as long as they are of the encoding that the file says it has (`epp:read_encoding_from_binary/1`). A
 * string beyond ASCII is another name under another locale.
 */
function isReadAlike(file: FoundFile): boolean {
  const source = textOf(file);
  const code = source.replace(STRING_OR_COMMENT, (found) => (found.startsWith('%') ? '' : found));
  return !/[^\0-\x7f]/.test(code) && (isUtf8(file) || !SAYS_UTF_8.test(source));
}

const STRING_OR_COMMENT = /"(?:\\[^]|[^"\\])*"|%.*$/gm;
const SAYS_UTF_8 = /^(?:.*\n)?[ \t]*%.*coding[ \t]*[:=][ \t]*[uU][tT][fF]-8/;

function sideFindings(node: InstalledNode, { side, options }: InstalledSide, otp: OtpRelease | undefined): Finding[] {
  const subject = `${side} side of ${node.label}`;
  const names = options.map(([name]) => name);
  const isGiven = (...some: readonly string[]): boolean => some.some((name) => names.includes(name));
  return [
    ...verdictFindings(side, options, otp, node.label),
    ...verificationFindings(side, options, otp, subject),
    ...(namesSuitesFor13(options, otp) ? [] : [finding('suites-without-tls-1-3', { subject })]),
    ...[...new Set(names.filter((name, index) => names.indexOf(name) < index))].map((name) =>
      finding('option-given-twice', { subject: `${name} on the ${subject}` }),
    ),
    ...(!isGiven('certfile', 'cert') && !hasPairs(options) ? [finding('identity-not-given', { subject })] : []),
    ...(node.optionFile !== undefined && !isGiven('versions') ? [finding('versions-not-set', { subject })] : []),
  ];
}

/** With one version alone, the suites of the release stand in for those that it has none of. */
function namesSuitesFor13(options: readonly Option[], otp: OtpRelease | undefined): boolean {
  const suites = offerIn('ciphers', options, otp && defaultVersions(otp));
  if (suites === undefined || suites.versions.length === 1 || !suites.versions.includes('tlsv1.3')) return true;
  return suites.names.length === 0 || namesFor('tlsv1.3', suites).length > 0;
}

/** A pair may hold certificate and key themselves. */
function hasPairs(options: readonly Option[]): boolean {
  const pairs = valueOf('certs_keys', options);
  return pairs !== undefined && !(pairs.kind === 'list' && pairs.elements.length === 0);
}

function verificationFindings(
  side: Side,
  options: readonly Option[],
  otp: OtpRelease | undefined,
  subject: string,
): readonly Finding[] {
  if (!verifies(side, valuesOf('verify', options), otp)) return [finding('peer-not-verified', { subject })];
  const demands = valuesOf('fail_if_no_peer_cert', options);
  const isTold = demands.length > 0 && demands.every((one) => isAtom(one, 'true') || one.kind === 'call');
  const trusts = ['cacertfile', 'cacerts'].some((name) => valuesOf(name, options).length > 0);
  return [
    ...(side === 'server' && !isTold && isBefore26(otp) ? [finding('peer-may-be-anonymous', { subject })] : []),
    ...(trusts ? [] : [finding('trust-not-given', { subject })]),
  ];
}

/** From OTP 26 on, who dials verifies unless told not to. Of two values, one or the other counts. */
function verifies(side: Side, given: readonly Term[], otp: OtpRelease | undefined): boolean {
  if (given.length === 0) return side === 'client' && !isBefore26(otp);
  return !given.some((one) => isAtom(one, 'verify_none'));
}

/** Where the release is not known, it may be. */
function isBefore26(otp: OtpRelease | undefined): boolean {
  return otp === undefined || otp.major < 26;
}

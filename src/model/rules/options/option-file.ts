import { namesFor, offerIn } from '../../erlang/options/algorithm-offers';
import type { Option } from '../../erlang/options/option-file-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { isAtom, valueOf, valuesOf } from '../../erlang/options/tls-settings';
import type { Term } from '../../erlang/terms/term';
import { type Finding, finding } from '../../findings/finding';
import { type Rule, rule } from '../../findings/rule';
import { type FoundFile, isUtf8, textOf } from '../../observed/files/found-file';
import type { InstalledNode, InstalledSide } from '../../observed/files/installed-node';
import type { Releases } from '../../otp/releases';
import { presenceFindings } from '../files/presence';
import { verdictFindings } from './verdicts';

/** What the option file, or the flags in its place, say. */
export function installedOptionFindings(node: InstalledNode, releases: Releases): readonly Finding[] {
  return [...optionFileFindings(node), ...node.sides.flatMap((side) => sideFindings(node, side, releases))];
}

function optionFileFindings(node: InstalledNode): readonly Finding[] {
  const { optionFile, unreadable } = node;
  if (optionFile === undefined) return [];
  const subject = optionFile.path;
  if (optionFile.kind === 'missing') return [finding(OPTION_FILE_MISSING, { subject })];
  if (optionFile.kind === 'unreadable') return presenceFindings(optionFile);
  if (optionFile.kind !== 'file') return [finding(OPTION_FILE_UNREADABLE, { subject })];
  // Of what no reader can follow there is no more to say.
  if (unreadable !== undefined && node.settings === undefined)
    return [codeFinding(OPTION_FILE_NOT_LITERAL, subject, unreadable)];
  return [
    ...(unreadable === undefined ? [] : [codeFinding(OPTION_FILE_CALLS_FUNCTION, subject, unreadable)]),
    ...shapeFindings(subject, node),
    ...(isReadAlike(optionFile) ? [] : [finding(OPTION_FILE_ENCODING, { subject })]),
  ];
}

export const OPTION_FILE_MISSING = rule({
  code: 'option-file-missing',
  severity: 'error',
  problem: 'is not there',
  expected: 'the option file where -ssl_dist_optfile says',
  remedy: 'install it, or correct the path',
  inErlang: 'the node does not boot: {bad_ssl_dist_optfile,…}',
});

export const OPTION_FILE_UNREADABLE = rule({
  code: 'option-file-unreadable',
  severity: 'error',
  problem: 'cannot be read',
  expected: 'a file that the user of the node can read',
  remedy: 'give it to that user, or make it readable (chmod)',
  inErlang: 'the node does not boot: {bad_ssl_dist_optfile,…}, the same words as for a missing file',
});

export const OPTION_FILE_NOT_LITERAL = rule({
  code: 'option-file-not-literal',
  severity: 'error',
  problem: 'is no literal Erlang term',
  expected: 'one list of options with a final dot, without a variable or arithmetic',
  remedy: 'correct the line that is named',
  inErlang: 'a term that cannot be parsed ends the boot: {bad_ssl_dist_optfile,{parse_error,…}}',
});

export const OPTION_FILE_CALLS_FUNCTION = rule({
  code: 'option-file-calls-function',
  severity: 'warning',
  problem: 'calls a function',
  expected: 'one list of options with a final dot, without calls',
  remedy:
    'write the value itself where there is one, and let nobody else change the file: it is code that the VM runs at boot with the rights of the node',
  inErlang: 'nothing: the call is evaluated at each boot',
});

export const OPTION_FILE_ENCODING = rule({
  code: 'option-file-encoding',
  severity: 'warning',
  problem: 'has characters beyond ASCII that not every VM reads alike',
  expected: 'ASCII, or UTF-8 with the comment %% coding: utf-8 in the first two lines, and such paths as binaries',
  remedy: 'rename the files, or write the paths as binaries of their UTF-8 bytes',
  inErlang:
    'the files are not found, under one locale or the other; of a file that says it is UTF-8 and is not, {bad_ssl_dist_optfile,{encoding_error,…}} at boot',
});

function codeFinding(code: Rule, subject: string, { message }: Finding): Finding {
  return finding(code, { subject, detail: /\((line [^)]*)\)/.exec(message)?.[1] });
}

function shapeFindings(subject: string, { settings, isTools, misplaced }: InstalledNode): readonly Finding[] {
  const missing = (['server', 'client'] as const).filter((side) => settings?.[side] === undefined);
  if (misplaced.length > 0) return misplaced.map((detail) => finding(OPTION_FILE_MALFORMED, { subject, detail }));
  if (missing.length === 2) return [finding(OPTION_FILE_MALFORMED, { subject })];
  return isTools ? [] : missing.map((side) => finding(OPTION_FILE_SIDE_MISSING, { subject, got: side }));
}

export const OPTION_FILE_MALFORMED = rule({
  code: 'option-file-malformed',
  severity: 'error',
  problem: 'is no list of a server and a client side',
  expected: '[{server,[…]},{client,[…]}] and a final dot',
  remedy: 'put the options into the two sides',
  inErlang: 'nothing at boot: the options are not found, and connections fail or are not verified',
});

export const OPTION_FILE_SIDE_MISSING = rule({
  code: 'option-file-side-missing',
  severity: 'error',
  problem: 'has no options for one side',
  expected: 'options for the connections that a node accepts, and for those that it dials',
  remedy: 'add the side',
  inErlang: 'nothing at boot; one direction fails or is not verified, and the other one works',
});

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

function sideFindings(node: InstalledNode, { side, options }: InstalledSide, releases: Releases): Finding[] {
  const subject = `${side} side of ${node.label}`;
  const names = options.map(([name]) => name);
  const isGiven = (...some: readonly string[]): boolean => some.some((name) => names.includes(name));
  return [
    ...verdictFindings(side, options, releases, node.label),
    ...verificationFindings(side, options, releases, subject),
    ...(namesSuitesFor13(options, releases) ? [] : [finding(NO_CIPHER_SUITE_FOR_TLS_1_3, { subject })]),
    ...[...new Set(names.filter((name, index) => names.indexOf(name) < index))].map((name) =>
      finding(OPTION_GIVEN_TWICE, { subject: `${name} on the ${subject}` }),
    ),
    ...(!isGiven('certfile', 'cert') && !hasPairs(options) ? [finding(CERTIFICATE_OPTION_MISSING, { subject })] : []),
    ...(node.optionFile !== undefined && !isGiven('versions') ? [finding(VERSIONS_NOT_SET, { subject })] : []),
  ];
}

export const OPTION_GIVEN_TWICE = rule({
  code: 'option-given-twice',
  severity: 'warning',
  problem: 'is given twice on one side',
  expected: 'each option once',
  remedy: 'remove one: up to OTP 25 the first one counts, from 26 on the last one',
  inErlang: 'nothing',
});

export const CERTIFICATE_OPTION_MISSING = rule({
  code: 'certificate-option-missing',
  severity: 'error',
  problem: 'has no certificate to show',
  expected: 'certfile, and keyfile where the key is in another file',
  remedy: 'name the files',
  inErlang:
    'where it dials, the other node logs "certificate_required"; where it is dialled, it logs "cert_and_key_required", up to OTP 25 a crash',
});

export const VERSIONS_NOT_SET = rule({
  code: 'versions-not-set',
  severity: 'warning',
  problem: 'leaves the TLS version to the release',
  expected: "{versions,['tlsv1.3']}, or with 'tlsv1.2' for older nodes",
  remedy: 'name the versions: the default was 1.2 alone up to OTP 28',
  inErlang: 'nothing',
});

export const NO_CIPHER_SUITE_FOR_TLS_1_3 = rule({
  code: 'no-cipher-suite-for-tls-1-3',
  severity: 'error',
  problem: 'speaks TLS 1.3 beside another version, and names no cipher suite for it',
  expected: 'ciphers, where they are given, with a suite of TLS 1.3, such as TLS_AES_256_GCM_SHA384',
  remedy: 'take ciphers out, name such a suite, or speak TLS 1.2 alone',
  inErlang: '"no_suitable_cipher" or nothing: with each node that speaks TLS 1.3, this one included',
});

/** With one version alone, the suites of the release stand in for those that it has none of. */
function namesSuitesFor13(options: readonly Option[], releases: Releases): boolean {
  const suites = offerIn('ciphers', options, releases);
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
  releases: Releases,
  subject: string,
): readonly Finding[] {
  if (!verifies(side, valuesOf('verify', options), releases)) return [finding(PEER_NOT_VERIFIED, { subject })];
  const demands = valuesOf('fail_if_no_peer_cert', options);
  const isTold = demands.length > 0 && demands.every((one) => isAtom(one, 'true') || one.kind === 'call');
  const trusts = ['cacertfile', 'cacerts'].some((name) => valuesOf(name, options).length > 0);
  return [
    ...(side === 'server' && !isTold && !releases.every('clientVerifiesByDefault') ? [finding(CLIENT_CERTIFICATE_NOT_REQUIRED, { subject })] : []),
    ...(trusts ? [] : [finding(TRUST_ANCHORS_MISSING, { subject })]),
  ];
}

export const PEER_NOT_VERIFIED = rule({
  code: 'peer-not-verified',
  severity: 'error',
  problem: 'does not verify the other node',
  expected: '{verify,verify_peer} on both sides',
  remedy: 'set verify to verify_peer, and cacertfile to the CA of the cluster',
  inErlang: 'nothing: whoever has the cookie gets in',
});

export const CLIENT_CERTIFICATE_NOT_REQUIRED = rule({
  code: 'client-certificate-not-required',
  severity: 'error',
  problem: 'admits nodes without a certificate',
  expected:
    '{verify,verify_peer} and {fail_if_no_peer_cert,true} on the server side; OTP 25 and earlier do not imply the latter',
  remedy: 'add both options, and restart the node: it reads the option file at boot',
  inErlang: 'nothing: a client that knows the cookie connects without a certificate',
  source: 'docs/in-erlang.md; test/real/probe.test.ts',
});

export const TRUST_ANCHORS_MISSING = rule({
  code: 'trust-anchors-missing',
  severity: 'error',
  problem: 'verifies and has nothing to trust',
  expected: 'cacertfile with the CA of the cluster',
  remedy: 'name the CA certificate',
  inErlang: 'no connection forms; from OTP 26 on without a word at the side that dials',
});

/** From OTP 26 on, who dials verifies unless told not to. Of two values, one or the other counts. */
function verifies(side: Side, given: readonly Term[], releases: Releases): boolean {
  if (given.length === 0) return side === 'client' && releases.every('clientVerifiesByDefault');
  return !given.some((one) => isAtom(one, 'verify_none'));
}

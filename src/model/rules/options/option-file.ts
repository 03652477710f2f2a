import { SIDES } from '../../erlang/options/ssl-option';
import { type Finding, finding } from '../../findings/finding';
import { type Rule, rule } from '../../findings/rule';
import { type FoundFile, isUtf8, textOf } from '../../observed/files/found-file';
import type { InstalledNode } from '../../observed/files/installed-node';
import type { Releases } from '../../otp/releases';
import { presenceFindings } from '../files/presence';
import { sideFindings } from './option-sides';

/** Judges the option file, and the options of both sides, which may be in flags instead. */
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
  // There is no more to say about a file that no reader can follow.
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
  problem: 'does not exist',
  expected: 'the option file at the path that -ssl_dist_optfile names',
  remedy: 'install it, or correct the path',
  inErlang: 'the node does not boot: {bad_ssl_dist_optfile,…}',
  source: '`consult/1` in `erlang/otp:lib/ssl/src/ssl_dist_sup.erl`; docs/in-erlang.md',
});

export const OPTION_FILE_UNREADABLE = rule({
  code: 'option-file-unreadable',
  severity: 'error',
  problem: 'cannot be read',
  expected: 'a file that the user of the node can read',
  remedy: 'give it to that user, or make it readable (chmod)',
  inErlang: 'the node does not boot: {bad_ssl_dist_optfile,…}, the same words as for a missing file',
  source: '`consult/1` in `erlang/otp:lib/ssl/src/ssl_dist_sup.erl`; docs/in-erlang.md',
});

export const OPTION_FILE_NOT_LITERAL = rule({
  code: 'option-file-not-literal',
  severity: 'error',
  problem: 'is not a literal Erlang term',
  expected: 'one list of options with a final dot, without a variable or arithmetic',
  remedy: 'correct the line that the message names',
  inErlang: 'a term that cannot be parsed stops the boot: {bad_ssl_dist_optfile,{parse_error,…}}',
  source: '`consult/1` in `erlang/otp:lib/ssl/src/ssl_dist_sup.erl`; docs/in-erlang.md',
});

export const OPTION_FILE_CALLS_FUNCTION = rule({
  code: 'option-file-calls-function',
  severity: 'warning',
  problem: 'calls a function',
  expected: 'one list of options with a final dot, without calls',
  remedy:
    'write the value itself where there is one, and let nobody else change the file: it is code that the VM runs at boot with the rights of the node',
  inErlang: 'nothing: the call is evaluated at each boot',
  source: '`consult/1` in `erlang/otp:lib/ssl/src/ssl_dist_sup.erl`; docs/in-erlang.md',
});

export const OPTION_FILE_ENCODING = rule({
  code: 'option-file-encoding',
  severity: 'warning',
  problem: 'has characters beyond ASCII that VMs read differently, depending on the locale',
  expected: 'ASCII, or UTF-8 with the comment %% coding: utf-8 in the first two lines, and such paths as binaries',
  remedy: 'rename the files, or write the paths as binaries of their UTF-8 bytes',
  inErlang:
    'the files are not found, under one locale or the other; of a file that says it is UTF-8 and is not, {bad_ssl_dist_optfile,{encoding_error,…}} at boot',
  source:
    '`consult/1` in `erlang/otp:lib/ssl/src/ssl_dist_sup.erl`, which calls `epp:read_encoding_from_binary/1`; docs/in-erlang.md',
});

function codeFinding(code: Rule, subject: string, { message }: Finding): Finding {
  return finding(code, { subject, detail: /\((line [^)]*)\)/.exec(message)?.[1] });
}

function shapeFindings(subject: string, { settings, isTools, misplaced }: InstalledNode): readonly Finding[] {
  const missing = SIDES.filter((side) => settings?.[side] === undefined);
  if (misplaced.length > 0) return misplaced.map((detail) => finding(OPTION_FILE_MALFORMED, { subject, detail }));
  if (missing.length === 2) return [finding(OPTION_FILE_MALFORMED, { subject })];
  return isTools ? [] : missing.map((side) => finding(OPTION_FILE_SIDE_MISSING, { subject, got: side }));
}

export const OPTION_FILE_MALFORMED = rule({
  code: 'option-file-malformed',
  severity: 'error',
  problem: 'is not a list with a server and a client side',
  expected: '[{server,[…]},{client,[…]}] and a final dot',
  remedy: 'put the options into the two sides',
  inErlang: 'nothing at boot: the options are not found, and connections fail or are not verified',
  source: '`consult/1` in `erlang/otp:lib/ssl/src/ssl_dist_sup.erl`; docs/in-erlang.md',
});

export const OPTION_FILE_SIDE_MISSING = rule({
  code: 'option-file-side-missing',
  severity: 'error',
  problem: 'has no options for one side',
  expected: 'options for the connections that a node accepts, and for those that it dials',
  remedy: 'add the side',
  inErlang: 'nothing at boot; one direction fails or is not verified, while the other one works',
  source: 'docs/in-erlang.md',
});

/**
 * Whether every VM reads the same. Comments may hold anything in the encoding that the file declares (`epp:read_encoding_from_binary/1`); a string
 * beyond ASCII is another name under another locale.
 */
function isReadAlike(file: FoundFile): boolean {
  const source = textOf(file);
  const code = source.replace(STRING_OR_COMMENT, (found) => (found.startsWith('%') ? '' : found));
  return !/[^\0-\x7f]/.test(code) && (isUtf8(file) || !SAYS_UTF_8.test(source));
}

const STRING_OR_COMMENT = /"(?:\\[^]|[^"\\])*"|%.*$/gm;
const SAYS_UTF_8 = /^(?:.*\n)?[ \t]*%.*coding[ \t]*[:=][ \t]*[uU][tT][fF]-8/;

import { PATH_RELATIVE, PATH_SPLIT_BY_SHELL } from '../../cluster/absolute-path';
import { type FlagUse, isPlaceholder } from '../../erlang/flags/flag-use';
import { PROTO_DIST_ILLEGAL, PROTO_DIST_PLAIN_TEXT } from '../../erlang/flags/node-flags';
import { FLAG_GIVEN_TWICE } from '../../erlang/flags/vm-flags';
import { illegalWords } from '../../erlang/options/flat-options-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { InstalledNode } from '../../observed/files/installed-node';
import type { Releases } from '../../otp/releases';
import { EXCEPTIONS, PROTOCOL_NAMES, protocolNamed } from '../../platforms/registry';
import { OPTION_FILE_SIDE_MISSING } from '../options/option-file';

/** What the flags of a node make of distribution, wherever they come from. */
export function flagFindings(node: InstalledNode, releases: Releases): readonly Finding[] {
  const { label, flags, isTools } = node;
  if (flags === undefined) return [];
  const uses = (name: string): readonly FlagUse[] => flags.uses.filter((use) => use.name === name);
  return [
    ...flags.missing.map((path) => finding(ARGS_FILE_MISSING, { subject: `a file of ${label}`, got: path })),
    ...[...new Set(flags.loops)].map((path) => finding(ARGS_FILE_LOOP, { subject: `a file of ${label}`, got: path })),
    ...flags.marked.map((path) => finding(ARGS_FILE_BYTE_ORDER_MARK, { subject: path })),
    ...flags.unclosed.map((path) => finding(ARGS_FILE_QUOTE_OPEN, { subject: path })),
    ...nameFindings(label, uses('name'), uses('sname')),
    ...[...uses('name'), ...uses('sname')].flatMap(illegalName),
    ...protocolFindings(label, uses('proto_dist'), isTools),
    ...flags.withoutTools.map((path) => finding(TOOLS_WITHOUT_TLS, { subject: path })),
    ...exceptionFindings(node),
    ...flatFindings(node, uses('ssl_dist_opt'), releases),
    ...(flags.namesOptionFile
      ? []
      : channelFindings(
          label,
          uses('ssl_dist_optfile'),
          uses('ssl_dist_opt').filter(({ values }) => values.length > 0),
        )),
  ];
}

export const ARGS_FILE_MISSING = rule({
  code: 'args-file-missing',
  severity: 'error',
  problem: 'is named by -args_file and cannot be read',
  expected: 'a file that the node can read; a relative path counts from where the VM is started',
  remedy: 'correct the path, or install the file',
  inErlang: 'the VM ends at once: "Failed to open arguments file"',
});

export const ARGS_FILE_LOOP = rule({
  code: 'args-file-loop',
  severity: 'error',
  problem: 'names itself by -args_file, is named by what it names, or is the last of a thousand',
  expected: 'files that end',
  remedy: 'take that -args_file out',
  inErlang: 'the VM never starts, says nothing and keeps a processor busy',
});

export const ARGS_FILE_BYTE_ORDER_MARK = rule({
  code: 'args-file-byte-order-mark',
  severity: 'error',
  problem: 'begins with a byte order mark',
  expected: 'text whose first character is one of its first flag',
  remedy: 'save it as UTF-8 without the mark: it is part of the first flag, which is lost',
  inErlang:
    'where a flag stands before it, the node may not boot ("bad_environment_value"); else nothing: the first flag is missing, and with it perhaps TLS',
});

export const ARGS_FILE_QUOTE_OPEN = rule({
  code: 'args-file-quote-open',
  severity: 'error',
  problem: 'has a quote that nothing closes',
  expected: 'each quote closed by the same one; inside of quotes a backslash is a character like others',
  remedy: 'close the quote: every flag after it is part of its value',
  inErlang: 'nothing: the flags after it are missing, and with them perhaps TLS',
});

export const TOOLS_WITHOUT_TLS = rule({
  code: 'tools-without-tls',
  severity: 'warning',
  problem: 'gives -proto_dist to the node, and not to the tools that dial it',
  expected: 'the same -proto_dist for both, and an option file for each',
  remedy: 'give the tools flags of their own, in the same file: they dial as another node does',
  inErlang: 'nothing: the tools say that the node does not answer',
});

/** The short one counts (`erlang/otp:lib/kernel/src/net_kernel.erl`). */
function nameFindings(label: string, [long]: readonly FlagUse[], [short]: readonly FlagUse[]): readonly Finding[] {
  if (long === undefined || short === undefined) return [];
  const detail = `-name in ${long.carrier} and -sname in ${short.carrier}`;
  return [finding(NODE_NAME_LONG_AND_SHORT, { subject: label, detail })];
}

export const NODE_NAME_LONG_AND_SHORT = rule({
  code: 'node-name-long-and-short',
  severity: 'error',
  problem: 'has a long name and a short one',
  expected: 'either -name or -sname',
  remedy: 'take one of them out: the short one counts, and names with a dot in the host are illegal then',
  inErlang: '"System NOT running to use fully qualified hostnames", when it dials',
});

/** Neither is a name that the kernel takes (`erlang/otp:lib/kernel/src/net_kernel.erl`; run on OTP 25, 27 and 29). */
function illegalName({ name: flag, values, carrier }: FlagUse): readonly Finding[] {
  const isDotted = flag === 'sname' && /@[^@]*\./.test(values[0] ?? '');
  if (values.some(isPlaceholder) || (values.length === 1 && !isDotted)) return [];
  return [finding(NODE_NAME_ILLEGAL, { subject: `-${flag} in ${carrier}`, got: shown(values) })];
}

export const NODE_NAME_ILLEGAL = rule({
  code: 'node-name-illegal',
  severity: 'error',
  problem: 'is no name that a node can have',
  expected: 'one word, and after -sname one whose host has no dot',
  remedy:
    'use -name where the host has dots (USE_LONGNAME=true where a script makes the flag), and take out what stands behind the name',
  inErlang: 'the node does not boot, or, where there is more than one word, it is no node of a cluster',
});

function protocolFindings(label: string, uses: readonly FlagUse[], isTools: boolean): readonly Finding[] {
  const [use, ...others] = uses;
  // Tools may get the flag from their own start script, as remsh does.
  if (use === undefined) return isTools ? [] : [finding(DISTRIBUTION_WITHOUT_TLS, { subject: `flags of ${label}` })];
  return [
    ...twice('proto_dist', uses, 'up to OTP 27.0 distribution is plain text then, without a word'),
    ...(others.length === 0 ? valueFindings(`-proto_dist in ${use.carrier}`, use.values) : []),
  ];
}

export const DISTRIBUTION_WITHOUT_TLS = rule({
  code: 'distribution-without-tls',
  severity: 'error',
  problem: 'has no -proto_dist',
  expected: `-proto_dist ${PROTOCOL_NAMES}, exactly once`,
  remedy: 'add the flag, or nest the file that has it (-args_file)',
  inErlang: 'nothing: distribution is plain text; a node with TLS logs "unsupported_record_type" when it is dialled',
});

/** Of several protocols a node takes each, and plain text is the one that serves. */
function valueFindings(subject: string, values: readonly string[]): readonly Finding[] {
  const got = shown(values);
  if (values.some((one) => /^inet6?_tcp$/.test(one))) return [finding(PROTO_DIST_PLAIN_TEXT, { subject, got })];
  if (values.length !== 1) return [finding(PROTO_DIST_ILLEGAL, { subject, got })];
  return protocolNamed(got) !== undefined ? [] : [finding(PROTO_DIST_UNKNOWN, { subject, got })];
}

export const PROTO_DIST_UNKNOWN = rule({
  code: 'proto-dist-unknown',
  severity: 'warning',
  problem: 'is no protocol that this tool knows',
  expected: 'inet_tls, inet6_tls, or the name of a module of your own without its "_dist"',
  remedy: 'correct the name; where the module is your own, whether it speaks TLS is not judged here',
  inErlang: 'the node does not boot where there is no such module: "Protocol \'inet_tsl\': not supported"',
});

/** Behind the first word may stand what was meant for another flag, such as a cookie. */
function shown([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** A node listens by its own name: where one of its patterns matches that, it listens in plain text. */
function exceptionFindings({ label, name = '', flags }: InstalledNode): readonly Finding[] {
  const excepting = EXCEPTIONS.flatMap((exceptions) =>
    exceptions
      .valuesIn(flags?.uses ?? [])
      .filter((value) => exceptions.isLegal(value) && exceptions.listensInPlainText({ name, exceptions: [value] })),
  );
  return excepting.slice(0, 1).map((got) => finding(NODE_LISTENS_IN_PLAIN_TEXT, { subject: label, got }));
}

export const NODE_LISTENS_IN_PLAIN_TEXT = rule({
  code: 'node-listens-in-plain-text',
  severity: 'error',
  problem: `is excepted from TLS by ${EXCEPTIONS.map(({ notation }) => notation).join(' or ')}`,
  expected: 'no pattern that the name of the node matches',
  remedy: 'take the flag out, and start the node anew, once every node speaks TLS (docs/migration.md)',
  inErlang: 'nothing: it dials others, and who dials it waits for an answer in TLS and gives up',
});

function flatFindings(
  { label, settings, isTools, optionFile }: InstalledNode,
  uses: readonly FlagUse[],
  releases: Releases,
): Finding[] {
  const subject = `-ssl_dist_opt of ${label}`;
  const isMissing = (side: Side): boolean => settings?.[side] === undefined;
  const missing = SIDES.filter((side) => isMissing(side) && !isTools && uses.length > 0 && optionFile === undefined);
  return [
    ...illegalWords(uses, releases).map((got) => finding(FLAT_OPTION_UNKNOWN, { subject, got })),
    ...missing.map((got) => finding(OPTION_FILE_SIDE_MISSING, { subject, got })),
  ];
}

export const FLAT_OPTION_UNKNOWN = rule({
  code: 'flat-option-unknown',
  severity: 'error',
  problem: 'is nothing that -ssl_dist_opt knows',
  expected: 'pairs of words: server_ or client_ with the name of an option, and its value',
  remedy: 'correct the spelling, or use an option file, which can say more',
  inErlang:
    'a crash, "malformed_ssl_dist_opt", with each connection of that side; of a misspelled side nothing: the option is passed over',
});

const SIDES: readonly Side[] = ['server', 'client'];

function channelFindings(label: string, files: readonly FlagUse[], flat: readonly FlagUse[]): readonly Finding[] {
  if (files.length === 0 && flat.length === 0) return [finding(TLS_OPTIONS_MISSING, { subject: `flags of ${label}` })];
  return [
    ...twice('ssl_dist_optfile', files, 'the node does not boot'),
    ...files
      .filter(({ values: [path = '/'] }) => !path.startsWith('/') && !isPlaceholder(path))
      .map(({ values: [got], carrier }) => finding(PATH_RELATIVE, { subject: `-ssl_dist_optfile in ${carrier}`, got })),
    ...files
      .filter(({ values }) => values.length !== 1)
      .map(({ values, carrier }) =>
        finding(PATH_SPLIT_BY_SHELL, { subject: `-ssl_dist_optfile in ${carrier}`, got: shown(values) }),
      ),
    ...(files.length > 0 && flat.length > 0
      ? [finding(OPTION_CHANNELS_MIXED, { subject: `-ssl_dist_optfile and -ssl_dist_opt of ${label}` })]
      : []),
  ];
}

export const OPTION_CHANNELS_MIXED = rule({
  code: 'option-channels-mixed',
  severity: 'error',
  problem: 'are given both',
  expected: 'either -ssl_dist_optfile or -ssl_dist_opt',
  remedy: 'keep the option file: up to OTP 25 it makes the flags void, from 26 on the two are one list',
  inErlang: 'nothing',
});

export const TLS_OPTIONS_MISSING = rule({
  code: 'tls-options-missing',
  severity: 'error',
  problem: 'has neither -ssl_dist_optfile nor -ssl_dist_opt',
  expected: 'an option file with a server and a client side',
  remedy: 'name the option file in the flags',
  inErlang:
    'nothing at boot; no connection forms. Where the node is dialled, it logs "cert_and_key_required"; up to OTP 25 "Server authenticity is not verified", and a crash',
});

function twice(flag: string, uses: readonly FlagUse[], detail: string): readonly Finding[] {
  if (uses.length < 2) return [];
  const carriers = [...new Set(uses.map(({ carrier }) => carrier))].join(' and ');
  return [finding(FLAG_GIVEN_TWICE, { subject: `-${flag}`, detail: `in ${carriers}; ${detail}` })];
}

import { type FlagUse, isPlaceholder, shownValues } from '../../erlang/flags/flag-use';
import { isPlainTextProtocol, PROTO_DIST_ILLEGAL, PROTO_DIST_PLAIN_TEXT } from '../../erlang/flags/node-flags';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { PROTOCOL_NAMES, protocolNamed } from '../../platforms/registry';
import { repeatedFindings } from './repeated';

/** Findings about `-proto_dist`. */
export function protocolFindings(label: string, uses: readonly FlagUse[], mayBeAdded: boolean): readonly Finding[] {
  const [use, ...others] = uses;
  // The start script of tools may add the flag, as remsh does, and so may what is not known of the flags.
  if (use === undefined) return mayBeAdded ? [] : [finding(DISTRIBUTION_WITHOUT_TLS, { subject: `flags of ${label}` })];
  return [
    ...repeatedFindings('proto_dist', uses, 'up to OTP 27.0 distribution then runs in plain text, without a message'),
    ...(others.length === 0 ? valueFindings(`-proto_dist in ${use.carrier}`, use.values) : []),
  ];
}

export const DISTRIBUTION_WITHOUT_TLS = rule({
  code: 'distribution-without-tls',
  severity: 'error',
  problem: 'has no -proto_dist',
  expected: `-proto_dist ${PROTOCOL_NAMES}, exactly once`,
  remedy: 'add the flag, or nest the file that has it (-args_file)',
  inErlang:
    'nothing: distribution runs in plain text; a node with TLS logs "unsupported_record_type" when this one dials it',
  source: 'docs/in-erlang.md',
});

/** Given several protocols, a node starts each of them, and serves plain text. */
function valueFindings(subject: string, values: readonly string[]): readonly Finding[] {
  const got = shownValues(values);
  if (values.some(isPlainTextProtocol)) return [finding(PROTO_DIST_PLAIN_TEXT, { subject, got })];
  if (values.some(isPlaceholder)) return [];
  if (values.length !== 1) return [finding(PROTO_DIST_ILLEGAL, { subject, got })];
  return protocolNamed(got) !== undefined ? [] : [finding(PROTO_DIST_UNKNOWN, { subject, got })];
}

export const PROTO_DIST_UNKNOWN = rule({
  code: 'proto-dist-unknown',
  severity: 'warning',
  problem: 'is not a protocol that this tool knows',
  expected: `${PROTOCOL_NAMES}, or the name of a module of your own without its "_dist"`,
  remedy: 'correct the name; if the module is your own, check yourself that it speaks TLS',
  inErlang: 'if there is no such module, the node does not boot: "Protocol \'inet_tsl\': not supported"',
  source: 'start_protos_listen in erlang/otp:lib/kernel/src/net_kernel.erl; docs/in-erlang.md',
});

/** Findings about files that turn TLS on for the node alone. */
export function toolsFindings(withoutTools: readonly string[]): readonly Finding[] {
  return withoutTools.map((path) => finding(TOOLS_WITHOUT_TLS, { subject: path }));
}

export const TOOLS_WITHOUT_TLS = rule({
  code: 'tools-without-tls',
  severity: 'warning',
  problem: 'gives -proto_dist to the node, but not to the tools that dial it',
  expected: 'the same -proto_dist for both, and an option file for each',
  remedy: 'give the tools flags of their own in the same file: they dial the node as another node does',
  inErlang: 'nothing: the tools report that the node does not respond',
  source: 'docs/check.md; test/cli/commands/check.test.ts',
});

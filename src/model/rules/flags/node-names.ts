import { type FlagUse, isPlaceholder, shownValues, usesOf } from '../../erlang/flags/flag-use';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';

/** Findings about `-name` and `-sname`. */
export function nameFindings(label: string, uses: readonly FlagUse[]): readonly Finding[] {
  const [long, short] = [usesOf('name', uses), usesOf('sname', uses)];
  return [...bothFindings(label, long, short), ...[...long, ...short].flatMap(illegalName)];
}

/** `-sname` takes precedence (`start_link/0` in `erlang/otp:lib/kernel/src/erl_distribution.erl`). */
function bothFindings(label: string, [long]: readonly FlagUse[], [short]: readonly FlagUse[]): readonly Finding[] {
  if (long === undefined || short === undefined) return [];
  const detail = `-name in ${long.carrier} and -sname in ${short.carrier}`;
  return [finding(NODE_NAME_LONG_AND_SHORT, { subject: label, detail })];
}

export const NODE_NAME_LONG_AND_SHORT = rule({
  code: 'node-name-long-and-short',
  severity: 'error',
  problem: 'has both a long name and a short one',
  expected: 'either -name or -sname',
  remedy: 'remove one of them: -sname takes precedence, and the node then rejects names whose host has a dot',
  inErlang: '"System NOT running to use fully qualified hostnames", when it dials',
  source: 'start_link in erlang/otp:lib/kernel/src/erl_distribution.erl; docs/in-erlang.md',
});

/** Names that the kernel rejects: several words in `erl_distribution`, and dots in `net_kernel` (run on OTP 25, 27 and 29). */
function illegalName({ name: flag, values, carrier }: FlagUse): readonly Finding[] {
  const isDotted = flag === 'sname' && /@[^@]*\./.test(values[0] ?? '');
  if (values.some(isPlaceholder) || (values.length === 1 && !isDotted)) return [];
  return [finding(NODE_NAME_ILLEGAL, { subject: `-${flag} in ${carrier}`, got: shownValues(values) })];
}

export const NODE_NAME_ILLEGAL = rule({
  code: 'node-name-illegal',
  severity: 'error',
  problem: 'is not a legal node name',
  expected: 'a single word, and after -sname a host without dots',
  remedy:
    'use -name if the host has dots (USE_LONGNAME=true where a script chooses the flag), and remove any words after the name',
  inErlang: 'the node does not boot or, if there is more than one word, starts without distribution',
  source:
    'do_start_link in erlang/otp:lib/kernel/src/erl_distribution.erl; create_hostpart in erlang/otp:lib/kernel/src/net_kernel.erl; test/real/node-name-flags.test.ts',
});

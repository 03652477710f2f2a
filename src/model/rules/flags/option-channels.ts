import { PATH_NOT_ABSOLUTE, PATH_SPLIT_BY_SHELL } from '../../cluster/absolute-path';
import { beginsUnknown, type FlagUse, isPlaceholder, shownValues, usesOf } from '../../erlang/flags/flag-use';
import { hasOddWord, illegalWords } from '../../erlang/options/flat-options-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { FoundFlags } from '../../observed/files/flag-carriers';
import type { InstalledNode } from '../../observed/files/installed-node';
import type { Releases } from '../../otp/releases';
import { OPTION_FILE_SIDE_MISSING } from '../options/option-file';
import { FLAGS_NOT_EXAMINED } from './args-files';
import { repeatedFindings } from './repeated';

/** Findings about the two ways to give TLS options: `-ssl_dist_optfile` and `-ssl_dist_opt`. */
export function channelFindings(
  { label, isTools, optionFile }: InstalledNode,
  { uses, namesOptionFile, mayHoldMore }: FoundFlags,
): readonly Finding[] {
  if (namesOptionFile) return optionFile !== undefined || isTools ? [] : [optionFileUnknown(label)];
  const files = usesOf('ssl_dist_optfile', uses);
  const flat = usesOf('ssl_dist_opt', uses).filter(({ values }) => values.length > 0);
  if (files.length === 0 && flat.length === 0)
    return mayHoldMore ? [] : [finding(TLS_OPTIONS_MISSING, { subject: `flags of ${label}` })];
  return [
    ...repeatedFindings('ssl_dist_optfile', files, 'the node does not boot'),
    ...files.flatMap(pathFindings),
    ...(files.length > 0 && flat.length > 0
      ? [finding(OPTION_CHANNELS_MIXED, { subject: `-ssl_dist_optfile and -ssl_dist_opt of ${label}` })]
      : []),
  ];
}

/** The platform has a path of its own, which an environment variable may change. */
function optionFileUnknown(label: string): Finding {
  const detail = 'the option file, which is not beside the flags';
  const expected = 'the option file beside the flags: the platform names it by itself';
  return finding(FLAGS_NOT_EXAMINED, { subject: `flags of ${label}`, detail, expected });
}

function pathFindings({ values, carrier }: FlagUse): readonly Finding[] {
  const subject = `-ssl_dist_optfile in ${carrier}`;
  const [path = '/', ...others] = values;
  // What is not known may be flags.
  const isWhole = others.every(beginsUnknown);
  return [
    ...(path.startsWith('/') || isPlaceholder(path) ? [] : [finding(PATH_NOT_ABSOLUTE, { subject, got: path })]),
    ...(values.length > 0 && isWhole ? [] : [finding(PATH_SPLIT_BY_SHELL, { subject, got: shownValues(values) })]),
  ];
}

export const TLS_OPTIONS_MISSING = rule({
  code: 'tls-options-missing',
  severity: 'error',
  problem: 'has neither -ssl_dist_optfile nor -ssl_dist_opt',
  expected: 'an option file with a server and a client side',
  remedy: 'name the option file in the flags',
  inErlang:
    'nothing at boot; no connection forms. When the node is dialled, it logs "cert_and_key_required"; up to OTP 25 "Server authenticity is not verified", and a crash',
  source: 'docs/in-erlang.md',
});

export const OPTION_CHANNELS_MIXED = rule({
  code: 'option-channels-mixed',
  severity: 'error',
  problem: 'are both given',
  expected: 'either -ssl_dist_optfile or -ssl_dist_opt',
  remedy:
    'keep the option file: up to OTP 25 the node ignores -ssl_dist_opt beside it, from OTP 26 on it merges the two',
  inErlang: 'nothing',
  source: 'get_ssl_options/1 in erlang/otp:lib/ssl/src/inet_tls_dist.erl; docs/in-erlang.md',
});

/** Findings about options in the flat form, `-ssl_dist_opt`. */
export function flatFindings(
  { label, settings, isTools, optionFile, flags }: InstalledNode,
  uses: readonly FlagUse[],
  releases: Releases,
): readonly Finding[] {
  const subject = `-ssl_dist_opt of ${label}`;
  const flat = usesOf('ssl_dist_opt', uses);
  const needsBothSides = !isTools && flat.length > 0 && optionFile === undefined && flags?.mayHoldMore !== true;
  const missing = SIDES.filter((side) => needsBothSides && settings?.[side] === undefined);
  return [
    ...illegalWords(flat, releases).map(({ place, word, meant }) => {
      const detail = [`word ${place}`, ...(meant === undefined ? [] : [`perhaps ${meant} was meant`])].join('; ');
      const evidence = word === undefined ? { subject, got: `word ${place}` } : { subject, got: word, detail };
      return finding(FLAT_OPTION_UNKNOWN, evidence);
    }),
    ...(hasOddWord(flat) ? [finding(FLAT_OPTION_UNKNOWN, { subject, got: 'an odd number of words' })] : []),
    ...missing.map((got) => finding(OPTION_FILE_SIDE_MISSING, { subject, got })),
  ];
}

const SIDES: readonly Side[] = ['server', 'client'];

export const FLAT_OPTION_UNKNOWN = rule({
  code: 'flat-option-unknown',
  severity: 'error',
  problem: 'is not an option that -ssl_dist_opt knows',
  expected: 'pairs of words: the name of an option with the prefix server_ or client_, and its value',
  remedy: 'correct the spelling, or use an option file, which can hold every option',
  inErlang:
    'a crash, "malformed_ssl_dist_opt", at each connection of that side; nothing if the prefix is misspelled: the option is ignored',
  source: 'ssl_options in erlang/otp:lib/ssl/src/inet_tls_dist.erl; docs/in-erlang.md',
});

import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { isOtpApplication } from './otp-applications';

/** One `-flag value …` of the Erlang VM. */
export interface VmFlag {
  /** Name without its dash: `"kernel"`. */
  readonly name: string;
  /**
   * Values, one word each: `["net_ticktime", "30"]`. They are quoted as the file needs it.
   *
   * @default - none
   */
  readonly values?: string[];
  /**
   * Its reader collects every occurrence, so it may stand beside others of the same name.
   *
   * @default false
   */
  readonly repeatable?: boolean;
}

export function vmFlag(name: string, ...values: string[]): VmFlag {
  return Object.freeze({ name, values });
}

/** A flag that may be repeated: every occurrence counts. */
export function collectedFlag(name: string, ...values: string[]): VmFlag {
  return Object.freeze({ name, values, repeatable: true });
}

/** A parameter of an application, as `-kernel Parameter Term`. */
export function kernelParameter(parameter: string, term: string): VmFlag {
  return vmFlag('kernel', parameter, term);
}

/** Whether the values of a flag are pairs. Such a flag may be repeated with different keys. */
export function isFlagOfPairs(name: string): boolean {
  return name === 'env' || isOtpApplication(name);
}

/** The topics of a flag, as a person would name them, with their values: `-proto_dist`, or `-kernel inet_dist_use_interface`. */
export function topics({
  name,
  values = [],
}: {
  readonly name: string;
  readonly values?: readonly string[];
}): readonly (readonly [topic: string, said: string])[] {
  if (!isFlagOfPairs(name)) return [[`-${name}`, values.join(' ')]];
  return values.flatMap((key, index) =>
    index % 2 === 0 ? [[`-${name} ${key}`, values[index + 1] ?? ''] as const] : [],
  );
}

/** The flag in a message. */
export function showFlag(flag: VmFlag): string {
  return topics(flag)[0]?.[0] ?? `-${flag.name}`;
}

/**
 * The same flags, each of them once. With a second `-proto_dist`, distribution silently runs in plain text up to OTP 27.0; with a second
 * `-ssl_dist_optfile` the node does not boot; of two equal kernel parameters the last one wins.
 */
export function uniqueFlags(flags: readonly VmFlag[]): readonly VmFlag[] {
  const seen = new Set<string>();
  for (const flag of flags) {
    for (const [topic] of topics(flag)) {
      if (seen.has(topic)) refuse(FLAG_GIVEN_TWICE, { subject: topic, got: flag.values?.join(' ') });
      if (flag.repeatable !== true) seen.add(topic);
    }
  }
  return Object.freeze([...flags]);
}

export const FLAG_GIVEN_TWICE = rule({
  code: 'flag-given-twice',
  severity: 'error',
  problem: 'is given twice',
  expected: 'each flag once',
  remedy:
    'remove one: with a second -proto_dist, distribution silently runs in plain text up to OTP 27.0; with a second -ssl_dist_optfile the node does not boot',
  inErlang:
    '-ssl_dist_optfile twice: the node does not boot, {bad_ssl_dist_optfile,…}; -proto_dist twice: plain text without a message up to OTP 27.0, and "Multiple -proto_dist given to erl, using the first" on later releases',
  source:
    'start_protos and, from OTP 27.1 on, proto_dist_argument in erlang/otp:lib/kernel/src/net_kernel.erl; start_link in erlang/otp:lib/ssl/src/ssl_dist_sup.erl; docs/in-erlang.md',
});

export const FLAG_VALUE_LOOKS_LIKE_FLAG = rule({
  code: 'flag-value-looks-like-flag',
  severity: 'error',
  problem: 'begins with "-" or "+"',
  expected: 'a value that begins with another character',
  remedy: 'choose another value: the VM reads it as a flag, with or without quotes',
  source:
    'get_args in erlang/otp:erts/preloaded/src/init.erl, and main in erlang/otp:erts/etc/common/erlexec.c; test/real/laws/args-files.test.ts',
});

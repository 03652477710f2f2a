import { refuse } from '../../errors';

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

/** A flag of which every occurrence counts. */
export function collectedFlag(name: string, ...values: string[]): VmFlag {
  return Object.freeze({ name, values, repeatable: true });
}

/** A parameter of an application, as `-kernel Parameter Term`. */
export function kernelParameter(parameter: string, term: string): VmFlag {
  return vmFlag('kernel', parameter, term);
}

/** Flags that hold pairs: many may stand side by side, as long as each pair is about something else. */
const FLAGS_OF_PAIRS: ReadonlySet<string> = new Set(['kernel', 'env']);

/** What a flag is about, as a person would name it, and what it says: `-proto_dist`, or `-kernel inet_dist_use_interface`. */
export function topics({
  name,
  values = [],
}: {
  readonly name: string;
  readonly values?: readonly string[];
}): readonly (readonly [topic: string, said: string])[] {
  if (!FLAGS_OF_PAIRS.has(name)) return [[`-${name}`, values.join(' ')]];
  return values.flatMap((key, index) =>
    index % 2 === 0 ? [[`-${name} ${key}`, values[index + 1] ?? ''] as const] : [],
  );
}

/** The flag in a message. */
export function showFlag(flag: VmFlag): string {
  return topics(flag)[0]?.[0] ?? `-${flag.name}`;
}

/**
 * The same flags, each of them once. A second `-proto_dist` is silent plaintext up to OTP 27.0, a second `-ssl_dist_optfile` keeps the
 * node from booting, and of two kernel parameters the last one wins.
 */
export function uniqueFlags(flags: readonly VmFlag[]): readonly VmFlag[] {
  const seen = new Set<string>();
  for (const flag of flags) {
    for (const [topic] of topics(flag)) {
      if (seen.has(topic)) refuse('flag-given-twice', { subject: topic, got: flag.values?.join(' ') });
      if (flag.repeatable !== true) seen.add(topic);
    }
  }
  return Object.freeze([...flags]);
}

import { refuse } from '../errors';

/** One `-flag value …` of the Erlang VM. `name` has no dash. */
export interface VmFlag {
  readonly name: string;
  readonly values: readonly string[];
  /** Its reader collects every occurrence, so it may be repeated. */
  readonly isCollected: boolean;
}

export function vmFlag(name: string, ...values: string[]): VmFlag {
  return Object.freeze({ name, values: Object.freeze(values), isCollected: false });
}

/** A flag of which every occurrence counts. */
export function collectedFlag(name: string, ...values: string[]): VmFlag {
  return Object.freeze({ ...vmFlag(name, ...values), isCollected: true });
}

/** A parameter of an application, as `-kernel Parameter Term`. */
export function kernelParameter(parameter: string, term: string): VmFlag {
  return vmFlag('kernel', parameter, term);
}

/** The flag as a person would name it: `-proto_dist`, or `-kernel inet_dist_use_interface`. */
export function showFlag({ name, values }: VmFlag): string {
  return NAMED_BY_FIRST_VALUE.has(name) ? `-${name} ${values[0] ?? ''}` : `-${name}`;
}

/** Flags of which many may stand side by side, as long as each is about something else. */
const NAMED_BY_FIRST_VALUE: ReadonlySet<string> = new Set(['kernel', 'env']);

/**
 * The same flags, each of them once. A second `-proto_dist` is silent plaintext up to OTP 27.0, a second `-ssl_dist_optfile` keeps the
 * node from booting.
 */
export function uniqueFlags(flags: readonly VmFlag[]): readonly VmFlag[] {
  const seen = new Set<string>();
  for (const flag of flags) {
    const key = showFlag(flag);
    if (seen.has(key)) refuse('flag-given-twice', { subject: key, got: flag.values.join(' ') });
    if (!flag.isCollected) seen.add(key);
  }
  return Object.freeze([...flags]);
}

export type Severity = 'error' | 'warning';

/** What a rule is asked about: props at synth, a plan, files on nodes, or a node that runs. */
export type Surface = 'declared' | 'planned' | 'installed' | 'running';

/**
 * One fact that the library judges, with everything that is said about it. A rule stands beside the code that finds it; the catalogue is derived
 * from the exports of those files.
 */
export interface Rule<Code extends string = string> {
  /** Contract: it does not change with the wording. */
  readonly code: Code;
  readonly severity: Severity;
  /** Surfaces on which it weighs otherwise: what is refused at synth may be a warning where it works for now. */
  readonly severityIn?: Readonly<Partial<Record<Surface, Severity>>>;
  /** Continues the value that was given: `node name "db1" has no host part`. */
  readonly problem: string;
  /** Continues "expected". */
  readonly expected: string;
  readonly remedy: string;
  /** What Erlang shows, if a node gets that far. */
  readonly inErlang?: string;
  /** Where the fact comes from: a document, a file of OTP, a section of an RFC, or the test that shows it. */
  readonly source?: string;
}

/** Declares a rule. Its code becomes part of the type, from which the catalogue derives the type of all codes. */
export function rule<const Code extends string>(words: Rule<Code>): Rule<Code> {
  return words;
}

/** Whether an export of a module is a rule. */
export function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && ['code', 'problem', 'remedy'].every((name) => name in value);
}

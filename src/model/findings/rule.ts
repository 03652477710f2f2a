export type Severity = 'error' | 'warning';

/** Where a rule is applied: to props at synth, to a plan, to files on nodes, or to a running node. */
export type Surface = 'declared' | 'planned' | 'installed' | 'running';

/**
 * One fact that the library judges, with all its words. A rule is in the file of the code that finds it; the catalogue is derived from the exports
 * of those files.
 */
export interface Rule<Code extends string = string> {
  /** Part of the contract: it stays when the wording changes. */
  readonly code: Code;
  readonly severity: Severity;
  /** Surfaces with another severity: what synth refuses may be a warning where it still works. */
  readonly severityIn?: Readonly<Partial<Record<Surface, Severity>>>;
  /** Follows the value in question: `node name "db1" has no host part`. */
  readonly problem: string;
  /** Follows the word "expected". */
  readonly expected: string;
  readonly remedy: string;
  /** What Erlang does or logs. Absent if no node gets that far, or if nobody has looked. */
  readonly inErlang?: string;
  /** Where the fact comes from: a document, a file of OTP, a section of an RFC, or the test that shows it. */
  readonly source: string;
}

/** Declares a rule. Its code becomes part of the type, from which the catalogue derives the type of all codes. */
export function rule<const Code extends string>(words: Rule<Code>): Rule<Code> {
  return words;
}

/** Whether an export of a module is a rule. */
export function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && ['code', 'problem', 'remedy'].every((name) => name in value);
}

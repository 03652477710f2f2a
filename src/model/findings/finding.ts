import type { Rule, Severity, Surface } from './rule';

/** One judgement about something the user gave: what is wrong with what, and what to do about it. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** What was judged, in the user's words: `node name`, `installDirectory`, `client option "dhfile"`. */
  readonly subject: string;
  /** What was given, what is wrong with it and what is allowed. */
  readonly message: string;
  /** The next action. */
  readonly remedy: string;
}

/** What was given. `detail` is the part of the story that only the call site knows, such as the release in force. */
export interface Evidence {
  readonly subject: string;
  readonly got?: unknown;
  readonly detail?: string;
}

/** The judgement of a rule about this evidence. `surface` matters to rules that weigh otherwise on some. */
export function finding(rule: Rule, evidence: Evidence, surface?: Surface): Finding {
  const { code, problem, expected, remedy } = rule;
  const severity = (surface && rule.severityIn?.[surface]) ?? rule.severity;
  const got = evidence.got === undefined ? '' : ` ${show(evidence.got)}`;
  const detail = evidence.detail === undefined ? '' : ` (${evidence.detail})`;
  return {
    code,
    severity,
    subject: withoutKeys(evidence.subject),
    message: withoutKeys(`${evidence.subject}${got} ${problem}${detail}, expected ${expected}`),
    remedy,
  };
}

/** Text in which whatever may be DER in Base64 is left out: somebody may have put a key where something else belongs. */
export function withoutKeys(text: string): string {
  return text.replace(/M[A-Za-z0-9+/]{59,}={0,2}/g, '(Base64)');
}

/** A call that cannot be answered, because of what was passed to it. Its text is the finding's. */
export class InvalidInput extends Error {
  public constructor(
    public readonly finding: Finding,
    /** Path of the construct that was given the input, once that is known. */
    public readonly where?: string,
  ) {
    super(describe(finding) + (where === undefined ? '' : ` [at ${printable(where)}]`));
    this.name = 'InvalidInput';
  }
}

/** Throws the judgement of a rule. */
export function refuse(rule: Rule, evidence: Evidence): never {
  throw new InvalidInput(finding(rule, evidence));
}

/** The one-line text of a finding: code first, so that it can be looked up in `docs/errors.md`. */
export function describe({ code, message, remedy }: Finding): string {
  return printable(`${code}: ${message}; ${remedy}`);
}

/** Longer values say nothing more to a reader; their length is given instead. */
const LONGEST_SHOWN = 300;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  const characters = [...text];
  if (characters.length <= LONGEST_SHOWN) return text;
  return `${characters.slice(0, LONGEST_SHOWN).join('')}… (${characters.length} characters)`;
}

/** What a terminal or a log would take for a command, for a new line or for another direction of writing, as its number. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

import type { Rule, Severity, Surface } from './rule';

/** An error or a warning about some input: what is wrong, and what to do. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** The input, in the user's words: `node name`, `installDirectory`, `client option "dhfile"`. */
  readonly subject: string;
  /** The input, what is wrong with it, and what is allowed. */
  readonly message: string;
  /** The next action. */
  readonly remedy: string;
  /** Labels of the nodes to look at. Absent if it is about none in particular. */
  readonly nodes?: readonly string[];
}

/** The input that breaks a rule. `detail` adds facts that only the caller knows, such as the OTP release. */
export interface Evidence {
  readonly subject: string;
  readonly got?: unknown;
  readonly detail?: string;
  /** The nodes to look at, where `subject` names only some of them. */
  readonly nodes?: readonly { readonly label: string }[];
  /** What is allowed for this input, if it is more exact than the words of the rule. */
  readonly expected?: string;
}

/** Makes a finding from a rule and its evidence. `surface` matters for rules with another severity on some surfaces. */
export function finding(rule: Rule, evidence: Evidence, surface?: Surface): Finding {
  const { code, problem, remedy } = rule;
  const expected = evidence.expected ?? rule.expected;
  const severity = (surface && rule.severityIn?.[surface]) ?? rule.severity;
  const got = evidence.got === undefined ? '' : ` ${show(evidence.got)}`;
  const detail = evidence.detail === undefined ? '' : ` (${evidence.detail})`;
  return {
    code,
    severity,
    subject: withoutKeys(evidence.subject),
    message: withoutKeys(`${evidence.subject}${got} ${problem}${detail}, expected ${expected}`),
    remedy,
    ...(evidence.nodes && { nodes: labelsOf(evidence.nodes) }),
  };
}

/** The same finding with a place before its subject, such as the cluster that it is about. */
export function findingAt(place: string, { subject, message, ...rest }: Finding): Finding {
  return { ...rest, subject: `${place}: ${subject}`, message: `${place}: ${message}` };
}

function labelsOf(nodes: readonly { readonly label: string }[]): readonly string[] {
  return [...new Set(nodes.map(({ label }) => withoutKeys(label)))];
}

/** Removes private keys from a text, and everything that may be DER in Base64: a user may have put a key in the wrong place. */
export function withoutKeys(text: string): string {
  return text.replace(PRIVATE_KEY_BLOCK, '(private key)').replace(/M[A-Za-z0-9+/]{59,}={0,2}/g, '(Base64)');
}

/** A block ends with the value that it is in, if the value was cut. */
const PRIVATE_KEY_BLOCK = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^"…]*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?=["…])|$)/g;

/**
 * Thrown for invalid input. The message is that of the finding, and all that Node prints of it: the fault is in the input, so a trace of our calls
 * and a dump of the finding would only hide the message.
 */
export class InvalidInput extends Error {
  declare public readonly finding: Finding;
  /** Path of the construct with the input. Absent as long as it is not known. */
  declare public readonly where?: string;

  public constructor(finding: Finding, where?: string) {
    super(describe(finding) + (where === undefined ? '' : ` [at ${printable(where)}]`));
    Object.defineProperties(this, {
      name: { value: 'InvalidInput', configurable: true, writable: true },
      stack: { value: `InvalidInput: ${this.message}`, configurable: true, writable: true },
      finding: { value: finding },
      where: { value: where },
    });
  }
}

/** Throws the finding of a rule. */
export function refuse(rule: Rule, evidence: Evidence): never {
  throw new InvalidInput(finding(rule, evidence));
}

/** A finding in one line. The code comes first, for a look-up in `docs/errors.md`. */
export function describe({ code, message, remedy }: Finding): string {
  return printable(`${code}: ${message}; ${remedy}`);
}

/** Longer values are cut, and their length is added. */
const LONGEST_SHOWN = 300;

function show(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  const characters = [...text];
  if (characters.length <= LONGEST_SHOWN) return text;
  return `${characters.slice(0, LONGEST_SHOWN).join('')}… (${characters.length} characters)`;
}

/** Replaces characters that a terminal or a log would interpret as commands, line breaks or a change of direction with their numbers. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

import { DOCUMENTATION } from '../findings/documentation';
import { type Finding, finding, refuse } from '../findings/finding';
import { type Rule, rule } from '../findings/rule';
import { PRIVATE_KEY_TYPED } from './ca-key';

/** A variable of Terraform's that a key may come from. */
export interface KeyVariable {
  readonly isEphemeral: boolean;
  /** Its default, if that is known at synth. */
  readonly default?: string;
}

/**
 * Findings about the expression with which Terraform gets a private key. `variables`: those of the stack, by name. A key that is typed into the
 * program can hide in an argument of a function, and in the default of a variable.
 */
export function typedKeyFindings(
  subject: string,
  expression: string,
  variables: ReadonlyMap<string, KeyVariable>,
): readonly Finding[] {
  return typedKeys(subject, expression, variables).map((found) => finding(PRIVATE_KEY_TYPED, { subject: found }));
}

/** Findings about a private key in a text or an expression that is for something public. `broken`: what such a text has to be. */
export function misplacedKeyFindings(
  broken: Rule,
  subject: string,
  text: string,
  variables: ReadonlyMap<string, KeyVariable>,
): readonly Finding[] {
  return typedKeys(subject, text, variables).map((found) => finding(broken, { subject: found, detail: KEY_IN_TEXT }));
}

/** What is wrong with the text, in words. */
export const KEY_IN_TEXT = 'a private key is in its text';

function typedKeys(
  subject: string,
  expression: string,
  variables: ReadonlyMap<string, KeyVariable>,
): readonly string[] {
  const typed = (text: string | undefined): boolean => text !== undefined && PRIVATE_KEY.test(text);
  const inDefaults = heads(expression).filter((head) => typed(variableOf(head, variables)?.default));
  return [...(typed(expression) ? [subject] : []), ...inDefaults.map((head) => `default of ${head}`)];
}

/** Refuses properties with a private key in a text, or in the name of an entry, at any depth. What only Terraform knows is judged later. */
export function refuseTypedKeys(subject: string, given: unknown): void {
  if (typeof given === 'string' && PRIVATE_KEY.test(given)) refuse(PRIVATE_KEY_TYPED, { subject });
  if (typeof given !== 'object' || given === null) return;
  for (const [name, value] of Object.entries(given)) {
    refuseTypedKeys(subject, name);
    refuseTypedKeys(`${subject}.${name}`, value);
  }
}

/** Findings about a write-only key that Terraform nevertheless keeps: what a data source or a resource gives is in the state. */
export function keptKeyFindings(
  subject: string,
  expression: string,
  variables: ReadonlyMap<string, KeyVariable>,
): readonly Finding[] {
  return heads(expression)
    .filter((head) => isKept(head, variables))
    .map((head) => finding(WRITE_ONLY_KEY_KEPT, { subject, got: head }));
}

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

function variableOf(head: string, variables: ReadonlyMap<string, KeyVariable>): KeyVariable | undefined {
  return head.startsWith('var.') ? variables.get(head.slice('var.'.length)) : undefined;
}

/** What an expression refers to, each as far as it says who keeps it: `var.key`, `data.vault_generic_secret`, `ephemeral.x`. Texts in quotes are none. */
function heads(expression: string): readonly string[] {
  const code = expression.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return [...new Set([...code.matchAll(/(?<![\w.-])[a-z]\w*\.[A-Za-z_][\w-]*/g)].map(([head]) => head))];
}

function isKept(head: string, variables: ReadonlyMap<string, KeyVariable>): boolean {
  const name = head.slice(0, head.indexOf('.'));
  if (name === 'var') return variableOf(head, variables)?.isEphemeral === false;
  // A resource's type has the name of its provider before an underscore. What a local value or a module keeps cannot be seen here.
  return name === 'data' || name.includes('_');
}

/** Checks the number that tells Terraform of a new write-only key. The provider keeps it as an integer of 64 bits. */
export function keyVersion(subject: string, version: number): number {
  return Number.isSafeInteger(version) && version >= 0
    ? version
    : refuse(KEY_VERSION_ILLEGAL, { subject, got: version });
}

export const KEY_VERSION_ILLEGAL = rule({
  code: 'key-version-illegal',
  severity: 'error',
  problem: 'is no version of a key',
  expected: 'a whole number, 0 or greater',
  remedy: 'begin with 1, and add 1 when the key changes',
  source: 'hashicorp/terraform-provider-tls#789',
});

export const WRITE_ONLY_KEY_KEPT = rule({
  code: 'write-only-key-kept',
  severity: 'error',
  problem: 'comes from a value that Terraform keeps in its state or in a plan file',
  expected: 'an ephemeral resource, or a variable that is ephemeral',
  remedy: `call addOverride('ephemeral', true) on the TerraformVariable, or read the key with an ephemeral resource: ${DOCUMENTATION}custody.md`,
  source: 'Terraform, Use temporary values in your configuration; test/real/write-only-key.test.ts',
});

export const CA_KEY_OF_ANOTHER_CERTIFICATE = rule({
  code: 'ca-key-of-another-certificate',
  severity: 'error',
  problem: 'does not belong to the certificate of the CA',
  expected: 'the private key of the public key in the certificate',
  remedy: 'hand in the key of this CA; for a CA with a new key, introduce a new generation',
  source: 'test/real/write-only-key.test.ts',
});

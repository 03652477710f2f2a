import { type Finding, finding, refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { SecretStoreFacts } from './stores';

/** Terraform counts characters, and bytes only of what it encodes: four for each three. */
export interface MostBytes {
  readonly bytes: number;
  readonly inBase64: number;
}

/** How much room a value of so many bytes leaves. What is too large already is refused. */
export function roomBeside(store: SecretStoreFacts, subject: string, bytes: number): MostBytes {
  if (bytes > store.largestValue) refuse(SCRIPT_TOO_LARGE, evidence(store, subject, `${bytes} bytes or more`));
  const groups = Math.floor((store.largestValue - bytes) / 3);
  return { bytes: groups * 3, inBase64: groups * 4 };
}

/** What Terraform says of a script that turns out to be too large. */
export function tooLarge(store: SecretStoreFacts, subject: string): Finding {
  return finding(SCRIPT_TOO_LARGE, evidence(store, subject));
}

/** Refuses a text with what the store has another use for. */
export function checkTextForStore({ name, refused }: SecretStoreFacts, subject: string, text: string): void {
  if (refused === undefined || !text.includes(refused)) return;
  const detail = `it contains "${refused}", which ${name} refuses`;
  refuse(SCRIPT_ILLEGAL_IN_STORE, { subject, detail });
}

function evidence(
  { name, largestValue }: SecretStoreFacts,
  subject: string,
  size?: string,
): { subject: string; detail: string; expected: string } {
  const detail = size === undefined ? name : `${name}, ${size}`;
  return { subject, detail, expected: `at most ${largestValue} bytes` };
}

/**
 * The text in pieces of at most so many bytes, cut at ends of lines. Programs that print a value often drop or add line breaks at its end, so no
 * piece ends with an empty line.
 */
export function piecesOf(text: string, largest: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const block of text.match(/(?:\n*[^\n]+\n)/g) ?? []) {
    if (piece !== '' && byteLength(piece) + byteLength(block) > largest) {
      pieces.push(piece);
      piece = '';
    }
    piece += block;
  }
  return [...pieces, piece];
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

export const SCRIPT_TOO_LARGE = rule({
  code: 'script-too-large',
  severity: 'error',
  problem: 'is too large for this secret store',
  expected: 'a script that fits into a secret',
  remedy:
    'take a store with larger values (Delivery.awsSecretsManager, Delivery.googleSecretManager, Delivery.vaultKv), smaller keys, or fewer CAs and revocation lists',
  source: 'docs/secret-stores.md; src/model/deliveries/secret-stores/stores.ts',
});

export const SCRIPT_ILLEGAL_IN_STORE = rule({
  code: 'script-illegal-in-store',
  severity: 'error',
  problem: 'cannot be a value of this secret store',
  expected: 'a text that the store takes',
  remedy: 'write that option in another way, or take Delivery.awsSecretsManager',
  source: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html, Value',
});

import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import { isExpression } from '../terraform/token-text';

/**
 * Refuses a private key that is in the program, and shows nothing of it. `isToken`: whether a part of the text is known to Terraform only.
 * A text in `${…}` is an expression of Terraform, with which a program refers to what CDKTF has no construct for, such as an ephemeral resource.
 */
export function notTyped(subject: string, parts: readonly string[], isToken: (part: string) => boolean): void {
  const isTyped = (part: string): boolean => !isToken(part) && part.trim() !== '' && !isExpression(part);
  if (parts.every((part) => part.trim() === '') || parts.some(isTyped)) refuse(PRIVATE_KEY_TYPED, { subject });
}

export const PRIVATE_KEY_TYPED = rule({
  code: 'private-key-typed',
  severity: 'error',
  problem: 'is typed into the program, and would be in the synthesized stack',
  expected: 'a value that only Terraform knows',
  remedy:
    'pass a sensitive TerraformVariable or an attribute of a data source; if the key has been committed, replace it: it has leaked',
  source: 'SECURITY.md; docs/custody.md',
});

export const CA_KEY_COUNT = rule({
  code: 'ca-key-count',
  severity: 'error',
  problem: 'does not have exactly one private key',
  expected: 'privateKeyPem, or privateKeyWriteOnly',
  remedy: 'give one of the two; a CA whose key is elsewhere is a CaSource.issuer(…), or a CaSource.certificate(…)',
  source: 'docs/custody.md',
});

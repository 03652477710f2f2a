import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';

/**
 * Checks that Terraform keeps a string as it is: composed text without a byte order mark before it, which Terraform drops. `subject` names
 * the property.
 */
export function keptByTerraform(subject: string, text: string): string {
  return text.startsWith('\ufeff') ? changed(subject, text) : composedText(subject, text);
}

/**
 * Checks a part of such a string. Terraform converts every string to Unicode's composed form (NFC), and has no halves of UTF-16 pairs, so a
 * path would differ from the one that is quoted for Erlang.
 */
export function composedText(subject: string, text: string): string {
  return text.normalize('NFC') !== text || hasHalfCharacter(text) ? changed(subject, text) : text;
}

function changed(subject: string, text: string): never {
  return refuse(TEXT_CHANGED_BY_TERRAFORM, { subject, got: text });
}

export const TEXT_CHANGED_BY_TERRAFORM = rule({
  code: 'text-changed-by-terraform',
  severity: 'error',
  problem: 'holds characters that Terraform would change',
  expected: 'text in composed form (Unicode NFC), without halves of characters and without a byte order mark before it',
  remedy: 'type the characters anew, or rename what is called so: a letter and its accent must be one character',
  source: 'zclconf/go-cty:cty/value_init.go, NormalizeString',
});

/** Half of a UTF-16 pair has no UTF-8 form. */
export function hasHalfCharacter(text: string): boolean {
  return [...text].some((character) => /^[\ud800-\udfff]$/.test(character));
}

/** Whether the text contains a character from 0 to 31 or 127. The programs that read our files do not keep these reliably. */
export function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\x7f');
}

export const TOKEN_NOT_ALLOWED = rule({
  code: 'token-not-allowed',
  severity: 'error',
  problem: 'is known to Terraform only',
  expected: 'text that is known at synth',
  remedy: 'pass a literal: this text is quoted for Erlang, and what cannot be seen cannot be quoted safely',
  source: 'docs/distribution.md; test/constructs/refusals.test.ts',
});

export const PROVIDER_MISSING = rule({
  code: 'provider-missing',
  severity: 'error',
  problem: 'has no provider in its stack',
  expected: 'a TlsProvider and a LocalProvider where their resources are used',
  remedy:
    "add new TlsProvider(this, 'tls') from @cdktf/provider-tls/lib/provider/index.js and new LocalProvider(this, 'local') from @cdktf/provider-local/lib/provider/index.js",
  source: 'docs/decisions/0002-the-user-declares-the-providers.md',
});

export const PROVIDER_NOT_CONFIGURED = rule({
  code: 'provider-not-configured',
  severity: 'error',
  problem: 'has no provider in its stack',
  expected: 'a provider that the stack configures, with its source',
  remedy:
    'add the lines to the stack, or configure the provider with bindings of your own or a TerraformProvider of cdktf: this package has no bindings for it',
  source: 'docs/issuers.md; docs/decisions/0002-the-user-declares-the-providers.md',
});

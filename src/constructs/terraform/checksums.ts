import { createHash } from 'node:crypto';

import { Fn } from './cdktf';
import { expression } from './expression';
import { isToken, splitAtTokens } from './tokens';

/**
 * SHA-256 of a Terraform string, in hexadecimal. It is a token if the string has one. Literal parts are passed in base64, because CDKTF
 * does not quote every text that is an argument of a function.
 */
export function sha256(content: string): string {
  if (!isToken(content)) return createHash('sha256').update(asTerraformReads(content)).digest('hex');
  const parts = splitAtTokens(content);
  // The same as below, without tokens of its own. Within an expression, CDKTF writes tokens without the braces of a template.
  if (parts.every(isToken)) return `\${sha256(join("", [${parts.join(', ')}]))}`;
  const texts = parts.map((part) =>
    isToken(part) ? part : Fn.base64decode(Buffer.from(asTerraformReads(part)).toString('base64')),
  );
  return Fn.sha256(Fn.join('', texts));
}

/** The checksums in a text for which `sha256` has made no token, as tokens: the text then has tokens and literal parts alone. */
export function withChecksumTokens(text: string): string {
  return text.replace(/(?<!\$)\$\{(sha256\(join\("", \[.*?\]\)\))\}/g, (_found, checksum: string) =>
    expression(checksum),
  );
}

/** The text that Terraform reads from a literal, in which template markers are doubled. */
export function asTerraformReads(literal: string): string {
  return literal.replace(/([$%])\1(?=\{)/g, '$1');
}

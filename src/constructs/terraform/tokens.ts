import { deferredNodeName, type NodeName, parseNodeName } from '../../model/cluster/node-name';
import { refuse } from '../../model/findings/finding';
import { terraformLiteral } from '../../model/terraform/terraform-literal';
import { TOKEN_NOT_ALLOWED } from '../../model/terraform/terraform-text';
import { TOKEN } from '../../model/terraform/token-text';
import { Fn, Token } from './cdktf';

/** Returns the value if it contains no token, or refuses it. `subject` names the property. */
export function concrete<T>(subject: string, value: T): T {
  withoutListToken(subject, value);
  if (Array.isArray(value) || isRecord(value)) {
    for (const [key, part] of Object.entries(value)) concrete(`${subject}.${key}`, part);
  } else if (Token.isUnresolved(value)) {
    refuse(TOKEN_NOT_ALLOWED, { subject });
  }
  return value;
}

/** CDKTF writes a list that only Terraform knows as one element, which is no name. */
function isListToken(value: unknown): boolean {
  return Token.isUnresolved(Array.isArray(value) ? value : [value]);
}

/** Refuses such a list, and its element. Other tokens may be there. */
export function withoutListToken(subject: string, value: unknown): void {
  const detail = 'it is a list whose length is not known at synth';
  if (isListToken(value)) refuse(TOKEN_NOT_ALLOWED, { subject, detail });
}

/** Whether the value is a struct of the user's. Class instances such as `OtpRelease` contain no tokens. */
function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether only Terraform knows some part of the text. */
export function isToken(text: string): boolean {
  return Token.isUnresolved(text);
}

/** The text for a message, without the internal names of tokens. */
export function showTokens(text: string): string {
  return text.replace(TOKEN, '<known to Terraform>');
}

/** The text in parts, each of them a token or literal text. */
export function splitAtTokens(text: string): string[] {
  const tokens = text.match(TOKEN) ?? [];
  return text
    .split(TOKEN)
    .flatMap((literal, index) => [literal, tokens[index] ?? ''])
    .filter((part) => part !== '');
}

/** A token as it is, and any other text as a literal for Terraform. */
export function terraformText(text: string): string {
  return isToken(text) ? text : terraformLiteral(text);
}

/** The text with a newline at its end. Terraform sees to it if only Terraform knows the end of the text. */
export function withFinalNewline(text: string): string {
  const end = splitAtTokens(text).at(-1) ?? '';
  if (isToken(end)) return `${text.slice(0, -end.length)}${Fn.chomp(end)}\n`;
  return end.endsWith('\n') ? text : `${text}\n`;
}

/** A node name whose host may be a token, such as an instance's private DNS name. */
export function readNodeName(text: string): NodeName {
  if (!isToken(text)) return parseNodeName(text);
  const at = text.indexOf('@');
  if (at < 0 || isToken(text.slice(0, at))) {
    refuse(TOKEN_NOT_ALLOWED, { subject: 'node name', detail: 'only the part after "@" may be a token' });
  }
  return deferredNodeName(text);
}

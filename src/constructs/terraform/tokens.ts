import { deferredNodeName, type NodeName, parseNodeName } from '../../model/cluster/node-name';
import { refuse } from '../../model/findings/finding';
import { terraformLiteral } from '../../model/terraform/terraform-literal';
import { TOKEN_NOT_ALLOWED } from '../../model/terraform/terraform-text';
import { Token } from './cdktf';

/** The value itself, when nothing in it waits for Terraform. `subject` names the property. */
export function concrete<T>(subject: string, value: T): T {
  if (Array.isArray(value) || isRecord(value)) {
    for (const [key, part] of Object.entries(value)) concrete(`${subject}.${key}`, part);
  } else if (Token.isUnresolved(value)) {
    refuse(TOKEN_NOT_ALLOWED, { subject });
  }
  return value;
}

/** A struct that a user passes; class instances such as `OtpRelease` hold no tokens. */
function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether some of the text is known to Terraform only. */
export function isToken(text: string): boolean {
  return Token.isUnresolved(text);
}

/** The text for a message, without the names that tokens have in memory. */
export function showTokens(text: string): string {
  return text.replace(TOKEN, '<known to Terraform>');
}

/** The text in pieces, each of them a token or none. */
export function splitAtTokens(text: string): string[] {
  const tokens = text.match(TOKEN) ?? [];
  return text
    .split(TOKEN)
    .flatMap((literal, index) => [literal, tokens[index] ?? ''])
    .filter((part) => part !== '');
}

/** How CDKTF writes a token into a string. */
const TOKEN = /\$\{TfToken\[[^\]]*\]\}/g;

/** A token as it is, and any other text so that Terraform takes it for nothing but that text. */
export function terraformText(text: string): string {
  return isToken(text) ? text : terraformLiteral(text);
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

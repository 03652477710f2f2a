import { type IResolvable, type IResolveContext, Token } from './cdktf';
import { isToken, splitAtTokens } from './tokens';

/**
 * An expression of Terraform's as a token, so that other code sees a text that only Terraform knows, and never its parts. The expression has no
 * `${…}` around it, and may contain tokens.
 */
export function expression(text: string): string {
  return Token.asString(new Expression(text));
}

class Expression implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(private readonly text: string) {}

  /** CDKTF writes tokens within an expression without braces. */
  public resolve(context: IResolveContext): unknown {
    const isWithin = context.suppressBraces === true;
    context.suppressBraces = true;
    const resolved = context.resolve(this.text) as string;
    context.suppressBraces = isWithin;
    return isWithin ? resolved : `\${${resolved}}`;
  }

  public toString(): string {
    return Token.asString(this);
  }

  public toJSON(): string {
    return '<unresolved-token>';
  }
}

/** A text with or without tokens as an operand of an expression. */
export function operand(text: string): string {
  const parts = splitAtTokens(text).map((part) => (isToken(part) ? part : quoted(part)));
  return parts.length === 1 ? (parts[0] ?? '') : `join("", [${parts.join(', ')}])`;
}

/** A quoted text of Terraform's language. It is that of JSON without two escapes, and with markers of templates. */
export function quoted(text: string): string {
  return JSON.stringify(text)
    .replace(/\\./g, (escape) => (escape === '\\b' ? '\\u0008' : escape === '\\f' ? '\\u000c' : escape))
    .replace(/([$%])(?=\{)/g, '$1$1');
}

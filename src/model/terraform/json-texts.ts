import { EXPRESSION } from './known-values';
import { isOneToken } from './token-text';

/** An attribute that wants JSON, with one text in it: an expression of Terraform. `template`: the text as a Terraform string. */
export function jsonWith(name: string, template: string): string {
  return `\${jsonencode({${JSON.stringify(name)} = "${quotedTemplate(template)}"})}`;
}

/** The text itself, or the texts in it if it is JSON or an expression of `jsonWith`, as Terraform strings. */
export function textsInJson(text: string): readonly string[] {
  if (!/^(?:\$\{jsonencode\()?\{"/.test(text)) return [text];
  try {
    const written = WRITTEN.exec(text)?.[1];
    if (written !== undefined) return [unquotedTemplate(written)];
    return Object.values(JSON.parse(text) as object).filter((one) => typeof one === 'string');
  } catch {
    return [text];
  }
}

const WRITTEN = /^\$\{jsonencode\(\{"[^"]*" = "([^]*)"\}\)\}$/;

/**
 * A template between quotes. Braces of the text are written as codes: Terraform then takes none of them for a template, and CDKTF, which counts
 * braces to see where expressions end, sees those of expressions alone.
 */
function quotedTemplate(template: string): string {
  return mapTexts(template, (text) =>
    JSON.stringify(text.replace(/([$%])\1(?=\{)/g, '$1'))
      .slice(1, -1)
      .replace(/[{}]/g, codeOf)
      .replace(/\\[bf]/g, (escape) => codeOf(escape === '\\b' ? '\b' : '\f')),
  );
}

function unquotedTemplate(quoted: string): string {
  return mapTexts(quoted, (text) =>
    (JSON.parse(`"${text}"`) as string).replace(/[$%](?=\{)/g, (character) => character + character),
  );
}

function codeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Changes what is between the expressions of a template. */
function mapTexts(template: string, change: (text: string) => string): string {
  const parts: string[] = [];
  let end = 0;
  for (const { 0: expression, index } of template.matchAll(UNESCAPED)) {
    // CDKTF writes tokens within an expression, as all of this is, without the braces of a template.
    parts.push(change(template.slice(end, index)), isOneToken(expression) ? `\${${expression}}` : expression);
    end = index + expression.length;
  }
  return [...parts, change(template.slice(end))].join('');
}

/** An expression whose marker is not doubled. */
const UNESCAPED = new RegExp(`(?<!\\$)${EXPRESSION.source}`, 'g');

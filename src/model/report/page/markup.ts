import { printable } from '../../findings/finding';

/** HTML or SVG without unescaped foreign text; made by `markup` and `verbatim` only. */
export class Markup {
  /** @internal */
  public constructor(public readonly text: string) {}
}

/** A value in a template. Undefined is left out. */
export type Inset = string | number | Markup | readonly Markup[] | undefined;

/** A template of HTML or SVG. Values are escaped for element text and for double-quoted attributes alike. */
export function markup(template: TemplateStringsArray, ...insets: readonly Inset[]): Markup {
  return new Markup(template.map((piece, index) => piece + insetText(insets[index])).join(''));
}

/** Parts of one line, with nothing between them. */
export function inline(parts: readonly Markup[]): Markup {
  return new Markup(parts.map(({ text }) => text).join(''));
}

/** Text of this project, such as a style sheet, that is not escaped. */
export function verbatim(text: string): Markup {
  return new Markup(text);
}

function insetText(inset: Inset): string {
  if (inset === undefined) return '';
  if (typeof inset === 'string') return escaped(inset);
  if (typeof inset === 'number') return coordinate(inset);
  return inset instanceof Markup ? inset.text : inset.map(({ text }) => text).join('\n');
}

/** A tenth of a pixel is finer than any screen shows. */
const PLACES = 10;

function coordinate(number: number): string {
  return String(Math.round(number * PLACES) / PLACES);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that XML cannot represent (XML 1.0 section 2.2). */
const NO_CHARACTER = /[\ufffe\uffff]/g;

/** Text, escaped for HTML and XML. */
export function escaped(text: string): string {
  return printable(text)
    .replace(NO_CHARACTER, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

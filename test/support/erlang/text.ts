/** Erlang source text for expressions that the harness itself sends. Independent of the library's own writer. */

/** A quoted atom. */
export function atom(name: string): string {
  return `'${escape(name, "'")}'`;
}

/** A string literal. */
export function string(text: string): string {
  return `"${escape(text, '"')}"`;
}

function escape(text: string, quote: string): string {
  return [...text].map((character) => escapeCharacter(character, quote)).join('');
}

function escapeCharacter(character: string, quote: string): string {
  const isPlain = character !== quote && character !== '\\' && character >= ' ';
  return isPlain ? character : `\\x{${character.codePointAt(0)?.toString(16) ?? ''}}`;
}

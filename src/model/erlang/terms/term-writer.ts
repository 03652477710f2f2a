import { RESERVED_WORDS } from './source-text';
import type { Binary, Call, ExternalFun, Term } from './term';

/**
 * A term as Erlang source. Pure ASCII whatever the term holds, so the text means the same in every source encoding. A list of tuples
 * gets a line for each of them, indented to `column`.
 */
export function writeTerm(term: Term, column = 0): string {
  switch (term.kind) {
    case 'atom':
      return writeAtom(term.name);
    case 'integer':
      return term.value.toString();
    case 'text':
      return `"${escapeCharacters(term.text, '"')}"`;
    case 'binary':
      return writeBinary(term);
    case 'tuple':
      return writeTuple(term.elements, column);
    case 'list':
      return writeList(term.elements, column);
    case 'map':
      return `#{${term.entries.map(([key, value]) => `${writeTerm(key)} => ${writeTerm(value)}`).join(',')}}`;
    case 'fun':
      return writeFun(term);
    case 'call':
      return writeCall(term);
  }
}

/** An atom, in quotes if Erlang needs them: `verify_peer`, `'tlsv1.3'`, `'rabbit-1@db1.example.com'`. */
function writeAtom(name: string): string {
  const isBare = /^[a-z][0-9A-Za-z_@]*$/.test(name) && !RESERVED_WORDS.has(name);
  return isBare ? name : `'${escapeCharacters(name, "'")}'`;
}

/** Erlang's escapes inside quotes: the quote and the backslash, and `\x{…}` for whatever is not printable ASCII. */
function escapeCharacters(characters: string, quote: string): string {
  return [...characters].map((character) => escapeCharacter(character, quote)).join('');
}

function escapeCharacter(character: string, quote: string): string {
  if (character === quote || character === '\\') return `\\${character}`;
  const isPrintable = character >= ' ' && character <= '~';
  return isPrintable ? character : `\\x{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** `<<"…">>`, each byte as the character with that code. */
function writeBinary({ bytes }: Binary): string {
  if (bytes.length === 0) return '<<>>';
  return `<<"${escapeCharacters(bytes.map((byte) => String.fromCharCode(byte)).join(''), '"')}">>`;
}

function writeTuple(elements: readonly Term[], column: number): string {
  const [head, ...rest] = elements;
  if (head === undefined) return '{}';
  const first = writeTerm(head);
  // The value starts after the key, so that a nested list is aligned below its first element.
  const next = column + first.length + 2;
  return `{${[first, ...rest.map((element) => writeTerm(element, next))].join(',')}}`;
}

function writeList(elements: readonly Term[], column: number): string {
  const isTable = elements.length > 1 && elements.every(({ kind }) => kind === 'tuple');
  const separator = isTable ? `,\n${' '.repeat(column + 1)}` : ',';
  return `[${elements.map((element) => writeTerm(element, column + 1)).join(separator)}]`;
}

/** Arguments other than atoms are left out: those in a file from elsewhere may be a secret. */
function writeCall({ name, args }: Call): string {
  return `${name}(${args.map((one) => (one.kind === 'atom' ? writeAtom(one.name) : '…')).join(',')})`;
}

function writeFun({ module, name, arity }: ExternalFun): string {
  return `fun ${writeAtom(module)}:${writeAtom(name)}/${arity}`;
}

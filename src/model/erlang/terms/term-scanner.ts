import { refuse } from '../../findings/finding';
import { integerIn, isCharacter, NAMED_ESCAPES, RESERVED_WORDS } from './source-text';
import { TERM_UNREADABLE } from './source-text';

/** A token of Erlang source, as far as literal terms need it. `at` is the line it starts in. */
export type Token =
  | { readonly kind: 'atom' | 'string'; readonly text: string; readonly at: number }
  | { readonly kind: 'integer'; readonly value: bigint; readonly at: number }
  | { readonly kind: 'symbol'; readonly text: string; readonly at: number };

/** Blanks and comments. `erl_scan` treats every control character and the no-break space as a blank. */
const SKIP = /(?:[\x00-\x20\x80-\xa0]|%[^\n]*)+/y;
const BARE_ATOM = /[a-zß-öø-ÿ][0-9A-Za-z_@À-ÖØ-öø-ÿ]*/y;
const BASED_INTEGER = /(\d{1,2})#([0-9A-Za-z]+(?:_[0-9A-Za-z]+)*)/y;
const DECIMAL_INTEGER = /\d+(?:_\d+)*/y;
const SYMBOL = /<<|>>|=>|[[\]{}(),:/#-]/y;

/** The tokens of one term and its final dot, which is left out. */
export function scanTerm(source: string): readonly Token[] {
  const scanner = new Scanner(source);
  const tokens: Token[] = [];
  for (let token = scanner.next(); token !== undefined; token = scanner.next()) tokens.push(token);
  return tokens;
}

class Scanner {
  private position = 0;
  /** Line breaks are counted up to here. */
  private counted = 0;
  private lines = 1;

  public constructor(private readonly source: string) {}

  /** The next token. Absent at the final dot, after which only blanks may follow. */
  public next(): Token | undefined {
    this.match(SKIP);
    const at = this.line();
    if (this.atDot()) return this.end();
    const character = this.source[this.position];
    if (character === undefined) return this.fail('there is no final dot');
    if (character === '"') return { kind: 'string', text: this.string(), at };
    if (character === "'") return { kind: 'atom', text: this.quoted("'"), at };
    if (character === '$') return { kind: 'integer', value: this.characterLiteral(), at };
    return this.word(at);
  }

  private word(at: number): Token {
    const based = this.match(BASED_INTEGER);
    if (based !== null) return { kind: 'integer', value: this.integer(Number(based[1]), based[2] ?? ''), at };
    const decimal = this.match(DECIMAL_INTEGER);
    if (decimal !== null) return { kind: 'integer', value: this.integer(10, decimal[0]), at };
    const atom = this.match(BARE_ATOM);
    if (atom !== null) return this.bareWord(atom[0], at);
    const symbol = this.match(SYMBOL);
    if (symbol !== null) return { kind: 'symbol', text: symbol[0], at };
    return this.fail(`a literal term cannot contain ${JSON.stringify(this.source[this.position])} here`);
  }

  /** `fun` is the only keyword in literal terms; a keyword is an atom only in quotes. */
  private bareWord(text: string, at: number): Token {
    if (text === 'fun') return { kind: 'symbol', text, at };
    return RESERVED_WORDS.has(text) ? this.fail(`${text} is a reserved word`) : { kind: 'atom', text, at };
  }

  /** A dot ends a term when a blank, a comment or the end of the file follows. */
  private atDot(): boolean {
    return (
      this.source[this.position] === '.' &&
      /^(?:[\x00-\x20\x80-\xa0%]|$)/.test(this.source.slice(this.position + 1, this.position + 2))
    );
  }

  private end(): Token | undefined {
    this.position += 1;
    this.match(SKIP);
    return this.position < this.source.length ? this.fail('there is more than one term') : undefined;
  }

  /** From OTP 27 on, three quotes begin another kind of string, and adjacent strings need a blank between them. */
  private string(): string {
    if (this.source.startsWith('"""', this.position))
      this.fail('three quotes start another kind of string from OTP 27 on');
    const text = this.quoted('"');
    return this.source[this.position] === '"' ? this.fail('a blank is missing between two strings') : text;
  }

  private quoted(quote: string): string {
    this.position += 1;
    let text = '';
    for (;;) {
      const character = this.character();
      if (character === undefined) return this.fail(`a ${quote} is not closed`);
      if (character === quote) return text;
      text += character === '\\' ? this.escape() : character;
    }
  }

  private characterLiteral(): bigint {
    this.position += 1;
    const character = this.character();
    if (character === undefined) return this.fail('the source ends after $');
    return BigInt((character === '\\' ? this.escape() : character).codePointAt(0) ?? 0);
  }

  /** Escapes after a backslash, as in the table of `erl_scan`. Any other character stands for itself. */
  private escape(): string {
    const code = this.match(/x\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{2})/y);
    if (code !== null) return this.codePoint(parseInt(code[1] ?? code[2] ?? '', 16));
    const octal = this.match(/[0-7]{1,3}/y);
    if (octal !== null) return this.codePoint(parseInt(octal[0], 8));
    const control = this.match(/\^([@-_a-z])/y);
    if (control !== null) return String.fromCodePoint((control[1] ?? '').charCodeAt(0) & 31);
    const character = this.character();
    if (character === undefined) return this.fail('the source ends after a backslash');
    return NAMED_ESCAPES[character] ?? character;
  }

  private codePoint(code: number): string {
    return isCharacter(code) ? String.fromCodePoint(code) : this.fail(`${code} is not the code of a character`);
  }

  private integer(base: number, digits: string): bigint {
    return integerIn(base, digits) ?? this.fail(`an integer in base ${base} is malformed or too long`);
  }

  private character(): string | undefined {
    const code = this.source.codePointAt(this.position);
    if (code === undefined) return undefined;
    const character = this.codePoint(code);
    this.position += character.length;
    return character;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.source);
    if (match !== null) this.position = pattern.lastIndex;
    return match;
  }

  /** The current line, counted while scanning. */
  private line(): number {
    for (; this.counted < this.position; this.counted += 1) if (this.source[this.counted] === '\n') this.lines += 1;
    return this.lines;
  }

  private fail(reason: string): never {
    return refuse(TERM_UNREADABLE, { subject: 'Erlang term', detail: `line ${this.line()}: ${reason}` });
  }
}

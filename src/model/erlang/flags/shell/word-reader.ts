import type { Cursor } from './cursor';
import { literal, type Part, unknown, type Word } from './tokens';

const BARE = /[^ \t\n;&|()<>'"\\$`]+/y;
const SINGLE_QUOTED = /'([^']*)'/y;
const ESCAPED = /\\([^])/uy;
const IN_DOUBLE_QUOTES = /[^"\\$`]+/y;
const ESCAPED_IN_DOUBLE_QUOTES = /\\(?:\n|([$`"\\]))/y;
const BACKTICKS = /`(?:[^`\\]|\\[^])*`/y;
const IN_BRACES = /[^}'"\\$`]+/y;
const NAME = /[A-Za-z_]\w*/y;
const PARAMETER = /[\d@*#?$!-]/y;
const BRACED_NAME = /\{([A-Za-z_]\w*)\}/y;
const BRACED_PARAMETER = /\{[#!]?(?:\w+|[@*#?$!-])\}/y;
const BRACED_OPERATOR = /\{([A-Za-z_]\w*)(?:(:?[-+=?])|[%#/:^,@[])/y;
/** Without what assigns. */
const ARITHMETIC = /\(\((?:(?!\+\+|--)[\w\s+*/%$-])*\)\)/y;

/** One word of `sh`, at which the cursor stands. `substitution`: skips a command behind its opening parenthesis. */
export function readWord(cursor: Cursor, substitution: () => void): Word {
  return new WordReader(cursor, substitution).word();
}

class WordReader {
  public constructor(
    private readonly cursor: Cursor,
    private readonly substitution: () => void,
  ) {}

  public word(): Part[] {
    const parts: Part[] = [];
    for (;;) {
      const bare = this.cursor.take(BARE)?.[0];
      if (bare !== undefined) parts.push(literal(bare, false));
      else if (!this.quotedOrExpanded(parts, false)) return parts;
    }
  }

  /** A part that begins with a quote, a backslash, `$` or a backtick. False at anything else. */
  private quotedOrExpanded(parts: Part[], isQuoted: boolean): boolean {
    const { cursor } = this;
    switch (cursor.peek()) {
      case '$':
        parts.push(this.expansion(isQuoted));
        return true;
      case '`':
        if (cursor.take(BACKTICKS) === undefined) cursor.fail('`');
        parts.push(unknown('$(…)', isQuoted));
        return true;
      case '"':
        parts.push(...this.doubleQuoted());
        return true;
      case "'":
        parts.push(literal(cursor.take(SINGLE_QUOTED)?.[1] ?? cursor.fail("'"), true));
        return true;
      case '\\': {
        const escaped = cursor.take(ESCAPED)?.[1] ?? cursor.fail('\\');
        if (escaped !== '\n') parts.push(literal(escaped, true));
        return true;
      }
      default:
        return false;
    }
  }

  private doubleQuoted(): Part[] {
    const { cursor } = this;
    const parts: Part[] = [literal('', true)];
    cursor.skip(1);
    while (cursor.peek() !== '"') {
      const run = cursor.take(IN_DOUBLE_QUOTES)?.[0];
      const escaped = run === undefined ? cursor.take(ESCAPED_IN_DOUBLE_QUOTES) : undefined;
      if (run !== undefined) parts.push(literal(run, true));
      else if (escaped !== undefined) parts.push(literal(escaped[1] ?? '', true));
      else if (cursor.isAtEnd) cursor.fail('"');
      else if (cursor.peek() === '\\') {
        parts.push(literal('\\', true));
        cursor.skip(1);
      } else this.quotedOrExpanded(parts, true);
    }
    cursor.skip(1);
    return parts;
  }

  private expansion(isQuoted: boolean): Part {
    const { cursor } = this;
    cursor.skip(1);
    if (cursor.startsWith('((')) {
      return cursor.take(ARITHMETIC) === undefined ? cursor.fail('$((') : unknown('$(…)', isQuoted);
    }
    if (cursor.startsWith('{')) return cursor.nested(() => this.braced(isQuoted));
    if (cursor.startsWith('(')) {
      cursor.skip(1);
      cursor.nested(this.substitution);
      return unknown('$(…)', isQuoted);
    }
    return this.bare(isQuoted);
  }

  /** Behind a dollar sign, without braces. */
  private bare(isQuoted: boolean): Part {
    const { cursor } = this;
    const name = cursor.take(NAME)?.[0];
    // It may go on after a line continuation.
    if (cursor.startsWith('\\\n')) cursor.fail('\\');
    return name === undefined ? this.parameter(isQuoted) : { kind: 'variable', name, isQuoted };
  }

  /** `$1`, or a dollar sign alone. What follows it may mean something to bash alone. */
  private parameter(isQuoted: boolean): Part {
    const { cursor } = this;
    const parameter = cursor.take(PARAMETER)?.[0];
    const ofBash = parameter !== undefined ? '(' : isQuoted ? '[' : `['"`;
    if (!cursor.isAtEnd && ofBash.includes(cursor.peek())) cursor.fail(`$${cursor.peek()}`);
    return parameter === undefined ? literal('$', isQuoted) : unknown(`\${${parameter}}`, isQuoted);
  }

  private braced(isQuoted: boolean): Part {
    const { cursor } = this;
    const name = cursor.take(BRACED_NAME)?.[1];
    if (name !== undefined) return { kind: 'variable', name, isQuoted };
    const parameter = cursor.take(BRACED_PARAMETER)?.[0];
    return parameter === undefined ? this.operated(isQuoted) : unknown(`$${parameter}`, isQuoted);
  }

  private operated(isQuoted: boolean): Part {
    const { cursor } = this;
    const [start, name = '', sign] = cursor.take(BRACED_OPERATOR) ?? cursor.fail('${');
    const word = this.inBraces(isQuoted);
    if (sign !== undefined) return { kind: 'variable', name, isQuoted, otherwise: { sign, word } };
    // Shells differ in how they expand a pattern, and bash evaluates arithmetic, which may assign.
    const allowed = /[:[]$/.test(start) ? /^[\w ]*$/ : /^/;
    const isHarmless = word.every((part) => part.kind === 'literal' && allowed.test(part.text));
    return isHarmless && !cursor.isNested ? unknown(`\${${name}}`, isQuoted) : cursor.fail('${');
  }

  /** Up to the closing brace. Quotes within double quotes mean different things to different shells. */
  private inBraces(isQuoted: boolean): Part[] {
    const { cursor } = this;
    const parts: Part[] = [];
    while (cursor.peek() !== '}') {
      const run = cursor.take(IN_BRACES)?.[0];
      if (run !== undefined) parts.push(/[<>]\(/.test(run) ? cursor.fail('${') : literal(run, isQuoted));
      else if (isQuoted && /^(?:['\\]|\$['"])/.test(cursor.peek() + cursor.peek(1))) cursor.fail('${');
      else if (!this.quotedOrExpanded(parts, isQuoted)) cursor.fail('${');
    }
    cursor.skip(1);
    return parts;
  }
}

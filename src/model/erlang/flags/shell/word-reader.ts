import type { Cursor } from './cursor';
import * as patterns from './patterns';
import { literal, type Part, unknown, type Word } from './tokens';

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
      const bare = this.cursor.take(patterns.BARE)?.[0];
      if (bare !== undefined) parts.push(literal(bare, false));
      else if (!this.quotedOrExpanded(parts, false)) return parts;
    }
  }

  /** A part that begins with a quote, a backslash, `$` or a backtick. False at anything else. */
  private quotedOrExpanded(parts: Part[], isQuoted: boolean): boolean {
    const { cursor } = this;
    const first = cursor.peek();
    if (first === '$') parts.push(this.expansion(isQuoted));
    else if (first === '"') parts.push(...this.doubleQuoted());
    else if (first === "'") parts.push(literal(cursor.take(patterns.SINGLE_QUOTED)?.[1] ?? cursor.fail("'"), true));
    else if (first === '`') parts.push(this.backticks(isQuoted));
    else if (first === '\\') parts.push(...this.escaped());
    else return false;
    return true;
  }

  private backticks(isQuoted: boolean): Part {
    return this.cursor.take(patterns.BACKTICKS) === undefined ? this.cursor.fail('`') : unknown('$(…)', isQuoted);
  }

  private escaped(): Part[] {
    const escaped = this.cursor.take(patterns.ESCAPED)?.[1] ?? this.cursor.fail('\\');
    return escaped === '\n' ? [] : [literal(escaped, true)];
  }

  private doubleQuoted(): Part[] {
    const { cursor } = this;
    const parts: Part[] = [literal('', true)];
    cursor.skip(1);
    while (cursor.peek() !== '"') {
      const run = cursor.take(patterns.IN_DOUBLE_QUOTES);
      const escaped = run === undefined ? cursor.take(patterns.ESCAPED_IN_DOUBLE_QUOTES) : undefined;
      if (run !== undefined) parts.push(literal(run[0], true));
      else if (escaped !== undefined) parts.push(literal(escaped[0] === '\\' ? '\\' : (escaped[1] ?? ''), true));
      else if (!this.quotedOrExpanded(parts, true)) cursor.fail('"');
    }
    cursor.skip(1);
    return parts;
  }

  private expansion(isQuoted: boolean): Part {
    const { cursor } = this;
    cursor.skip(1);
    if (cursor.startsWith('((')) {
      return cursor.take(patterns.ARITHMETIC) === undefined ? cursor.fail('$((') : unknown('$(…)', isQuoted);
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
    const name = cursor.take(patterns.NAME)?.[0];
    // It may go on after a line continuation.
    if (cursor.startsWith('\\\n')) cursor.fail('\\');
    return name === undefined ? this.parameter(isQuoted) : { kind: 'variable', name, isQuoted };
  }

  /** `$1`, or a dollar sign alone. What follows it may mean something to bash alone. */
  private parameter(isQuoted: boolean): Part {
    const { cursor } = this;
    const parameter = cursor.take(patterns.PARAMETER)?.[0];
    const ofBash = parameter !== undefined ? '({' : isQuoted ? '[' : `['"`;
    if (!cursor.isAtEnd && ofBash.includes(cursor.peek())) cursor.fail(`$${cursor.peek()}`);
    return parameter === undefined ? literal('$', isQuoted) : unknown(`\${${parameter}}`, isQuoted);
  }

  private braced(isQuoted: boolean): Part {
    const { cursor } = this;
    const name = cursor.take(patterns.BRACED_NAME)?.[1];
    if (name !== undefined) return { kind: 'variable', name, isQuoted };
    const parameter = cursor.take(patterns.BRACED_PARAMETER)?.[0];
    return parameter === undefined ? this.operated(isQuoted) : unknown(`$${parameter}`, isQuoted);
  }

  private operated(isQuoted: boolean): Part {
    const { cursor } = this;
    const [start, name = '', sign] = cursor.take(patterns.BRACED_OPERATOR) ?? cursor.fail('${');
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
      const run = cursor.take(patterns.IN_BRACES)?.[0];
      if (run !== undefined) parts.push(/[<>]\(/.test(run) ? cursor.fail('${') : literal(run, isQuoted));
      else if (this.isUnclear(isQuoted)) cursor.fail('${');
      else if (isQuoted && cursor.peek() === '"') parts.push(this.quotedAgain());
      else if (!this.quotedOrExpanded(parts, isQuoted)) cursor.fail('${');
    }
    cursor.skip(1);
    return parts;
  }

  /** In braces in double quotes, shells agree on literal text alone. */
  private quotedAgain(): Part {
    return literal(this.cursor.take(patterns.QUOTED_AGAIN)?.[1] ?? this.cursor.fail('${'), true);
  }

  /** Whether shells disagree on a quote within braces: in double quotes, or in other braces. */
  private isUnclear(isQuoted: boolean): boolean {
    const { cursor } = this;
    if (cursor.isNested) return /^['"\\]/.test(cursor.peek());
    return isQuoted && /^(?:['\\]|\$['"])/.test(cursor.peek() + cursor.peek(1));
  }
}

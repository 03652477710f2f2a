import type { Call, Term } from './term';
import * as term from './term';
import { TermCursor } from './term-cursor';
import { termTokens } from './term-tokens';
import { writeTerm } from './term-writer';

/**
 * Reads one literal term with its final dot, as `ssl_dist_sup` would evaluate it. Anything that needs evaluation (a call, a variable,
 * arithmetic) is refused: an option file is code to the VM, and other readers of it take literal terms only. `known`: calls that are
 * taken nevertheless.
 */
export function readTerm(source: string, known: readonly Call[] = []): Term {
  return new Parser(new TermCursor(termTokens(source)), known).whole();
}

/** Reads a term that may contain function calls. Nothing is evaluated. */
export function readTermWithCalls(source: string): Term {
  return new Parser(new TermCursor(termTokens(source)), 'all').whole();
}

const NO_LITERAL = 'a function call is not a literal term';

class Parser {
  public constructor(
    private readonly cursor: TermCursor,
    private readonly known: readonly Call[] | 'all',
  ) {}

  public whole(): Term {
    const result = this.term();
    if (!this.cursor.isAtEnd) this.cursor.fail('there is more than one term before the final dot');
    return result;
  }

  private term(): Term {
    const token = this.cursor.take();
    switch (token.kind) {
      case 'integer':
        return term.integer(token.value);
      case 'string':
        return this.string(token.text);
      case 'atom':
        return this.atom(token.text);
      case 'symbol':
        return this.structure(token.text);
    }
  }

  /** Adjacent strings are one string. */
  private string(first: string): Term {
    return term.text([first, ...this.cursor.takeStrings()].join(''));
  }

  private atom(name: string): Term {
    if (!this.cursor.at(':') && !this.cursor.at('(')) return term.atom(name);
    return this.call(name);
  }

  private call(first: string): Term {
    const name = this.cursor.accept(':') ? `${first}:${this.cursor.takeAtom()}` : first;
    this.cursor.expect('(');
    const known = this.known === 'all' ? 'all' : this.known.filter((one) => one.name === name);
    if (known.length === 0) this.cursor.fail(NO_LITERAL);
    const call = term.call(name, ...this.elements(')'));
    const isTaken = known === 'all' || known.some((one) => writeTerm(one) === writeTerm(call));
    return isTaken ? call : this.cursor.fail(NO_LITERAL);
  }

  private externalFun(): Term {
    const module = this.cursor.takeAtom();
    this.cursor.expect(':');
    const name = this.cursor.takeAtom();
    this.cursor.expect('/');
    const arity = Number(this.cursor.takeInteger());
    return arity <= 255 ? term.externalFun(module, name, arity) : this.cursor.fail('a fun has at most 255 arguments');
  }

  private structure(symbol: string): Term {
    switch (symbol) {
      case '{':
        return term.tupleOf(this.elements('}'));
      case '[':
        return term.list(this.elements(']'));
      case '<<':
        return term.binary(this.segments());
      case '#':
        return this.map();
      case '-':
        return term.integer(-this.cursor.takeInteger());
      case 'fun':
        return this.externalFun();
      default:
        return this.cursor.fail(`a term cannot start with ${symbol}`);
    }
  }

  private elements(close: string): readonly Term[] {
    const elements: Term[] = [];
    if (this.cursor.accept(close)) return elements;
    do elements.push(this.term());
    while (this.cursor.accept(','));
    this.cursor.expect(close);
    return elements;
  }

  private segments(): readonly number[] {
    const segments: (readonly number[])[] = [];
    if (this.cursor.accept('>>')) return [];
    do segments.push(this.segment());
    while (this.cursor.accept(','));
    this.cursor.expect('>>');
    return segments.flat();
  }

  private segment(): readonly number[] {
    const value = this.term();
    if (!this.cursor.accept('/')) return this.segmentBytes(value);
    if (this.cursor.takeAtom() !== 'utf8' || value.kind !== 'text')
      return this.cursor.fail('in a binary, the only type that may be given is utf8, after a string');
    return [...new TextEncoder().encode(value.text)];
  }

  /** A segment without size or type: a string stands for the low bytes of its characters, an integer for its low byte. */
  private segmentBytes(segment: Term): readonly number[] {
    if (segment.kind === 'integer') return [Number(BigInt.asUintN(8, segment.value))];
    if (segment.kind === 'text') return [...segment.text].map((character) => (character.codePointAt(0) ?? 0) & 0xff);
    return segment.kind === 'list' && segment.elements.length === 0
      ? []
      : this.cursor.fail('a binary can contain only strings and integers');
  }

  private map(): Term {
    const entries: (readonly [Term, Term])[] = [];
    this.cursor.expect('{');
    if (this.cursor.accept('}')) return term.map(entries);
    do {
      const key = this.term();
      this.cursor.expect('=>');
      entries.push([key, this.term()]);
    } while (this.cursor.accept(','));
    this.cursor.expect('}');
    return term.map(entries);
  }
}

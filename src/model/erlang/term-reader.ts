import { refuse } from '../errors';
import type { Term } from './term';
import * as term from './term';
import { termTokens, type Token } from './term-tokens';

/**
 * Reads one literal term with its final dot, as `ssl_dist_sup` would evaluate it. What would have to be evaluated (a call, a variable,
 * arithmetic) is refused: an option file is code to the VM, and other readers of it take literal terms only.
 */
export function readTerm(source: string): Term {
  return new Parser(termTokens(source)).whole();
}

class Parser {
  private next = 0;

  public constructor(private readonly tokens: readonly Token[]) {}

  public whole(): Term {
    const result = this.term();
    if (this.next < this.tokens.length) this.fail('there is more than one term before the final dot');
    return result;
  }

  private term(): Term {
    const token = this.take();
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

  /** Strings side by side are one string. */
  private string(first: string): Term {
    let text = first;
    for (let token = this.peek(); token?.kind === 'string'; token = this.tokens[++this.next]) text += token.text;
    return term.text(text);
  }

  private atom(name: string): Term {
    if (this.at(':') || this.at('(')) this.fail('a function call is not a literal term');
    return term.atom(name);
  }

  private externalFun(): Term {
    const module = this.takeAtom();
    this.expect(':');
    const name = this.takeAtom();
    this.expect('/');
    const arity = Number(this.takeInteger());
    return arity <= 255 ? term.externalFun(module, name, arity) : this.fail('a fun has at most 255 arguments');
  }

  private structure(symbol: string): Term {
    switch (symbol) {
      case '{':
        return term.tuple(...this.elements('}'));
      case '[':
        return term.list(this.elements(']'));
      case '<<':
        return term.binary(this.elements('>>').flatMap((segment) => this.segmentBytes(segment)));
      case '#':
        return this.map();
      case '-':
        return term.integer(-this.takeInteger());
      case 'fun':
        return this.externalFun();
      default:
        return this.fail(`${symbol} begins no term`);
    }
  }

  private elements(close: string): readonly Term[] {
    const elements: Term[] = [];
    if (this.accept(close)) return elements;
    do elements.push(this.term());
    while (this.accept(','));
    this.expect(close);
    return elements;
  }

  /** A segment without size or type: a string stands for the low bytes of its characters, an integer for its low byte. */
  private segmentBytes(segment: Term): readonly number[] {
    if (segment.kind === 'integer') return [Number(BigInt.asUintN(8, segment.value))];
    if (segment.kind === 'text') return [...segment.text].map((character) => (character.codePointAt(0) ?? 0) & 0xff);
    return segment.kind === 'list' && segment.elements.length === 0
      ? []
      : this.fail('a binary holds strings and integers');
  }

  private map(): Term {
    const entries: (readonly [Term, Term])[] = [];
    this.expect('{');
    if (this.accept('}')) return term.map(entries);
    do {
      const key = this.term();
      this.expect('=>');
      entries.push([key, this.term()]);
    } while (this.accept(','));
    this.expect('}');
    return term.map(entries);
  }

  private takeAtom(): string {
    const token = this.take();
    return token.kind === 'atom' ? token.text : this.fail('a fun names a module and a function');
  }

  private takeInteger(): bigint {
    const token = this.take();
    return token.kind === 'integer' ? token.value : this.fail('a number is missing');
  }

  private take(): Token {
    const token = this.peek();
    if (token === undefined) return this.fail('the term is not complete');
    this.next += 1;
    return token;
  }

  private peek(): Token | undefined {
    return this.tokens[this.next];
  }

  private at(symbol: string): boolean {
    const token = this.peek();
    return token?.kind === 'symbol' && token.text === symbol;
  }

  private accept(symbol: string): boolean {
    const isThere = this.at(symbol);
    if (isThere) this.next += 1;
    return isThere;
  }

  private expect(symbol: string): void {
    if (!this.accept(symbol)) this.fail(`${symbol} is missing`);
  }

  private fail(reason: string): never {
    const line = this.peek()?.at ?? this.tokens.at(-1)?.at ?? 1;
    return refuse('term-unreadable', { subject: 'Erlang term', detail: `line ${line}: ${reason}` });
  }
}

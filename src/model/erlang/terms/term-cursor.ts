import { refuse } from '../../findings/finding';
import { TERM_UNREADABLE } from './source-text';
import type { Token } from './term-tokens';

/** Steps through tokens, and reports the line in which one is missing. */
export class TermCursor {
  private next = 0;

  public constructor(private readonly tokens: readonly Token[]) {}

  public get isAtEnd(): boolean {
    return this.next >= this.tokens.length;
  }

  public takeStrings(): readonly string[] {
    const texts: string[] = [];
    for (let token = this.peek(); token?.kind === 'string'; token = this.tokens[++this.next]) texts.push(token.text);
    return texts;
  }

  public takeAtom(): string {
    const token = this.take();
    return token.kind === 'atom' ? token.text : this.fail('an atom is missing');
  }

  public takeInteger(): bigint {
    const token = this.take();
    return token.kind === 'integer' ? token.value : this.fail('a number is missing');
  }

  public take(): Token {
    const token = this.peek();
    if (token === undefined) return this.fail('the term is incomplete');
    this.next += 1;
    return token;
  }

  private peek(): Token | undefined {
    return this.tokens[this.next];
  }

  public at(symbol: string): boolean {
    const token = this.peek();
    return token?.kind === 'symbol' && token.text === symbol;
  }

  public accept(symbol: string): boolean {
    const isThere = this.at(symbol);
    if (isThere) this.next += 1;
    return isThere;
  }

  public expect(symbol: string): void {
    if (!this.accept(symbol)) this.fail(`${symbol} is missing`);
  }

  public fail(reason: string): never {
    const line = this.peek()?.at ?? this.tokens.at(-1)?.at ?? 1;
    return refuse(TERM_UNREADABLE, { subject: 'Erlang term', detail: `line ${line}: ${reason}` });
  }
}

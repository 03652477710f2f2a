import { checkInert, mayNotFollow, Structure } from './structure';
import { bareText, type Token, UnknownEffect, type Word } from './tokens';

/** A simple command. */
export interface Command {
  readonly words: readonly Word[];
  /** Whether it certainly runs, and in this shell. */
  readonly isCertain: boolean;
  readonly isRedirected: boolean;
  /** Whether a list of commands ends with it. */
  readonly isLast: boolean;
  /** Whether that list runs in another shell. */
  readonly isInBackground: boolean;
}

/** The simple commands of a script. */
export interface Commands {
  readonly commands: readonly Command[];
  /** Names of the functions that it defines. Their commands are left out. */
  readonly functions: ReadonlySet<string>;
}

/** The commands in their order, whatever branch they are in. Throws `UnknownEffect` where the structure is not understood. */
export function readCommands(tokens: readonly Token[]): Commands {
  const reader = new CommandReader();
  for (const token of tokens) {
    if (token.kind === 'word') reader.word(token.word);
    else if (/^[<>]/.test(token.text)) reader.redirect();
    else if (token.text === '(') reader.openParenthesis();
    else reader.end(token.text);
  }
  reader.finish();
  return reader;
}

const ALTERNATIVE: ReadonlySet<string> = new Set(['&&', '||']);
const CONTINUES: ReadonlySet<string> = new Set(['&&', '||', '|']);

class CommandReader implements Commands {
  public readonly commands: Command[] = [];
  public readonly functions = new Set<string>();
  private readonly structure = new Structure();
  private words: Word[] = [];
  private isRedirected = false;
  /** Whether the name of a file has to follow. */
  private isTarget = false;
  private isAlternative = false;
  private last = '\n';

  public word(word: Word): void {
    if (this.isTarget) checkInert(word);
    else if (this.last === ')') throw new UnknownEffect(')');
    else this.words.push(word);
    this.isTarget = false;
  }

  public redirect(): void {
    if (this.isTarget) throw new UnknownEffect('>');
    // The number of a file descriptor: `2>`.
    if (/^\d+$/.test(bareText(this.words.at(-1) ?? []) ?? '')) this.words.pop();
    this.isRedirected = true;
    this.isTarget = true;
  }

  public openParenthesis(): void {
    this.words = [...this.structure.withoutKeywords(this.words, '\n')];
    const [name, ...others] = this.words.map(bareText);
    if (this.words.length === 0) this.structure.open(')');
    else if (name !== undefined && others.length === 0 && /^[A-Za-z_][\w.-]*$/.test(name)) {
      this.functions.add(name);
      this.structure.open('()');
      this.words = [];
    } else throw new UnknownEffect('(');
  }

  public end(operator: string): void {
    const isBare = this.words.length === 0 && !this.isRedirected;
    this.check(operator, isBare);
    const isPattern = this.add(operator);
    // A line break after `&&` ends nothing.
    if (isBare && operator === '\n' && CONTINUES.has(this.last)) return;
    this.isAlternative = ALTERNATIVE.has(operator) || (operator === '|' && this.isAlternative);
    [this.words, this.isRedirected] = [[], false];
    this.last = isPattern ? '\n' : operator;
  }

  private check(operator: string, isBare: boolean): void {
    const isCut = CONTINUES.has(this.last) && mayNotFollow(this.words, this.last);
    if (this.isTarget || isCut || (isBare && !this.mayStandAlone(operator))) throw new UnknownEffect(operator);
  }

  /** Adds the command that the operator ends. Returns whether the operator is the parenthesis of a pattern. */
  private add(operator: string): boolean {
    const { structure, isRedirected } = this;
    const words = structure.withoutKeywords(this.words, operator);
    const isCertain = this.isCertain(operator);
    const isEmpty = words.length === 0 && !isRedirected;
    if (!isEmpty && structure.isBodyNext) throw new UnknownEffect('()');
    const isPattern = operator === ')' && !structure.closeParenthesis();
    const isInBackground = operator === '&';
    if (!isEmpty || isInBackground) {
      const isLast = /^[;&\n]$/.test(operator) && structure.isOutermost;
      const own = structure.isInFunction ? [] : words;
      this.commands.push({ words: own, isCertain, isRedirected, isLast, isInBackground });
    }
    return isPattern;
  }

  private isCertain(operator: string): boolean {
    const isInPipe = this.last === '|' || operator === '|' || operator === '&';
    return this.structure.isOutermost && !this.isAlternative && !isInPipe;
  }

  public finish(): void {
    this.end('\n');
    if (CONTINUES.has(this.last)) throw new UnknownEffect(this.last);
    this.structure.end();
  }

  /** Whether shells accept an operator without a command before it. */
  private mayStandAlone(operator: string): boolean {
    if (operator === '\n') return true;
    return this.last === ')' || (/^(?:\)|;;&?|;&)$/.test(operator) && !CONTINUES.has(this.last));
  }
}

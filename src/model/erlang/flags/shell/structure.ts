import { bareText, literal, UnknownEffect, type Word } from './tokens';

/** Keywords that open a command, with those that close it. */
const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['if', 'fi'],
  ['while', 'done'],
  ['until', 'done'],
  ['for', 'done'],
  ['case', 'esac'],
  ['{', '}'],
]);
const CLOSING: ReadonlySet<string> = new Set(CLOSERS.values());
const BETWEEN: ReadonlySet<string> = new Set(['then', 'else', 'elif', 'do', '!', 'in']);
/** Keywords of bash alone. */
const UNREADABLE: ReadonlySet<string> = new Set(['select', 'coproc', 'function', 'time']);

/** Shells have no such limit. */
const DEEPEST = 100;

const READ: Word = [literal('read', false)];

interface Opened {
  readonly closer: string;
  /** Whether it is the body of a function. */
  readonly isBody: boolean;
}

/** The commands in which a script is at one place, from the outermost one on. */
export class Structure {
  /** Whether the body of a function has to follow. */
  public isBodyNext = false;
  private readonly opened: Opened[] = [];

  public get isOutermost(): boolean {
    return this.opened.length === 0;
  }

  public get isInFunction(): boolean {
    return this.opened.some(({ isBody }) => isBody);
  }

  public open(closer: string): void {
    if (this.opened.length >= DEEPEST) throw new UnknownEffect(closer);
    this.opened.push({ closer, isBody: this.isBodyNext });
    this.isBodyNext = false;
  }

  public close(closer: string): void {
    if (this.opened.pop()?.closer !== closer) throw new UnknownEffect(closer);
  }

  /** False for the parenthesis of a pattern, or of a function. */
  public closeParenthesis(): boolean {
    const closer = this.opened.at(-1)?.closer ?? '';
    if (closer !== 'esac') this.close(closer === '()' ? closer : ')');
    this.isBodyNext = closer === '()';
    return closer === ')';
  }

  public end(): void {
    const [unclosed] = this.opened;
    if (unclosed !== undefined) throw new UnknownEffect(unclosed.closer);
  }

  /** The words of a command behind its keywords. `operator`: what ends the command. */
  public withoutKeywords(words: readonly Word[], operator: string): readonly Word[] {
    const keyword = firstText(words);
    checkThat(!UNREADABLE.has(keyword), keyword);
    const rest = words.slice(1);
    if (CLOSING.has(keyword)) {
      this.close(keyword);
      // Only redirections and other such keywords may follow.
      checkThat(rest.length === 0 || CLOSING.has(firstText(rest)), keyword);
      return this.withoutKeywords(rest, operator);
    }
    const closer = CLOSERS.get(keyword);
    if (closer === undefined && !BETWEEN.has(keyword)) return words;
    if (closer !== undefined) this.open(closer);
    checkThat(rest.length > 0 || operator === '\n', keyword);
    return COMPARING.has(keyword) ? headOf(keyword, rest) : this.withoutKeywords(rest, operator);
  }
}

/** Keywords after which words follow, and no command. */
const COMPARING: ReadonlySet<string> = new Set(['for', 'case']);

/** The variable of a loop is assigned like one that is read. */
function headOf(keyword: string, words: readonly Word[]): readonly Word[] {
  for (const word of words) checkInert(word);
  return keyword === 'for' ? [READ, ...words.slice(0, 1)] : [];
}

/** Whether a keyword cannot follow `&&`, `||` or `|`. */
export function mayNotFollow(words: readonly Word[], operator: string): boolean {
  const keyword = firstText(words);
  return CLOSING.has(keyword) || (BETWEEN.has(keyword) && (keyword !== '!' || operator === '|'));
}

function checkThat(isRight: boolean, keyword: string): void {
  if (!isRight) throw new UnknownEffect(keyword);
}

function firstText([first = []]: readonly Word[]): string {
  return bareText(first) ?? '';
}

/** Words that are not followed must not assign anything. */
export function checkInert(word: Word): void {
  const isInert = word.every((part) => part.kind !== 'variable' || part.otherwise === undefined);
  if (!isInert) throw new UnknownEffect('${');
}

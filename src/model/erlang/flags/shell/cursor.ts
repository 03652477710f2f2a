import { UnknownEffect } from './tokens';

/** Shells have no such limit; the reader is recursive. */
const DEEPEST = 50;

/** A place in a text. */
export class Cursor {
  private at = 0;
  private depth = 0;

  public constructor(private readonly text: string) {}

  public get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The character at this distance. Empty behind the end. */
  public peek(distance = 0): string {
    return this.text[this.at + distance] ?? '';
  }

  /** Whether a part is read that lies in another one. */
  public get isNested(): boolean {
    return this.depth > 1;
  }

  public startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  public skip(count: number): void {
    this.at += count;
  }

  /** What a sticky pattern matches here, after which the cursor stands. Absent if it does not match. */
  public take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }

  /** Reads a part that may contain itself. */
  public nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > DEEPEST) this.fail('${');
    const found = read();
    this.depth -= 1;
    return found;
  }

  public fail(shown: string): never {
    throw new UnknownEffect(shown);
  }
}

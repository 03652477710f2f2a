import type { FilePlace } from '../reader';
import { BARE, BRACKET, INCLUDE, NotUnderstood, QUOTED, SIGN, SKIPPED } from './settings-tokens';

/** What a text in HOCON sets. */
export interface Settings {
  /** The last value of each path, such as `cluster.proto_dist`. */
  readonly values: ReadonlyMap<string, string>;
  /** The part behind which nothing is known. Absent if there is none. */
  readonly unread?: string;
}

/** Reads settings, also of the files that they include. `included`: the text of such a file. */
export function readSettings(text: string, included: FilePlace['included']): Settings {
  const reader = new SettingsReader(included);
  try {
    reader.read(text, '', 0);
  } catch (error) {
    if (error instanceof NotUnderstood) return { values: reader.values, unread: error.shown };
    throw error;
  }
  return { values: reader.values };
}

/** The format has no such limits. */
const DEEPEST_FILE = 10;
const DEEPEST_OBJECT = 50;
const LONGEST_SHOWN = 40;

/** An object or a list that is open. What a list contains is no setting. */
interface Frame {
  readonly closer: '}' | ']';
  readonly path: string;
}

class SettingsReader {
  public readonly values = new Map<string, string>();
  private text = '';
  private at = 0;
  private frames: Frame[] = [];
  /** The name that is being read. */
  private key = '';
  /** The setting whose value is being read. */
  private target: string | undefined;

  public constructor(private readonly included: FilePlace['included']) {}

  public read(text: string, prefix: string, depth: number): void {
    [this.text, this.at, this.frames] = [text, 0, [{ closer: '}', path: prefix }]];
    while (this.at < text.length) this.next(depth);
    this.endKey();
    if (this.frames.length !== 1) throw new NotUnderstood(this.frames.at(-1)?.closer ?? '}');
    this.target = undefined;
  }

  private next(depth: number): void {
    const skipped = this.take(SKIPPED)?.[0];
    if (skipped !== undefined) this.separate(skipped);
    const include = this.key === '' && this.target === undefined ? this.take(INCLUDE) : undefined;
    if (include !== undefined) this.include(include, depth);
    else if (!this.punctuation() && !this.word() && this.at < this.text.length) this.fail(this.text.slice(this.at));
  }

  private punctuation(): boolean {
    if (this.take(SIGN) !== undefined) this.sign();
    else {
      const bracket = this.take(BRACKET)?.[0];
      if (bracket === undefined) return false;
      if (/[{[]/.test(bracket)) this.open(bracket);
      else this.close(bracket);
    }
    return true;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    this.at += found?.[0].length ?? 0;
    return found ?? undefined;
  }

  private get frame(): Frame {
    return this.frames.at(-1) ?? this.fail('}');
  }

  private fail(shown: string): never {
    throw new NotUnderstood(shown.slice(0, LONGEST_SHOWN));
  }

  /** A value that has begun ends with its line. */
  private separate(skipped: string): void {
    if (this.target !== undefined && this.values.get(this.target) !== '' && /[\n,]/.test(skipped))
      this.target = undefined;
    // EMQX accepts no blank in a name. A line that only goes on with the value before is not understood either.
    if (this.key !== '' && !/^[=:+{[]/.test(this.text.charAt(this.at))) this.endKey();
  }

  private endKey(): void {
    if (this.key !== '') this.fail(this.key);
  }

  private sign(): void {
    if (this.key === '' || this.frame.closer === ']') this.fail('=');
    this.target = this.named(this.key);
    this.key = '';
    this.values.set(this.target, '');
  }

  private named(key: string): string {
    return [this.frame.path, key].filter((part) => part !== '').join('.');
  }

  private open(bracket: string): void {
    if (this.frames.length > DEEPEST_OBJECT) this.fail(bracket);
    const isInList = this.frame.closer === ']';
    const named = this.target ?? this.named(this.key);
    this.frames.push(
      bracket === '{' ? { closer: '}', path: isInList ? `${this.frame.path}[]` : named } : { closer: ']', path: named },
    );
    [this.key, this.target] = ['', undefined];
  }

  private close(bracket: string): void {
    this.endKey();
    const isRoot = this.frames.length === 1;
    if (isRoot || this.frames.pop()?.closer !== bracket) this.fail(bracket);
    this.target = undefined;
  }

  private word(): boolean {
    const quoted = this.take(QUOTED);
    const text = quoted === undefined ? this.take(BARE)?.[0] : (quoted[1] ?? quoted[2] ?? '');
    if (text === undefined) return false;
    if (this.target !== undefined) this.values.set(this.target, (this.values.get(this.target) ?? '') + text);
    // A dot within quotes separates nothing.
    else if (this.frame.closer === '}') this.key += quoted === undefined ? text : text.replaceAll('.', '\0');
    return true;
  }

  private include([statement, path = '']: RegExpExecArray, depth: number): void {
    const inner = this.included(path);
    if (inner === undefined || depth >= DEEPEST_FILE || this.frame.closer === ']') return this.fail(statement);
    const { text, at, frames } = this;
    this.read(inner, this.frame.path, depth + 1);
    [this.text, this.at, this.frames] = [text, at, frames];
  }
}

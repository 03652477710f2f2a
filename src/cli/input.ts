import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';

import { findingAt, InvalidInput } from '../model/findings/finding';
import { UsageError } from './command';
import { realPath } from './files/file-system';
import { systemErrorText } from './system-error';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>
>;

/** The options and operands of a command. */
export function parsed<T extends Options>(args: readonly string[], options: T): Parsed<T> {
  requireKnown(args, options);
  return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
}

/** Refuses what Node's parser would refuse in its own words, and options that are given twice: only the last would count. */
function requireKnown(args: readonly string[], options: Options): void {
  const { tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });
  const given = tokens.filter((token) => token.kind === 'option');
  for (const [index, token] of given.entries()) {
    const { rawName, name } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) throw new UsageError(unknownOption(rawName, options));
    const problem = problemOf(token, option);
    if (problem !== undefined) throw new UsageError(`${rawName} ${problem}`);
    if (option.multiple !== true && given.findIndex((one) => one.name === name) < index) {
      throw new UsageError(`${rawName} is given twice: give it once`);
    }
  }
}

interface GivenOption {
  readonly rawName: string;
  readonly value?: string | undefined;
  /** Whether the value follows `=`. */
  readonly inlineValue?: boolean | undefined;
}

function problemOf({ rawName, value, inlineValue }: GivenOption, { type }: Options[string]): string | undefined {
  if (type === 'boolean') return value === undefined ? undefined : 'takes no value';
  return inlineValue !== true && isMissing(value) ? `needs a value: write ${rawName}=VALUE` : undefined;
}

/** Whether what follows an option is no value, but the next option. */
function isMissing(value: string | undefined): boolean {
  return value === undefined || /^-./.test(value);
}

function unknownOption(rawName: string, options: Options): string {
  const known = Object.keys(options).map((name) => `--${name}`);
  return `unknown option ${rawName}: use ${known.sort().join(', ')}; a path that begins with - goes after --`;
}

/** Refuses no file, and one that is given twice. */
export function requireFiles(files: readonly string[], what: string): void {
  if (files.length === 0) throw new UsageError(`give a ${what}`);
  const known = new Set<string>();
  for (const file of files) {
    const place = file === '-' ? file : realPath(file);
    if (known.has(place)) throw new UsageError(`${fileText(file)} is given twice: give each ${what} once`);
    known.add(place);
  }
}

/** What to call a file in messages. */
export function fileText(file: string): string {
  return file === '-' ? 'standard input' : file || 'a file without a name';
}

/** Names the place in whatever is refused there. */
export function at<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof InvalidInput ? new InvalidInput(findingAt(place, error.finding)) : error;
  }
}

/** The JSON of a file, or of standard input for `-`. */
export function readJson(file: string): unknown {
  const what = fileText(file);
  // PowerShell writes a byte order mark.
  const text = readText(file).replace(/^\uFEFF/, '');
  if (text.trim() === '') throw new UsageError(`${what} is empty: give it the output of terraform show -json`);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may hold a key.
    throw new UsageError(`${what} does not contain JSON: give it the output of terraform show -json`);
  }
}

/** The text of a file, or of standard input for `-`. */
export function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UsageError(`${fileText(file)} cannot be read: ${systemErrorText(error)}`);
  }
}

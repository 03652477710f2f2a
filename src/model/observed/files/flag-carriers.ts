import { groupFlags, readArgsFile } from '../../erlang/flags/args-file-reader';
import { type FlagUse, isPlaceholder } from '../../erlang/flags/flag-use';
import { variableWords } from '../../erlang/flags/shell-variable-reader';
import { type FileAt, isText, textOf } from './found-file';
import { mayHoldMore, type UnexaminedFlags, unexaminedIn } from './unexamined-flags';

/** A text in which the VM finds flags, and its words. */
export interface FlagCarrier {
  /** The path of a file, or the name of a variable. */
  readonly name: string;
  readonly words: readonly string[];
  /** The part for which nothing in it is known. Absent if there is none. */
  readonly unread?: string;
  /** Whether a quote in it runs to its end. */
  readonly isUnclosed?: boolean;
  /** Whether it begins with a byte order mark: the first flag is none then. */
  readonly isMarked?: boolean;
  /** Whether the platform that reads it names the option file by itself. */
  readonly namesOptionFile?: boolean;
  /** Whether it can carry flags for tools that dial the node, and has -proto_dist for the node only. */
  readonly lacksTools?: boolean;
}

/** Everything that the VM is told, in its order. */
export interface FoundFlags {
  readonly uses: readonly FlagUse[];
  /** Whether the platform names the option file by itself. */
  readonly namesOptionFile: boolean;
  /** Files that `-args_file` names and that cannot be read. */
  readonly missing: readonly string[];
  /** Files that name themselves by `-args_file`, or that are named by what they name. */
  readonly loops: readonly string[];
  /** Files with a quote that nothing closes: it swallows all that follows. */
  readonly unclosed: readonly string[];
  /** Files that begin with a byte order mark. */
  readonly marked: readonly string[];
  /** What is not known of the carriers. */
  readonly unexamined: readonly UnexaminedFlags[];
  /** Whether that may hold flags: then no flag is certainly missing. */
  readonly mayHoldMore: boolean;
  /** Paths of the files that others name. */
  readonly nested: readonly string[];
  /** Files with TLS for the node, and none for its tools. */
  readonly withoutTools: readonly string[];
}

/** Limit of nested files. Files that each name the next one twice are soon more than there is time for. */
const MOST_NESTED = 1000;

/** The VM reads nested files where they are named (`erlexec.c`). */
export function readFlags(carriers: readonly FlagCarrier[], fileAt: FileAt): FoundFlags {
  const namesOptionFile = carriers.some((one) => one.namesOptionFile === true);
  const withoutTools = carriers.filter(({ lacksTools }) => lacksTools === true).map(({ name }) => name);
  const found: Found = {
    ...{ namesOptionFile, withoutTools, mayHoldMore: false },
    ...{ uses: [], missing: [], loops: [], unclosed: [], marked: [], unexamined: [], nested: [] },
  };
  for (const carrier of carriers) collect(carrier, fileAt, found, [carrier.name]);
  return found;
}

type Found = { -readonly [K in keyof FoundFlags]: FoundFlags[K] extends readonly (infer T)[] ? T[] : FoundFlags[K] };

/** `open`: the files that are being read, from the outermost one on. */
function collect(carrier: FlagCarrier, fileAt: FileAt, found: Found, open: readonly string[]): void {
  const { name, unread, isUnclosed, isMarked } = carrier;
  if (isUnclosed === true) found.unclosed.push(name);
  if (isMarked === true) found.marked.push(name);
  const words = withoutEmulatorFlags(untilExtra(carrier.words));
  leave(found, name, [...(unread === undefined ? [] : [unread]), ...unexaminedIn(words)]);
  found.mayHoldMore ||= unread !== undefined || mayHoldMore(words);
  for (const { name: flag, values } of groupFlags(words)) {
    const [nested] = values;
    if (flag !== 'args_file' || nested === undefined) found.uses.push({ name: flag, values, carrier: name });
    else if (!isPlaceholder(nested)) collectNested(nested, name, fileAt, found, open);
  }
}

function collectNested(path: string, outer: string, fileAt: FileAt, found: Found, open: readonly string[]): void {
  if (found.nested.length >= MOST_NESTED) {
    // Told once.
    if (found.nested.length === MOST_NESTED)
      leave(found, outer, [`the files behind the first ${MOST_NESTED} of -args_file`]);
    found.nested.push(path);
    found.mayHoldMore = true;
    return;
  }
  const file = fileAt(path);
  found.nested.push(file.path);
  if (file.kind !== 'file') found.missing.push(path);
  else if (open.includes(file.path)) found.loops.push(path);
  else if (isText(file)) collect(argsFile(file.path, textOf(file)), fileAt, found, [...open, file.path]);
  else {
    leave(found, outer, [`${path}, which is not text`]);
    found.mayHoldMore = true;
  }
}

function leave(found: Found, carrier: string, parts: readonly string[]): void {
  if (parts.length > 0) found.unexamined.push({ carrier, parts });
}

export function argsFile(name: string, text: string): FlagCarrier {
  return { name, words: readArgsFile(text), isUnclosed: runsToTheEnd(text), isMarked: text.startsWith('\uFEFF') };
}

/** Whether a quote runs to the end of the text: then a word that is put after it is swallowed. */
function runsToTheEnd(text: string): boolean {
  const last = '-last';
  return !text.includes('\0') && readArgsFile(`${text}\n${last}`).at(-1) !== last;
}

/** `ERL_AFLAGS` and its like: cut as the files are, but `#` is a character like others (`erlexec.c`). */
export function variable(name: string, value: string): FlagCarrier {
  return { name, words: variableWords(value) };
}

/** `+P 1000000` is for the emulator, which takes it out with its value (`erlexec.c`, `erl_init.c`). */
function withoutEmulatorFlags(words: readonly string[]): readonly string[] {
  const isEmulators = (word = ''): boolean => word.startsWith('+');
  return words.filter((word, index) => !isEmulators(word) && !(isEmulators(words[index - 1]) && !word.startsWith('-')));
}

/** What follows is for the application. */
function untilExtra(words: readonly string[]): readonly string[] {
  const extra = words.indexOf('-extra');
  return extra < 0 ? words : words.slice(0, extra);
}

import { groupFlags, readArgsFile } from '../../erlang/flags/args-file-reader';
import { type FlagUse, isPlaceholder } from '../../erlang/flags/flag-use';
import { type FileAt, textOf } from './found-file';

/** A text in which the VM finds flags, and its words. */
export interface FlagCarrier {
  /** The path of a file, or the name of a variable. */
  readonly name: string;
  readonly words: readonly string[];
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
  /** Files with TLS for the node, and none for its tools. */
  readonly withoutTools: readonly string[];
}

/** Nobody has so many. Files that each name the next one twice are soon more than there is time for. */
const MOST_NESTED = 1000;

/** The VM reads nested files where they are named (`erlexec.c`). */
export function readFlags(carriers: readonly FlagCarrier[], fileAt: FileAt): FoundFlags {
  const namesOptionFile = carriers.some((one) => one.namesOptionFile === true);
  const withoutTools = carriers.filter(({ lacksTools }) => lacksTools === true).map(({ name }) => name);
  const found: Found = {
    ...{ namesOptionFile, withoutTools, nested: 0 },
    ...{ uses: [], missing: [], loops: [], unclosed: [], marked: [] },
  };
  for (const carrier of carriers) collect(carrier, fileAt, found, [carrier.name]);
  return found;
}

type Found = { -readonly [K in keyof FoundFlags]: FoundFlags[K] extends readonly (infer T)[] ? T[] : FoundFlags[K] } & {
  /** How many files were read that another one names. */
  nested: number;
};

/** `open`: the files that are being read, from the outermost one on. */
function collect(
  { name, words, isUnclosed, isMarked }: FlagCarrier,
  fileAt: FileAt,
  found: Found,
  open: readonly string[],
): void {
  if (isUnclosed === true) found.unclosed.push(name);
  if (isMarked === true) found.marked.push(name);
  for (const { name: flag, values } of groupFlags(withoutEmulatorFlags(untilExtra(words)))) {
    const [nested] = values;
    if (flag !== 'args_file' || nested === undefined) {
      found.uses.push({ name: flag, values, carrier: name });
      continue;
    }
    if (isPlaceholder(nested)) continue;
    if (found.nested >= MOST_NESTED) {
      found.loops.push(nested);
      return;
    }
    found.nested += 1;
    const file = fileAt(nested);
    if (file.kind !== 'file') found.missing.push(nested);
    else if (open.includes(file.path)) found.loops.push(nested);
    else collect(argsFile(file.path, textOf(file)), fileAt, found, [...open, file.path]);
  }
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
  return { name, words: readArgsFile(value.replaceAll('#', String.raw`\#`)) };
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

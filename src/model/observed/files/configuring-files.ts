import { readArgsFile } from '../../erlang/flags/args-file-reader';
import { memberNames, tryReadOptionFile } from '../../erlang/options/option-file-reader';
import { isInTable } from '../../erlang/options/ssl-option-table';
import type { TlsSettings } from '../../erlang/options/tls-settings';
import type { NamedText } from '../../files/named-text';
import { type FilePlace, type FileWords, NO_PLACE } from '../../platforms/reader';
import { isFlagFile, isSettingsFile, isToolFile, madeFromTemplate, wordsIn } from '../../platforms/registry';
import { argsFile, type FlagCarrier } from './flag-carriers';
import { nameOf } from './found-file';
import { mayHoldMore } from './unexamined-flags';

/** Whether a file of this name may contain flags or options. PEM files and others are read if options name them. */
export function mayConfigure(name: string): boolean {
  return /\.(args|conf|config)$/.test(name) || madeFromTemplate(name) !== undefined || isFlagFile(name);
}

/** Who reads flags: the node, and beside it each program that dials the node, such as `bin/app remote` of `mix release`. */
interface Readers {
  readonly ofNode: readonly FlagCarrier[];
  readonly ofTools: readonly FlagCarrier[];
}

/** The flags in files of one directory, by who reads them. `pathOf`: where a file is, for people. */
export function carriersByReader(
  files: readonly NamedText[],
  pathOf: (name: string) => string,
  place = NO_PLACE,
): Readers {
  const read = withoutDerived(files);
  const hasNode = read.some(({ name }) => !isToolFile(name) && (!isConf(name) || isFlagFile(name)));
  const isOfTools = ({ name }: NamedText): boolean => hasNode && isToolFile(name);
  const carriers = (file: NamedText): readonly FlagCarrier[] => carriersIn(file, pathOf(file.name), place);
  const ofNode = read.filter((file) => !isOfTools(file)).flatMap(carriers);
  return {
    // Only a name does not show that the node has no flags: they may come from elsewhere.
    ofNode: ofNode.every(hasOnlyName) ? [] : ofNode,
    ofTools: [
      ...read.filter(isOfTools).flatMap(carriers),
      ...read.flatMap((file) => toolCarriersIn(file, pathOf(file.name), place)),
    ],
  };
}

/**
 * Of files in one directory, those that the VM reads by themselves: not a template beside what was made of it, and no file that another one
 * names by `-args_file`.
 */
export function withoutDerived(files: readonly NamedText[]): readonly NamedText[] {
  const names = new Set(files.map(({ name }) => name));
  const nested = new Map(files.map((file) => [file.name, nestedIn(file)]));
  const nests = (outer: string, inner: string): boolean => nested.get(outer)?.has(inner) ?? false;
  const isTemplate = (name: string): boolean => names.has(madeFromTemplate(name) ?? '');
  // Of two that name each other neither is the inner one.
  const isNested = (name: string): boolean => [...names].some((one) => nests(one, name) && !nests(name, one));
  // Made anew at each start: `vm.2026.11.26.10.00.00.args`.
  const last = files
    .map(({ name }) => name)
    .filter((name) => GENERATED.test(name))
    .sort()
    .at(-1);
  const isOld = (name: string): boolean => GENERATED.test(name) && name !== last;
  return files.filter(({ name }) => !isTemplate(name) && !isNested(name) && !isOld(name));
}

const GENERATED = /^vm\.[\d._-]+\.args$/;

/** By their names alone: on a node they may lie elsewhere. */
function nestedIn({ name, text }: NamedText): ReadonlySet<string> {
  const words = isConf(name) ? [] : readArgsFile(text);
  const paths = words.filter((_word, index) => words[index - 1] === '-args_file');
  return new Set(paths.map(nameOf));
}

/** What one file has for the VM, by the way in which its platform reads it. */
export function carriersIn(file: NamedText, path: string, place = NO_PLACE): readonly FlagCarrier[] {
  const own = wordsIn(file, withoutItself(file, place));
  return own === undefined ? (isConf(file.name) ? [] : [argsFile(path, file.text)]) : ownCarriers(own, path);
}

function ownCarriers(own: FileWords, path: string): readonly FlagCarrier[] {
  const { words, unread, namesOptionFile = false, toolWords } = own;
  const lacksTools = isTls(words) && toolWords !== undefined && !isTls(toolWords) && !mayHoldMore(toolWords);
  if (words.length === 0 && unread === undefined) return [];
  return [{ name: path, words, ...(unread !== undefined && { unread }), namesOptionFile, lacksTools }];
}

function isTls(words: readonly string[]): boolean {
  return words.includes('-proto_dist');
}

/** What a file that has flags for the node has for its tools. */
function toolCarriersIn(file: NamedText, path: string, place: FilePlace): readonly FlagCarrier[] {
  const words = wordsIn(file, withoutItself(file, place))?.toolWords ?? [];
  return words.length === 0 ? [] : [{ name: `the tools' part of ${path}`, words }];
}

function withoutItself({ text }: NamedText, place: FilePlace): FilePlace {
  const included = (path: string): string | undefined => {
    const found = place.included(path);
    return found === text ? undefined : found;
  };
  return { ...place, included };
}

function hasOnlyName({ words, unread, namesOptionFile }: FlagCarrier): boolean {
  return namesOptionFile === false && unread === undefined && words.length === 2 && /^-s?name$/.test(words[0] ?? '');
}

/** The option file among files: one that has sides, before one that looks as if it should have had some. */
export function optionFileAmong(files: readonly NamedText[]): NamedText | undefined {
  const candidates = files.filter(({ name }) => isConf(name) && !OF_APPLICATIONS.test(name) && !isSettingsFile(name));
  const isMeant = ({ text }: NamedText): boolean =>
    isOptionText(text) && !isIni(text) && (memberNames(text)?.some(isInTable) ?? true);
  const sidesIn = ({ text }: NamedText): TlsSettings => tryReadOptionFile(text) ?? {};
  return (
    candidates.find((file) => sidesIn(file).server !== undefined) ??
    candidates.find((file) => sidesIn(file).client !== undefined) ??
    candidates.find(isMeant)
  );
}

/** Option files of tools among files: they have a client side only, and no flags name them. */
export function toolOptionFilesAmong(
  files: readonly NamedText[],
  carriers: readonly FlagCarrier[],
): readonly NamedText[] {
  const named = new Set(carriers.flatMap(({ words }) => words.map(nameOf)));
  return files.filter(({ name, text }) => {
    const sides = isConf(name) && !named.has(name) ? tryReadOptionFile(text) : undefined;
    return sides?.client !== undefined && sides.server === undefined;
  });
}

/** Settings of applications are a list of terms too. */
const OF_APPLICATIONS = /^(sys|app)\.config$/;

/** `[section]` alone on the first line: many other programs keep such files beside a node's. */
function isIni(text: string): boolean {
  return /^\[[^\]{}\n]+\]\s*(\n|$)/.test(text);
}

/** Whether a text begins as an option file does. */
export function isOptionText(text: string): boolean {
  return /^\s*(%.*\n\s*)*\[/.test(text);
}

function isConf(name: string): boolean {
  return /\.(conf|config)$/.test(name);
}

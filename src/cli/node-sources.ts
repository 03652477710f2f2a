import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

import { readInstallScript } from '../model/files/install-script-reader';
import {
  carriersIn,
  hostIn,
  installDirectoryOf,
  isOptionFile,
  isOptionText,
  mayConfigure,
  sourceOfCarried,
} from '../model/installed/carried-source';
import { type FlagCarrier, variable } from '../model/installed/flag-carriers';
import type { InstalledSource } from '../model/installed/installed-node';
import { UsageError } from './command';
import { fileOnDisk, isDirectory, relocated } from './file-system';

/** What the caller says of every node. */
export interface SourceOptions {
  /** What stands for the root of the node's file system. */
  readonly root: string;
  /** Where `ERL_FLAGS` and its like are looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The nodes at a path: of an install directory, of directories or install scripts in it, of one file. */
export function sourcesAt(path: string, options: SourceOptions): readonly InstalledSource[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(`${path === '' ? 'the empty path' : path} is not there`);
  return stats.isDirectory() ? sourcesBelow(path, realpathSync(path), options) : sourceOfFile(path, options);
}

function sourcesBelow(path: string, root: string, options: SourceOptions): readonly InstalledSource[] {
  const entries = readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const below = entries.flatMap((entry) => {
    const place = join(path, entry.name);
    if (entry.isDirectory()) return sourcesBelow(place, root, options);
    if (entry.isSymbolicLink() && isElsewhere(place, root)) return sourceOfDirectory(place, options);
    return entry.name.endsWith('.sh') && isFile(place) ? sourceOfFile(place, options) : [];
  });
  return [...sourceOfDirectory(path, options), ...below];
}

/** Whether a link leads to a directory that is not come across by itself. From there no further directories are looked at. */
function isElsewhere(link: string, root: string): boolean {
  if (!isDirectory(link)) return false;
  const way = relative(root, realpathSync(link));
  return way.split(sep).some((name) => name.startsWith('.'));
}

function sourceOfFile(path: string, options: SourceOptions): readonly InstalledSource[] {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.sh')) return sourceOfScript(path, text);
  const isOptions = isOptionText(text);
  const carriers = isOptions ? undefined : carriersIn(basename(path), path, text);
  return [sourceOf(path, dirname(resolve(path)), isOptions ? resolve(path) : undefined, carriers, options)];
}

function sourceOfScript(path: string, text: string): readonly InstalledSource[] {
  const carried = readInstallScript(text);
  const source = carried && sourceOfCarried(carried, path);
  return source === undefined ? [] : [source];
}

function sourceOfDirectory(path: string, options: SourceOptions): readonly InstalledSource[] {
  const texts = readdirSync(path)
    .filter((name) => mayConfigure(name) && isFile(join(path, name)))
    .map((name) => ({ name, text: readFileSync(join(path, name), 'utf8') }));
  const carriers = texts.flatMap(({ name, text }) => carriersIn(name, join(path, name), text));
  const optionFile = texts.find(({ name, text }) => isOptionFile(name, text));
  if (carriers.length === 0 && optionFile === undefined) return [];
  const optionPath = optionFile === undefined ? undefined : join(path, optionFile.name);
  return [
    sourceOf(basename(resolve(path)), resolve(path), optionPath, carriers.length === 0 ? undefined : carriers, options),
  ];
}

function sourceOf(
  label: string,
  directory: string,
  optionFile: string | undefined,
  carriers: readonly FlagCarrier[] | undefined,
  { root, env }: SourceOptions,
): InstalledSource {
  const all = carriers === undefined ? undefined : withEnvironment(carriers, env);
  const named = { carriers: all ?? [], options: optionFile && readFileSync(optionFile, 'utf8') };
  const installDirectory = installDirectoryOf(named, (name) => isFile(join(directory, name)), fileOnDisk) ?? directory;
  return {
    label,
    host: hostIn(label),
    carriers: all,
    optionFile,
    ...relocated(installDirectory, directory, root),
  };
}

/** `ERL_AFLAGS` stands before the command line, the others behind it (`erlexec.c`). */
function withEnvironment(
  carriers: readonly FlagCarrier[],
  env: Readonly<Record<string, string | undefined>>,
): readonly FlagCarrier[] {
  const given = (name: string): FlagCarrier[] => {
    const value = env[name] ?? '';
    return value === '' ? [] : [variable(name, value)];
  };
  return [...given('ERL_AFLAGS'), ...carriers, ...given('ERL_FLAGS'), ...given('ERL_ZFLAGS')];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

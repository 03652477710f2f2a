import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

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
import { fileOnDisk, relocated } from './file-system';

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
  if (stats === undefined) throw new UsageError(`${path} is not there`);
  if (!stats.isDirectory()) return sourceOfFile(path, options);
  const own = sourceOfDirectory(path, options);
  const entries = readdirSync(path, { withFileTypes: true });
  const below = entries
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .filter((entry) => entry.isDirectory() || entry.name.endsWith('.sh'))
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap(({ name }) => sourcesAt(join(path, name), options));
  return [...own, ...below];
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
  const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files
    .filter(({ name }) => mayConfigure(name))
    .map(({ name }) => ({ name, text: readFileSync(join(path, name), 'utf8') }));
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

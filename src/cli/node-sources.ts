import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { tryReadOptionFile } from '../model/erlang/option-file-reader';
import { readInstallScript } from '../model/files/install-script-reader';
import { argsFile, type FlagCarrier, readFlags, variable } from '../model/installed/flag-carriers';
import type { InstalledSource } from '../model/installed/installed-node';
import { pathsOf, settingsOfFile } from '../model/installed/tls-settings';
import { flagsOfPlatformFile } from '../model/platforms/flag-files';
import { UsageError } from './command';
import { fileOnDisk, filesOfScript, relocated } from './file-system';

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
  const isOptions = /^\s*(%.*\n\s*)*\[/.test(text);
  const carriers = isOptions ? undefined : carriersIn(basename(path), path, text);
  return [sourceOf(path, dirname(resolve(path)), isOptions ? resolve(path) : undefined, carriers, options)];
}

function sourceOfScript(path: string, text: string): readonly InstalledSource[] {
  const carried = readInstallScript(text);
  if (carried === undefined) return [];
  const carriers = carried.files.flatMap(({ name, content }) => carriersIn(name, `${name} in ${path}`, content));
  const optionFile = carried.files.find(({ name, content }) => isOptionFile(name, content));
  return [
    {
      label: carried.subject,
      host: hostIn(carried.subject),
      carriers: carriers.length === 0 ? undefined : carriers,
      optionFile: optionFile === undefined ? undefined : join(carried.installDirectory, optionFile.name),
      ...filesOfScript(carried, path),
    },
  ];
}

function sourceOfDirectory(path: string, options: SourceOptions): readonly InstalledSource[] {
  const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files
    .filter(({ name }) => CANDIDATES.test(name))
    .map(({ name }) => ({ name, text: readFileSync(join(path, name), 'utf8') }));
  const carriers = texts.flatMap(({ name, text }) => carriersIn(name, join(path, name), text));
  const optionFile = texts.find(({ name, text }) => isOptionFile(name, text));
  if (carriers.length === 0 && optionFile === undefined) return [];
  const optionPath = optionFile === undefined ? undefined : join(path, optionFile.name);
  return [
    sourceOf(basename(resolve(path)), resolve(path), optionPath, carriers.length === 0 ? undefined : carriers, options),
  ];
}

/** Files in which flags or options stand. PEM files and others are read when options name them. */
const CANDIDATES = /\.(args|conf|config|src|eex)$/;

function sourceOf(
  label: string,
  directory: string,
  optionFile: string | undefined,
  carriers: readonly FlagCarrier[] | undefined,
  { root, env }: SourceOptions,
): InstalledSource {
  const all = carriers === undefined ? undefined : withEnvironment(carriers, env);
  const installDirectory = installDirectoryOf(all, optionFile, directory);
  return {
    label,
    host: hostIn(label),
    carriers: all,
    optionFile,
    ...relocated(installDirectory, directory, root),
  };
}

/** The directory that the node knows: where its flags find a file that lies here, or else its options. */
function installDirectoryOf(
  carriers: readonly FlagCarrier[] | undefined,
  optionFile: string | undefined,
  directory: string,
): string {
  const uses = readFlags(carriers ?? [], fileOnDisk).uses;
  const named = [
    ...uses.filter(({ name }) => name === 'ssl_dist_optfile').map(({ values }) => values[0]),
    ...uses
      .filter(({ name }) => name === 'ssl_dist_opt')
      .flatMap(({ values }) => values.filter((one) => one.startsWith('/'))),
    ...(optionFile === undefined ? [] : pathsIn(optionFile)),
  ];
  const found = named.find((path) => path !== undefined && isFile(join(directory, basename(path))));
  return found === undefined ? directory : dirname(found);
}

function pathsIn(optionFile: string): readonly string[] {
  const settings = settingsOfFile(readFileSync(optionFile, 'utf8'));
  return Object.values(settings ?? {}).flatMap(pathsOf);
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

/** What one file has for the VM, by the way in which its platform reads it. */
function carriersIn(name: string, path: string, text: string): readonly FlagCarrier[] {
  const own = flagsOfPlatformFile(name, text);
  if (own !== undefined) return own.words.length === 0 ? [] : [{ name: path, ...own }];
  return /\.(args|src|eex)$/.test(name) || !isConf(name) ? [argsFile(path, text)] : [];
}

function isConf(name: string): boolean {
  return /\.(conf|config)$/.test(name);
}

function isOptionFile(name: string, text: string): boolean {
  if (!isConf(name)) return false;
  const sides = tryReadOptionFile(text);
  return sides?.server !== undefined || sides?.client !== undefined || /^\s*(%.*\n\s*)*\[/.test(text);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** A directory of a node bears the node's name, where that says its host. */
function hostIn(label: string): string | undefined {
  return /@([^@/]+)$/.exec(label)?.[1];
}

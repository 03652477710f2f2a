import type { CarriedFile, CarriedFiles } from '../../deliveries/delivered';
import { tryReadOptionFile } from '../../erlang/options/option-file-reader';
import { pathsOf } from '../../erlang/options/tls-settings';
import { carriersByReader, mayConfigure, optionFileAmong } from './configuring-files';
import { type FlagCarrier, readFlags } from './flag-carriers';
import { type FileAt, type FoundFile, missingFile, nameOf } from './found-file';
import type { InstalledSource } from './installed-node';

/** The node whose files are on their way, as it will find them. Undefined where they tell no node how to speak TLS. */
export function sourceOfCarried(
  { subject, files, ...given }: CarriedFiles,
  whence: string,
): InstalledSource | undefined {
  const texts = files.filter(({ name }) => mayConfigure(name)).map(({ name, content }) => ({ name, text: content }));
  const carriers = carriersByReader(texts, (name) => `${name} in ${whence}`).ofNode;
  const optionFile = optionFileAmong(texts);
  if (carriers.length === 0 && optionFile === undefined) return undefined;
  const has = (name: string): boolean => files.some((file) => file.name === name);
  const nowhere: FileAt = (path) => foundIn(whence, path, undefined);
  const directory =
    given.installDirectory ?? installDirectoryOf({ carriers, options: optionFile?.text }, has, nowhere) ?? '';
  const pathOf = (name: string): string => `${directory === '/' ? '' : directory}/${name}`;
  const carried = new Map(files.map((file) => [pathOf(file.name), file]));
  return {
    label: subject,
    host: hostIn(subject),
    carriers: carriers.length === 0 ? undefined : carriers,
    optionFile: optionFile && pathOf(optionFile.name),
    fileAt: (path) => foundIn(whence, path, carried.get(path)),
    // Lists of revoked certificates are not carried.
    filesIn: () => [],
  };
}

function foundIn(whence: string, path: string, file: CarriedFile | undefined): FoundFile {
  const found = missingFile(`${nameOf(path)} in ${whence}`);
  if (file === undefined) return found;
  const permissions = file.mode === undefined ? undefined : { mode: Number.parseInt(file.mode, 8), uid: 0, gid: 0 };
  return { ...found, kind: 'file', bytes: new TextEncoder().encode(file.content), permissions };
}

/** What says where a node has its files. */
export interface PathCarriers {
  readonly carriers: readonly FlagCarrier[];
  /** The text of an option file. */
  readonly options?: string;
}

/** The directory that the node knows: where its flags or its options look for a file that there is. */
export function installDirectoryOf(
  { carriers, options }: PathCarriers,
  has: (name: string) => boolean,
  fileAt: FileAt,
): string | undefined {
  const uses = readFlags(carriers, fileAt).uses;
  const valuesOf = (flag: string): string[] => uses.filter(({ name }) => name === flag).flatMap(({ values }) => values);
  const named = [...valuesOf('ssl_dist_optfile').slice(0, 1), ...valuesOf('ssl_dist_opt'), ...pathsIn(options)];
  const found = named.find((path) => path.startsWith('/') && has(nameOf(path)));
  return found?.slice(0, Math.max(found.lastIndexOf('/'), 1));
}

function pathsIn(options: string | undefined): readonly string[] {
  return Object.values(tryReadOptionFile(options ?? '') ?? {}).flatMap(pathsOf);
}

/** A directory of a node bears the node's name, where that says its host. */
export function hostIn(label: string): string | undefined {
  return /@([^@/]+)$/.exec(label)?.[1];
}

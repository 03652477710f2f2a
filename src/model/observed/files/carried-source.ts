import type { CarriedFile, CarriedFiles } from '../../deliveries/delivered';
import { tryReadOptionFile } from '../../erlang/options/option-file-reader';
import { pathsOf } from '../../erlang/options/tls-settings';
import { carriersByReader, mayConfigure, optionFileAmong } from './configuring-files';
import { type FlagCarrier, readFlags } from './flag-carriers';
import { type FileAt, type FoundFile, missingFile, nameOf } from './found-file';
import type { InstalledSource } from './installed-node';

/** The node that will get these files, as it will find them. Absent if the files do not configure TLS for a node. */
export function sourceOfCarried(
  { subject, files, ...given }: CarriedFiles,
  origin: string,
): InstalledSource | undefined {
  const texts = files.filter(({ name }) => mayConfigure(name)).map(({ name, content }) => ({ name, text: content }));
  const carriers = carriersByReader(texts, (name) => `${name} in ${origin}`, {
    directory: given.installDirectory ?? '',
    included: (path) => texts.find(({ name }) => name === nameOf(path))?.text,
  }).ofNode;
  const optionFile = optionFileAmong(texts);
  if (carriers.length === 0 && optionFile === undefined) return undefined;
  const has = (name: string): boolean => files.some((file) => file.name === name);
  const nowhere: FileAt = (path) => foundIn(origin, path, undefined);
  const directory =
    given.installDirectory ?? installDirectoryOf({ carriers, options: optionFile?.text }, has, nowhere) ?? '';
  const pathOf = (name: string): string => `${directory === '/' ? '' : directory}/${name}`;
  const carried = new Map(files.map((file) => [pathOf(file.name), file]));
  return {
    label: subject,
    host: hostIn(subject),
    carriers: carriers.length === 0 ? undefined : carriers,
    optionFile: optionFile && pathOf(optionFile.name),
    fileAt: (path) => foundIn(origin, path, carried.get(path)),
    filesIn: (path) =>
      new Map(
        [...carried]
          .filter(([one]) => directoryOf(one) === path)
          .map(([one, file]) => [nameOf(one), foundIn(origin, one, file)]),
      ),
  };
}

function foundIn(origin: string, path: string, file: CarriedFile | undefined): FoundFile {
  const found = missingFile(`${nameOf(path)} in ${origin}`);
  if (file === undefined) return found;
  const permissions = file.mode === undefined ? undefined : { mode: Number.parseInt(file.mode, 8), uid: 0, gid: 0 };
  const { content, lacksKey } = file;
  return { ...found, kind: 'file', bytes: new TextEncoder().encode(content), permissions, lacksKey };
}

/** Flags and options, which name the directory of a node. */
export interface PathCarriers {
  readonly carriers: readonly FlagCarrier[];
  /** The text of an option file. */
  readonly options?: string;
}

/**
 * The directory of a node for which the files here are: that of the first path that the flags or the options name, with a file of that name here.
 * Absent if a path in that directory exists, as `fileAt` sees it: then the node reads that.
 */
export function installDirectoryOf(
  { carriers, options }: PathCarriers,
  has: (name: string) => boolean,
  fileAt: FileAt,
): string | undefined {
  const uses = readFlags(carriers, fileAt).uses;
  const valuesOf = (flag: string): string[] => uses.filter(({ name }) => name === flag).flatMap(({ values }) => values);
  const named = [...valuesOf('ssl_dist_optfile').slice(0, 1), ...valuesOf('ssl_dist_opt'), ...pathsIn(options)];
  const found = named.find((path) => path.startsWith('/') && has(nameOf(path)));
  const directory = found === undefined ? undefined : directoryOf(found);
  const exists = named.some((path) => directoryOf(path) === directory && fileAt(path).kind === 'file');
  return exists ? undefined : directory;
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 1));
}

function pathsIn(options: string | undefined): readonly string[] {
  return Object.values(tryReadOptionFile(options ?? '') ?? {}).flatMap(pathsOf);
}

/** The host in a label. The directory of a node is named after the node, whose name may contain the host. */
export function hostIn(label: string): string | undefined {
  return /@([^@/]+)$/.exec(label)?.[1];
}

import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

import type { FileAt, FilesIn, FoundDirectory, FoundFile, FoundLink } from '../../model/observed/files/found-file';

/** No file of a node is so large. What is, would be minutes to read, or is no file. */
const LARGEST_BYTES = 64 * 1024 * 1024;

/**
 * What there is at a path of this machine. Nothing is a failure here: what is missing is found missing. `root`: where links with an absolute
 * target lead to, for a path below it.
 */
export function fileOnDisk(path: string, root = '/'): FoundFile {
  const nothing = { path, bytes: new Uint8Array(), parents: [] };
  try {
    const { real, links } = wayTo(resolve(path), root);
    const stats = statSync(real);
    const why = whyNotToRead(stats);
    if (why !== undefined) return { ...nothing, kind: 'unreadable', why };
    const { mode, uid, gid } = stats;
    const found = { ...nothing, permissions: { mode: mode & 0o7777, uid, gid }, parents: directoriesAbove(real, root) };
    if (stats.isDirectory()) return { ...found, kind: 'directory' };
    return { ...found, kind: 'file', bytes: readFileSync(real), links: links.map(laterThan(stats)) };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (ABSENT.has(code)) return { ...nothing, kind: 'missing' };
    return { ...nothing, kind: 'unreadable', why: code };
  }
}

/** The last one: a path with a NUL. */
const ABSENT: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ERR_INVALID_ARG_VALUE']);

/** A pipe or a device might never end. */
function whyNotToRead(stats: Stats): string | undefined {
  if (stats.isDirectory()) return undefined;
  if (!stats.isFile()) return 'it is no regular file';
  return stats.size > LARGEST_BYTES ? `it has ${stats.size} bytes, and ${LARGEST_BYTES} are read` : undefined;
}

function laterThan({ mtimeMs }: Stats): (link: Link) => FoundLink {
  return ({ madeAt, isEnd }) => ({ laterBy: madeAt - mtimeMs, isEnd });
}

/** Of what cannot be looked at it is not known, and taken for no. */
export function isDirectory(path: string): boolean {
  return statsOf(path)?.isDirectory() ?? false;
}

export function isFile(path: string): boolean {
  return statsOf(path)?.isFile() ?? false;
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** The path without links, or as it is where that cannot be told. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** How a node's paths are looked up. */
export interface NodeFiles {
  /** Whether they are on their way to the node. */
  readonly isStaged: boolean;
  readonly fileAt: FileAt;
  readonly filesIn: FilesIn;
}

/**
 * The paths of a node whose directory, as it knows it, lies elsewhere here: in an output directory, or below another root. A path that the
 * directory does not hold is looked for below the root.
 */
export function relocated(installDirectory: string, here: string, root: string): NodeFiles {
  const rootOf = (place: string): string => (isWithin(root, place) ? resolve(root) : '/');
  // On the way to the node: who may change the directories of that place says nothing of the node's.
  const isStaged = realPath(join(root, installDirectory)) !== realPath(here);
  const fileAt = (path: string): FoundFile => {
    const isOurs = path.startsWith('/') && isWithin(installDirectory, path);
    const place = isOurs ? join(here, relative(installDirectory, path)) : placeBelow(root, path);
    const found = fileOnDisk(place, rootOf(place));
    return isOurs && isStaged ? { ...found, parents: [] } : found;
  };
  return {
    isStaged,
    fileAt,
    filesIn: (path) => {
      const directory = fileAt(path);
      return directory.kind === 'directory' ? namesIn(directory.path).map((name) => fileAt(join(path, name))) : [];
    },
  };
}

/** A relative path counts from the directory in which the VM was started: nothing better is known than this one. */
function placeBelow(root: string, path: string): string {
  return path.startsWith('/') ? join(root, path) : resolve(path);
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Whether a path leads to a directory, or below it. */
export function isWithin(directory: string, path: string): boolean {
  return relative(directory, path).split(sep)[0] !== '..';
}

interface Link {
  readonly madeAt: number;
  /** Whether it is the path itself, and no directory in it, and none behind it. */
  readonly isEnd: boolean;
}

/** As the kernel has it (`path_resolution(7)`). */
const MOST_LINKS = 40;

/** Where a path leads to, and the symbolic links on the way: in its directories, the one that it may be, and those behind it. */
function wayTo(path: string, root: string): { readonly real: string; readonly links: readonly Link[] } {
  const links: Link[] = [];
  const ahead = wordsOf(relative(root, path)).map((name) => ({ name, isOwn: true }));
  let real = root;
  for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
    const place = next.name === '..' && real === root ? root : join(real, next.name);
    const stats = lstatSync(place);
    if (!stats.isSymbolicLink()) {
      real = place;
      continue;
    }
    if (links.length >= MOST_LINKS) throw Object.assign(new Error(path), { code: 'ELOOP' });
    links.push({ madeAt: stats.mtimeMs, isEnd: next.isOwn && ahead.length === 0 });
    const target = readlinkSync(place);
    if (target.startsWith('/')) real = root;
    ahead.unshift(...wordsOf(target).map((name) => ({ name, isOwn: false })));
  }
  return { real, links };
}

function wordsOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

/** From the nearest one up to the root. */
function directoriesAbove(path: string, root: string): readonly FoundDirectory[] {
  const directory = dirname(path);
  const { mode, uid, gid } = statSync(directory);
  const found = { path: directory, mode: mode & 0o7777, uid, gid };
  return directory === root || basename(path) === '' ? [found] : [found, ...directoriesAbove(directory, root)];
}

import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

import type { FileAt, FilesIn, FoundDirectory, FoundFile, FoundLink } from '../../model/observed/files/found-file';
import { systemErrorText } from '../system-error';

/** Larger than any file of a node; a larger one would take minutes to read. */
const LARGEST_BYTES = 64 * 1024 * 1024;

/**
 * Reads a path of this machine. Never fails: a missing file is found missing. `root`: the directory at which links with an absolute target
 * start, for a path below it.
 */
export function fileOnDisk(path: string, root = '/'): FoundFile {
  const nothing = { path, bytes: new Uint8Array(), parents: [] };
  try {
    const { real, links } = resolved(resolve(path), root);
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
    return { ...nothing, kind: 'unreadable', why: systemErrorText(error) };
  }
}

/** The last code means a path with a NUL. */
const ABSENT: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ERR_INVALID_ARG_VALUE']);

/** A pipe or a device might never end. */
function whyNotToRead(stats: Stats): string | undefined {
  if (stats.isDirectory()) return undefined;
  if (!stats.isFile()) return 'it is not a regular file';
  return stats.size > LARGEST_BYTES ? `it has ${stats.size} bytes; the limit is ${LARGEST_BYTES}` : undefined;
}

function laterThan({ mtimeMs }: Stats): (link: Link) => FoundLink {
  return ({ madeAt, isEnd }) => ({ laterBy: madeAt - mtimeMs, isEnd });
}

/** False if the path cannot be examined. */
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

/** The path without links, or the path itself if links cannot be resolved. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** How a node's paths are looked up. */
export interface NodeFiles {
  /** Whether the files have yet to be copied to the node. */
  readonly isStaged: boolean;
  readonly fileAt: FileAt;
  readonly filesIn: FilesIn;
}

/**
 * Looks up the paths of a node whose install directory is elsewhere on this machine: in an output directory, or below another root. Paths
 * outside the install directory are looked up below the root.
 */
export function relocated(installDirectory: string, here: string, root: string): NodeFiles {
  const rootOf = (place: string): string => (isWithin(root, place) ? resolve(root) : '/');
  // Permissions of the directories above staged files say nothing about the node.
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
      const names = directory.kind === 'directory' ? namesIn(directory.path) : [];
      return new Map(names.map((name) => [name, fileAt(join(path, name))]));
    },
  };
}

/** A relative path starts at the working directory of the VM; the best guess is the current one. */
export function placeBelow(root: string, path: string): string {
  return path.startsWith('/') ? join(root, path) : resolve(path);
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Whether a path is a directory or below it. */
export function isWithin(directory: string, path: string): boolean {
  return relative(directory, path).split(sep)[0] !== '..';
}

/** The path without `.` and `..`, and each directory above it. */
export function placesAbove(path: string): readonly string[] {
  const places = [resolve(path)];
  for (const place of places) if (dirname(place) !== place) places.push(dirname(place));
  return places;
}

interface Link {
  readonly madeAt: number;
  /** Whether the path itself is the link, not a directory in it or a link behind it. */
  readonly isEnd: boolean;
}

/** Limit of the Linux kernel (`path_resolution(7)`). */
const MOST_LINKS = 40;

/** Resolves a path, with every symbolic link on the way: in its directories, the path itself, and links behind it. */
function resolved(path: string, root: string): { readonly real: string; readonly links: readonly Link[] } {
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

/** The directories above a path, from the nearest one up to the root. */
function directoriesAbove(path: string, root: string): readonly FoundDirectory[] {
  const directory = dirname(path);
  const { mode, uid, gid } = statSync(directory);
  const found = { path: directory, mode: mode & 0o7777, uid, gid };
  return directory === root || basename(path) === '' ? [found] : [found, ...directoriesAbove(directory, root)];
}

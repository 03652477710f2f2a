import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import type { FileAt, FilesIn, FoundDirectory, FoundFile } from '../model/installed/found-file';

/** What there is at a path of this machine. Nothing is a failure here: what is missing is found missing. */
export function fileOnDisk(path: string): FoundFile {
  const found = { path, parents: parentsOf(path) };
  try {
    const stats = statSync(path);
    const { mode, uid, gid, mtimeMs } = stats;
    const permissions = { mode: mode & 0o7777, uid, gid };
    if (stats.isDirectory()) return { ...found, kind: 'directory', bytes: NOTHING, permissions };
    // A pipe or a device might never end.
    if (!stats.isFile()) return { ...found, kind: 'unreadable', bytes: NOTHING };
    const links = linksOnTheWayTo(resolve(path)).map(({ madeAt, isEnd }) => ({ laterBy: madeAt - mtimeMs, isEnd }));
    return { ...found, kind: 'file', bytes: readFileSync(path), permissions, links };
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return { ...found, kind: isMissing ? 'missing' : 'unreadable', bytes: NOTHING };
  }
}

/** Of what cannot be looked at it is not known, and taken for no. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** How a node's paths are looked up. */
export interface NodeFiles {
  readonly fileAt: FileAt;
  readonly filesIn: FilesIn;
}

/**
 * The paths of a node whose directory, as it knows it, lies elsewhere here: in an output directory, or below another root. A path that the
 * directory does not hold is looked for below the root.
 */
export function relocated(installDirectory: string, directory: string, root: string): NodeFiles {
  const placeOf = (path: string): string => {
    if (!path.startsWith('/')) return resolve(path);
    const within = relative(installDirectory, path);
    return within.startsWith('..') ? join(root, path) : join(directory, within);
  };
  return {
    fileAt: (path) => fileOnDisk(placeOf(path)),
    filesIn: (path) => namesIn(placeOf(path)).map((name) => fileOnDisk(join(placeOf(path), name))),
  };
}

function namesIn(directory: string): readonly string[] {
  return fileOnDisk(directory).kind === 'directory' ? readdirSync(directory) : [];
}

const NOTHING = new Uint8Array();

interface Link {
  readonly madeAt: number;
  readonly isEnd: boolean;
}

/** The symbolic links that a path goes through: those in its directories, the one that it may be, and those behind it. */
function linksOnTheWayTo(path: string, isEnd = true): readonly Link[] {
  if (path === dirname(path)) return [];
  const above = linksOnTheWayTo(dirname(path), false);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink() !== true) return above;
  const target = resolve(dirname(path), readlinkSync(path));
  return [...above, { madeAt: stats.mtimeMs, isEnd }, ...linksOnTheWayTo(target, false)];
}

/** Of the file itself, where a link leads elsewhere. */
function parentsOf(path: string): readonly FoundDirectory[] {
  return directoriesUpFrom(dirname(realPath(path)));
}

function directoriesUpFrom(directory: string): readonly FoundDirectory[] {
  const stats = statSync(directory, { throwIfNoEntry: false });
  const above = directory === dirname(directory) ? [] : directoriesUpFrom(dirname(directory));
  if (stats === undefined) return above;
  return [{ path: directory, mode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid }, ...above];
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import type { FileAt, FilesIn, FoundDirectory, FoundFile } from '../model/installed/found-file';

/** What there is at a path of this machine. Nothing is a failure here: what is missing is found missing. */
export function fileOnDisk(path: string): FoundFile {
  const isLink = lstat(path)?.isSymbolicLink() ?? false;
  const found = { path, isLink, parents: parentsOf(path) };
  try {
    const { mode, uid, gid } = statSync(path);
    const permissions = { mode: mode & 0o7777, uid, gid };
    if (statSync(path).isDirectory()) return { ...found, kind: 'directory', bytes: NOTHING, permissions };
    return { ...found, kind: 'file', bytes: readFileSync(path), permissions };
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return { ...found, kind: isMissing ? 'missing' : 'unreadable', bytes: NOTHING };
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

function lstat(path: string): ReturnType<typeof lstatSync> | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
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

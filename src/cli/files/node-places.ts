import { basename, join, relative, resolve } from 'node:path';

import { isText, textOf } from '../../model/observed/files/found-file';
import type { FilePlace } from '../../model/platforms/reader';
import { fileOnDisk, isFile, isWithin, placeBelow, realPath } from './file-system';

/** Limit for files of flags and options. */
export const LARGEST_TEXT = 1024 * 1024;

/** Where a path of the caller is on this machine: below the root, if it is a path of the node. */
export function placeOf(path: string, root: string): string {
  const below = join(root, path);
  return !path.startsWith('/') || isWithin(root, path) || fileOnDisk(below).kind === 'missing' ? path : below;
}

/** The path by which the node knows a directory. */
export function nodePath(directory: string, root: string): string {
  return isWithin(resolve(root), directory) ? `/${relative(resolve(root), directory)}` : directory;
}

/** Where the files of a directory lie on the node, and what they include. A file that is missing on the node is looked for beside the others. */
export function filePlace(directory: string, root: string): FilePlace & { readonly paths: readonly string[] } {
  const paths: string[] = [];
  const included = (path: string): string | undefined => {
    const named = path.startsWith('/') ? placeBelow(root, path) : join(directory, path);
    const place = [named, join(directory, basename(path))].find(isFile);
    const file = place === undefined ? undefined : fileOnDisk(place);
    if (file?.kind !== 'file' || file.bytes.length > LARGEST_TEXT || !isText(file)) return undefined;
    paths.push(file.path);
    return textOf(file);
  };
  return { directory: nodePath(directory, root), included, paths };
}

/** Two directories with files of the same names. */
interface Places {
  readonly directory: string;
  /** The one that flags or options name. */
  readonly staged: string;
  /** The one for which the files in `directory` are read. */
  readonly installDirectory: string;
  readonly root: string;
}

/** Which files were read, in words. Absent if both directories are the same. */
export function readingOf({ directory, staged, installDirectory, root }: Places): string | undefined {
  if (realPath(placeBelow(root, staged)) === realPath(directory)) return undefined;
  return installDirectory === staged
    ? `read the files in ${directory} for those in ${staged}`
    : `read the files in ${staged}, and not those in ${directory} with the same names`;
}

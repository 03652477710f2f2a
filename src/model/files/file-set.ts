import { absolutePath } from '../cluster/absolute-path';
import { refuse } from '../errors';
import type { NodeFile } from './node-file';

/** What holds a private key is for its owner alone. */
export const SECRET_MODE = '0600';
/** Certificates and options are no secret; nobody but the owner may change them, since the option file is code to the VM. */
export const PUBLIC_MODE = '0644';

/** The files of a node: absolute paths, no path twice, and no key that others could read. */
export function fileSet(files: readonly NodeFile[]): readonly NodeFile[] {
  const seen = new Set<string>();
  for (const { path, mode, sensitive } of files) {
    absolutePath('file', path);
    if (seen.has(path)) refuse('file-written-twice', { subject: 'file', got: path });
    seen.add(path);
    checkMode(path, mode, sensitive);
  }
  return Object.freeze([...files]);
}

function checkMode(path: string, mode: string, sensitive: boolean): void {
  if (!/^0[0-7]{3}$/.test(mode)) refuse('file-mode-malformed', { subject: `mode of ${path}`, got: mode });
  const bits = parseInt(mode, 8);
  if (sensitive && (bits & 0o077) !== 0) refuse('key-readable-by-others', { subject: `mode of ${path}`, got: mode });
  if ((bits & 0o022) !== 0) refuse('file-writable-by-others', { subject: `mode of ${path}`, got: mode });
}

/** Files on a host. */
import { readFile } from 'node:fs/promises';

import type { Host } from './host';

/** A file for a host: its content, or where to read that on this system. */
export type HostFile = {
  /** Absolute path on the host. What is missing of its directory is made. */
  readonly path: string;
  /** Four octal digits. @default "0644" */
  readonly mode?: string;
  /** A user of the host. @default "root" */
  readonly owner?: string;
} & ({ readonly content: string } | { readonly sourcePath: string });

/** Puts a file there at once, by rename: no program sees half of it, or the wrong owner. */
export async function putFile(host: Host, file: HostFile): Promise<void> {
  const input = 'content' in file ? file.content : await readFile(file.sourcePath);
  await host.output('sh', ['-c', PUT, 'put', file.path, file.mode ?? '0644', file.owner ?? 'root'], { input });
}

const PUT = `
  set -eu
  mkdir -p "$(dirname "$1")"
  umask 077
  cat >"$1.new"
  chown "$3:" "$1.new"
  chmod "$2" "$1.new"
  mv "$1.new" "$1"
`;

/** Who could have seen a secret while Terraform ran. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { SshHost } from './ssh-hosts';

/** The directory in which an install script is while it runs. */
const CLOSED = /\/home\/deploy\/\.erlang-tls-[0-9a-f]{12}\/[a-z.]+$/;
const POLL_MS = 15;

/** Where secrets were seen. */
export interface Seen {
  /** Arguments of processes. */
  readonly arguments: readonly string[];
  /** Files that are not in a closed directory of the user. */
  readonly files: readonly string[];
  /** Files in such a directory: if there are none, nothing was watched. */
  readonly closed: readonly string[];
}

/** Looks again and again for one of the secrets while something happens. */
export async function watched<T>(
  {
    secrets,
    directories,
    hosts,
  }: { secrets: readonly string[]; directories: readonly string[]; hosts: readonly SshHost[] },
  happening: Promise<T>,
): Promise<{ result: T; seen: Seen }> {
  const [args, open, closed] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let isOver = false;
  const end = happening.finally(() => (isOver = true));
  const holds = (text: string): boolean => secrets.some((secret) => text.includes(secret));
  const watch = async (): Promise<void> => {
    while (!isOver) {
      for (const line of commandLines()) if (holds(line)) args.add(line);
      const files = [
        ...directories.flatMap((directory) => readdirSync(directory).map((name) => join(directory, name))),
        ...hosts.flatMap((host) => [...host.homeFiles(), ...host.temporaryFiles()]),
      ];
      for (const file of files.filter((path) => holds(textOf(path)))) (isClosed(file) ? closed : open).add(file);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  };
  const [result] = await Promise.all([end, watch()]);
  return { result, seen: { arguments: [...args], files: [...open], closed: [...closed] } };
}

function isClosed(file: string): boolean {
  try {
    return CLOSED.test(file) && (statSync(dirname(file)).mode & 0o077) === 0;
  } catch {
    // It is gone already.
    return CLOSED.test(file);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/** The arguments of all processes of this machine. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => textOf(join('/proc', pid, 'cmdline')));
}

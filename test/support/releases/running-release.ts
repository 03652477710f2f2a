/** The node of a release, started in the foreground by the release's own script. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { eventually } from '../programs/eventually';
import type { Release } from './release';

/** The start script ended before the application was up. */
export class ReleaseNotStarted extends Error {
  constructor(
    readonly status: number | null,
    readonly output: string,
  ) {
    super(`the release ended with ${status ?? 'no status'} while it started:\n${output}`);
    this.name = 'ReleaseNotStarted';
  }
}

/** A node that runs. */
export interface RunningRelease {
  readonly release: Release;
  readonly pid: number;
  /** Everything that it printed so far. */
  output(): string;
  /** Resolves once it has ended. */
  readonly exited: Promise<number | null>;
}

/** Starts a release and waits until its application says that it is up. */
export async function startRelease(release: Release, command: 'start' | 'foreground'): Promise<RunningRelease> {
  const child = spawn(release.script, [command], {
    cwd: release.directory,
    env: { ...release.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let status: number | null | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (output += text));
  }
  const exited = once(child, 'close').then(([code]) => (status = code as number | null));
  const end = await eventually(
    'the application is up',
    () => (output.includes(UP) ? 'up' : status === undefined ? undefined : 'ended'),
    START_DEADLINE_MS,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}:\n${output}`);
  });
  if (end === 'ended') throw new ReleaseNotStarted(status ?? null, output);
  return { release, pid: child.pid ?? 0, exited, output: () => output };
}

/** What the applications print. */
const UP = 'app is up\n';

/** A release starts in half a second on an idle machine. */
const START_DEADLINE_MS = 30_000;

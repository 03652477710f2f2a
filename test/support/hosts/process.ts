/** A process on a host that runs until it is stopped. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { endByDescendants } from '../processes/tree';
import { enter } from './run';

/** A started process and all that it started. */
export class HostProcess {
  /** Resolves with the status once it has ended, `null` where a signal ended it. */
  readonly exited: Promise<number | null>;

  private readonly child: ChildProcess;
  private readonly chunks: string[] = [];

  constructor(hostPid: number, command: string, args: readonly string[], env?: Readonly<Record<string, string>>) {
    this.child = enter(hostPid, command, args, env);
    this.child.stdin?.end();
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (chunk: string) => this.chunks.push(chunk));
    }
    this.exited = once(this.child, 'exit').then(([status]) => status as number | null);
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Everything that it printed so far. */
  log(): string {
    return this.chunks.join('');
  }

  /** Ends it and all that it started, at once, as a power failure would. A second call does nothing. */
  async kill(): Promise<void> {
    await endByDescendants(this.child);
  }
}

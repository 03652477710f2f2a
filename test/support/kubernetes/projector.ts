/** The kubelet's writer of Secret volumes, without a kubelet. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { marks } from '../../../scripts/bootstrap/ends-with.cjs';
import { eventually } from '../programs/eventually';
import { PROJECTOR } from '../programs/requires';
import { type ApiServer, NAMESPACE } from './api-server';

/** A volume of a pod. */
export interface Projection {
  /** Where a container sees it. */
  readonly directory: string;
  /** As in the specification of the pod. */
  readonly volume: object;
  /** That of the pod. */
  readonly fsGroup?: number;
}

/** Looks at the Secrets of its volumes once a second, where a kubelet does so once a minute. Call `stop`. */
export class Projector {
  private readonly program: ChildProcess;
  /** What went wrong. */
  said = '';

  constructor(
    server: ApiServer,
    private readonly projections: readonly Projection[],
  ) {
    const volumes = join(server.directory, 'volumes.json');
    writeFileSync(volumes, JSON.stringify(projections.map((one) => ({ ...one, namespace: NAMESPACE }))));
    const access = ['-server', server.address, '-ca', server.caFile, '-token-file', server.tokenFile('kubelet')];
    this.program = spawn(PROJECTOR, [...access, '-volumes', volumes, '-period', '1s'], {
      env: { HOME: server.directory, ...marks() },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.program.stderr?.on('data', (text: Buffer) => (this.said += text.toString()));
  }

  /** What each volume shows now: another name after each swap. */
  shown(): string[] {
    return this.projections.map(({ directory }) => shownIn(directory));
  }

  /** Returns once every volume has been swapped since then. */
  async swapped(before: readonly string[]): Promise<void> {
    await eventually(
      `the volumes are swapped (the projector says: ${this.said})`,
      () => this.shown().every((one, index) => one !== '' && one !== before[index]) || undefined,
      SWAP_MS,
    );
  }

  async stop(): Promise<void> {
    if (this.program.exitCode !== null || this.program.signalCode !== null) return;
    const ended = once(this.program, 'exit');
    this.program.kill('SIGKILL');
    await ended;
  }
}

const SWAP_MS = 30_000;

function shownIn(directory: string): string {
  try {
    return readlinkSync(join(directory, '..data'));
  } catch {
    return '';
  }
}

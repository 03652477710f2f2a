/** Releases with addresses, a cookie and a port mapper of their own, of which nothing is left at the end. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { marks } from '../../../scripts/bootstrap/ends-with.cjs';
import { freshPort } from '../erlang/addresses';
import { stopEpmd } from '../erlang/epmd';
import { processesWith, programOf } from '../processes/living';
import { buildRelease, cachedRelease, type ProjectFiles, type ReleaseKind } from './builds';
import { Release } from './release';
import { type RunningRelease, startRelease } from './running-release';
import type { ReleaseTools } from './tools';

/** Runs `body` with a fresh sandbox, then ends what it started and removes its files, also where `body` throws. */
export async function withReleases<T>(
  tools: ReleaseTools,
  kind: ReleaseKind,
  body: (sandbox: ReleaseSandbox) => Promise<T>,
): Promise<T> {
  const sandbox = new ReleaseSandbox(tools, kind, await freshPort());
  try {
    return await body(sandbox);
  } finally {
    await sandbox.stop();
  }
}

/** A place in which releases of one kind run. */
export class ReleaseSandbox {
  readonly directory = mkdtempSync(join(tmpdir(), 'erlang-release-'));
  readonly cookie = randomBytes(16).toString('hex');

  private installed = 0;

  constructor(
    private readonly tools: ReleaseTools,
    private readonly kind: ReleaseKind,
    /** Where the nodes and the tools look for epmd, which the first of them starts. */
    readonly epmdPort: number,
  ) {
    mkdirSync(this.home, { mode: 0o700 });
    writeFileSync(join(this.home, '.erlang.cookie'), this.cookie, { mode: 0o400 });
  }

  /** A copy of the release, for the node of that name; with files of its own in the project it is built anew. */
  async install(nodeName: string, files: ProjectFiles = {}): Promise<Release> {
    this.installed += 1;
    const directory = join(this.directory, String(this.installed));
    if (Object.keys(files).length > 0) await buildRelease(directory, this.kind, this.tools, files);
    else cpSync(await cachedRelease(this.kind, this.tools), directory, { recursive: true, verbatimSymlinks: true });
    return new Release(directory, this.environmentOf(nodeName));
  }

  /** Starts the node of a release in the foreground. */
  async start(release: Release): Promise<RunningRelease> {
    return startRelease(release, this.kind === 'elixir' ? 'start' : 'foreground');
  }

  /** Ends whatever was started here, whoever its parent is now; removes all files. */
  async stop(): Promise<void> {
    for (const pid of processesWith(MARK, this.directory)) if (programOf(pid) !== 'epmd') kill(pid);
    await stopEpmd(this.epmdPort);
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  private get home(): string {
    return join(this.directory, 'home');
  }

  private environmentOf(nodeName: string): Record<string, string> {
    const { erl } = this.tools.runtime;
    const shared = {
      ...marks(),
      PATH: this.tools.path,
      HOME: this.home,
      LANG: 'C.UTF-8',
      TERM: 'dumb',
      ERL_CRASH_DUMP_SECONDS: '0',
      ERL_EPMD_PORT: String(this.epmdPort),
      // The `escript` of an unpacked runtime looks for its `erl` where an installed system has it.
      ESCRIPT_EMULATOR: erl,
      [MARK]: this.directory,
    };
    // relx knows no variable for the name: the project's `vm.args.src` has one.
    if (this.kind === 'relx') return { ...shared, NODE: nodeName };
    return { ...shared, RELEASE_NODE: nodeName, RELEASE_DISTRIBUTION: 'name', RELEASE_COOKIE: this.cookie };
  }
}

/** In the environment of everything that a sandbox starts: which one that is. */
const MARK = 'RELEASE_HARNESS_DIRECTORY';

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

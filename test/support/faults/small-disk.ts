/** A file system of one directory that can become full, or read-only: a tmpfs in a mount namespace that ends with the test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

import { type ProgramResult, runProgram } from '../terraform';

/** Enough for whatever the tests write. */
const AMPLE = 4 * 1024 * 1024;

/** `cat` ends when its input does: with the test, however that ends. */
const MOUNT = 'mount -t tmpfs -o "size=$1,mode=0755" small "$0" && echo mounted && exec cat';

export class SmallDisk {
  /** The directory has to be there. Only programs that `run` starts see what is written to it. */
  static async at(directory: string): Promise<SmallDisk> {
    const holder = spawn('unshare', ['--mount', 'sh', '-c', MOUNT, directory, String(AMPLE)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [first] = (await Promise.race([once(holder.stdout, 'data'), once(holder, 'close')])) as unknown[];
    if (String(first) !== 'mounted\n') throw new Error(`nothing could be mounted at ${directory}`);
    return new SmallDisk(directory, holder);
  }

  private constructor(
    private readonly directory: string,
    private readonly holder: ChildProcess,
  ) {}

  /** Runs a program that sees the directory. */
  async run(
    command: readonly string[],
    { cwd = '/', env }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
  ): Promise<ProgramResult> {
    const namespace = `--mount=/proc/${this.holder.pid}/ns/mnt`;
    // Entering a namespace leads to its root.
    return runProgram('nsenter', [namespace, 'env', `--chdir=${cwd}`, ...command], { env });
  }

  /** From now on there is no room for one page more. */
  async fill(): Promise<void> {
    const used = await this.text(['df', '--block-size=1', '--output=used', this.directory]);
    await this.remount(`size=${/\d+/.exec(used)?.[0] ?? ''}`);
  }

  async enlarge(): Promise<void> {
    await this.remount(`size=${AMPLE}`);
  }

  async setReadOnly(isReadOnly: boolean): Promise<void> {
    await this.remount(isReadOnly ? 'ro' : 'rw');
  }

  /** What a program prints. Throws where it fails. */
  async text(command: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(command);
    if (exitCode !== 0) throw new Error(`${command.join(' ')} ended with ${exitCode}: ${stderr}`);
    return stdout;
  }

  /** Ends the namespace, and with it the mount. */
  async remove(): Promise<void> {
    if (this.holder.exitCode !== null) return;
    const closed = once(this.holder, 'close');
    this.holder.stdin?.end();
    await closed;
  }

  private async remount(options: string): Promise<void> {
    await this.text(['mount', '-o', `remount,${options}`, this.directory]);
  }
}

/** A machine with a real systemd as its first process: its units run, commands are run on it, and all of it goes with the test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { type CommandOptions, type CommandResult, failureOf, runOn } from '../hosts/run';
import { eventually } from '../programs/eventually';

/** A file that is there before the machine boots. */
export interface SeedFile {
  /** Absolute path on the machine. */
  readonly path: string;
  readonly content: string | Buffer;
  /** @default 0o644 */
  readonly mode?: number;
}

/** What a machine starts with. */
export interface MachineOptions {
  readonly hostname: string;
  readonly files?: readonly SeedFile[];
  /** Directories of this system that the machine can read. */
  readonly shared?: readonly string[];
}

/**
 * One machine. Its files are a layer over those of this system, and its network has nothing but a loopback, on which other programs can be started
 * (`beside`).
 */
export class Machine {
  /** Ready when systemd answers, which is before it has booted. Call `stop` in `afterAll`. */
  static async start({ hostname, files = [], shared = [] }: MachineOptions): Promise<Machine> {
    const seed = await mkdtemp(join(tmpdir(), 'machine-'));
    const all = [...files, { path: '/etc/hostname', content: `${hostname}\n` }];
    for (const { path, content, mode = 0o644 } of all) {
      await mkdir(dirname(join(seed, path)), { recursive: true });
      await writeFile(join(seed, path), content, { mode: 0o600 });
      await chmod(join(seed, path), mode);
    }
    const scripts = ['machine.sh', 'boot.sh'].map((name) => join(__dirname, name));
    const lab = spawn('unshare', ['--mount', '--net', 'sh', ...scripts, seed, ...shared], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // Nothing by which others end what this process has started: it ends by itself, after it has removed its group.
      env: { PATH: process.env.PATH },
      detached: true,
    });
    try {
      const machine = new Machine(lab, hostname, await readyPid(lab));
      await eventually('systemd answers', async () => {
        const { status } = await machine.run('systemctl', ['show', '--property=Version']);
        return status === 0 ? true : undefined;
      });
      return machine;
    } catch (error) {
      await end(lab);
      throw error;
    } finally {
      await rm(seed, { recursive: true, force: true });
    }
  }

  private constructor(
    private readonly lab: ChildProcess,
    readonly hostname: string,
    /** First process of the machine, as this system numbers it. */
    readonly pid: number,
  ) {}

  /** Arguments of `nsenter` for a program that runs on this system, but in the network of the machine. */
  get beside(): readonly string[] {
    return [`--net=/proc/${this.pid}/ns/net`];
  }

  /** Runs a command to its end as root, whatever its status is. */
  async run(command: string, args: readonly string[] = [], options: CommandOptions = {}): Promise<CommandResult> {
    return runOn(this.pid, command, args, options);
  }

  /** What a command that must succeed prints. */
  async output(command: string, args: readonly string[] = [], options: CommandOptions = {}): Promise<string> {
    const result = await this.run(command, args, options);
    if (result.status !== 0) throw failureOf(`${this.hostname}: ${command} ${args.join(' ')}`, result);
    return result.stdout;
  }

  /** What a line of shell prints. */
  async shell(script: string, options: CommandOptions = {}): Promise<string> {
    return this.output('sh', ['-euc', script], options);
  }

  /** Waits until systemd has started everything, and says how that went: `running`, or `degraded` if something failed. */
  async booted(): Promise<string> {
    const { stdout } = await this.run('systemctl', ['is-system-running', '--wait'], { deadlineMs: BOOT_DEADLINE_MS });
    return stdout.trim();
  }

  /** A property of a unit, such as `Result`. */
  async property(unit: string, name: string): Promise<string> {
    return (await this.output('systemctl', ['show', '--value', `--property=${name}`, unit])).trim();
  }

  /** What a unit has logged. */
  async journal(unit?: string): Promise<string> {
    const of = unit === undefined ? [] : [`--unit=${unit}`];
    return this.output('journalctl', ['--no-pager', '--output=cat', ...of]);
  }

  /** Ends all processes of the machine at once. A second call does nothing. */
  async stop(): Promise<void> {
    await end(this.lab);
  }
}

const BOOT_DEADLINE_MS = 90_000;

async function readyPid(lab: ChildProcess): Promise<number> {
  const said: string[] = [];
  for (const stream of [lab.stdout, lab.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => said.push(chunk));
  }
  return eventually(
    'a machine is ready',
    () => {
      const pid = /^ready (\d+)$/m.exec(said.join(''))?.[1];
      if (pid === undefined && lab.exitCode !== null) throw new Error(`no machine could be made:\n${said.join('')}`);
      return pid === undefined ? undefined : Number(pid);
    },
    READY_DEADLINE_MS,
  );
}

/** Takes half a second; a busy machine is allowed much more. */
const READY_DEADLINE_MS = 30_000;

async function end(lab: ChildProcess): Promise<void> {
  if (lab.exitCode !== null || lab.signalCode !== null) return;
  const exited = once(lab, 'exit');
  lab.stdin?.end();
  await exited;
}

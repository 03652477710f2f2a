/** One Erlang virtual machine as a child process, with a channel to evaluate expressions in it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { harnessDirectory } from './compiled';
import { ControlChannel } from './control-channel';
import type { Runtime } from './runtimes';

/** How to start a virtual machine. */
export interface VmOptions {
  readonly runtime: Runtime;
  /** Private to this machine: its HOME, its log. Must exist; whoever made it removes it. */
  readonly directory: string;
  /** The command line under test, after the harness's own flags. */
  readonly args: readonly string[];
  /** @default the private directory */
  readonly cwd?: string;
  /** On top of a clean environment: nothing of the caller's but PATH. */
  readonly env?: Readonly<Record<string, string>>;
  /** @default 30 s: a boot takes half a second, but test machines are shared */
  readonly bootDeadlineMs?: number;
}

/** How a virtual machine ended. */
export interface VmExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Options of one evaluation. */
export interface EvalOptions {
  /** @default 20 s: above the 7 s after which a distribution handshake is given up */
  readonly deadlineMs?: number;
}

/** The machine ended, or did not come up, before its control channel was there. */
export class BootFailed extends Error {
  constructor(
    readonly exit: VmExit | undefined,
    /** Everything that it printed. */
    readonly output: string,
  ) {
    const how =
      exit === undefined ? 'did not come up in time' : `ended with ${exit.signal ?? `status ${exit.code ?? '?'}`}`;
    super(`the Erlang VM ${how} while booting:\n${output}`);
    this.name = 'BootFailed';
  }
}

export { EvaluationFailed } from './control-channel';

/** A running virtual machine. */
export class ErlangVm {
  /** Resolves once it has ended, however that came. */
  readonly exited: Promise<VmExit>;
  /** File with everything that it printed. */
  readonly logFile: string;

  private constructor(
    private readonly child: ChildProcess,
    private readonly control: ControlChannel,
    private readonly output: readonly string[],
    options: VmOptions,
    exited: Promise<VmExit>,
  ) {
    this.logFile = logFile(options);
    this.exited = exited;
  }

  /** Starts a machine and waits until it answers. Throws BootFailed where it does not. */
  static async start(options: VmOptions): Promise<ErlangVm> {
    const child = launch(options);
    const exited = exitOf(child);
    const output = collectOutput(child, logFile(options));
    const control = new ControlChannel(child);
    const vm = new ErlangVm(child, control, output, options, exited);
    const state = await within(options.bootDeadlineMs ?? BOOT_DEADLINE_MS, Promise.race([control.ready, exited]));
    if (state === 'ready') return vm;
    await vm.stop();
    throw new BootFailed(state, vm.log());
  }

  get pid(): number {
    return pidOf(this.child);
  }

  /** The value of an expression, as Erlang writes it (`~0tp`). */
  async eval(expression: string, options: EvalOptions = {}): Promise<string> {
    return this.control.ask('term', expression, options.deadlineMs ?? EVAL_DEADLINE_MS);
  }

  /** The value of an expression that is text: a string, a binary, an iolist. */
  async evalText(expression: string, options: EvalOptions = {}): Promise<string> {
    return this.control.ask('text', expression, options.deadlineMs ?? EVAL_DEADLINE_MS);
  }

  /** Everything that it printed so far. */
  log(): string {
    return this.output.join('');
  }

  /** Ends the machine and what it started, at once, and waits until it is gone. A second call does nothing. */
  async stop(): Promise<VmExit> {
    killGroup(this.child);
    const exit = await this.exited;
    this.control.close(`the VM was stopped`);
    return exit;
  }
}

const BOOT_DEADLINE_MS = 30_000;
const EVAL_DEADLINE_MS = 20_000;

/** A process group of its own, so that port programs end with it. */
function launch(options: VmOptions): ChildProcess {
  const home = join(options.directory, 'home');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const ours = ['-noinput', '-pa', harnessDirectory(options.runtime), '-s', 'harness_control', 'start'];
  const child = spawn(options.runtime.erl, [...ours, ...options.args], {
    cwd: options.cwd ?? options.directory,
    env: { ...cleanEnvironment(home), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

function cleanEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: home,
    LANG: 'C.UTF-8',
    // No crash dump: a failed boot is a normal event here.
    ERL_CRASH_DUMP_SECONDS: '0',
  };
}

function collectOutput(child: ChildProcess, file: string): readonly string[] {
  const chunks: string[] = [];
  const log = createWriteStream(file, { flags: 'a' });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      chunks.push(chunk);
      log.write(chunk);
    });
  }
  child.once('close', () => log.end());
  return chunks;
}

function logFile(options: VmOptions): string {
  return join(options.directory, 'erl.log');
}

/** `close` comes after `exit`, once all output has arrived. */
async function exitOf(child: ChildProcess): Promise<VmExit> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal };
}

async function within<T>(deadlineMs: number, events: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), deadlineMs);
  });
  try {
    return await Promise.race([events, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the Erlang VM could not be started');
  return child.pid;
}

function killGroup(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-pidOf(child), 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The control channel ends the machines when this process dies; this is for those that are still booting. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach(killGroup));

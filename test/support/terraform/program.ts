import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import * as path from 'node:path';

/** What a finished program left behind. */
export interface ProgramResult {
  /** The command as one line, for messages. */
  readonly command: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment of the program. @default - that of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** The program and its children are killed after this time. @default 120000 */
  readonly timeoutMs?: number;
  /** Ends the program early, with the same effect as the timeout. */
  readonly signal?: AbortSignal;
  /** Called with each piece of standard output as it comes. */
  readonly onOutput?: (text: string) => void;
  /** Called once with the id of the process. */
  readonly onStart?: (pid: number) => void;
}

/** A program that has to be on the path is not there. */
export class MissingProgram extends Error {
  constructor(
    public readonly program: string,
    public readonly remedy: string,
  ) {
    super(`"${program}" is not on the PATH: ${remedy}`);
    this.name = 'MissingProgram';
  }
}

/** The program did not end in time, or was killed from outside. */
export class ProgramKilled extends Error {
  constructor(
    public readonly command: string,
    reason: string,
    output: string,
    public readonly timedOut: boolean,
  ) {
    super(`${command}: ${reason}\n${output}`);
    this.name = 'ProgramKilled';
  }
}

// Generous for one command on a busy two-core machine; a hang still ends within jest's patience.
const DEFAULT_TIMEOUT_MS = 120_000;

/** The absolute path of a program on the `PATH`, without running anything. */
export function findProgram(program: string): string | undefined {
  if (program.includes(path.sep)) {
    return isExecutable(program) ? path.resolve(program) : undefined;
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, program)).find(isExecutable);
}

/**
 * Run a program to its end.
 *
 * Every exit code is a result; only a program that is missing, hangs or is killed is an error.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<ProgramResult> {
  const command = [path.basename(program), ...args].join(' ');
  // Its own process group: Terraform starts providers, and killing the group ends those too.
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  endWithThisProcess(child);
  if (child.pid !== undefined) options.onStart?.(child.pid);

  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    options.onOutput?.(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));

  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child);
  }, timeoutMs);
  options.signal?.addEventListener('abort', () => killGroup(child), { once: true });

  try {
    const { code, signal } = await ended(child);
    if (code === null) {
      const reason = timedOut ? `did not end within ${timeoutMs} ms` : `was killed by ${signal}`;
      throw new ProgramKilled(command, reason, output.stdout + output.stderr, timedOut);
    }
    return { command, exitCode: code, ...output };
  } finally {
    clearTimeout(timer);
    running.delete(child);
  }
}

function ended(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

const running = new Set<ChildProcess>();
let watchingExit = false;

/**
 * A process group of its own does not get the terminal's Ctrl-C, so this process has to pass the end on. Within jest, `process` is a copy
 * whose events never come, and a process that is killed can do nothing more: see `endWithThisProcess` of `scripts/bootstrap`.
 */
function endWithThisProcess(child: ChildProcess): void {
  running.add(child);
  if (watchingExit) return;
  watchingExit = true;
  // Before the listeners that remove the directory that the programs write to.
  process.prependOnceListener('exit', killAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      killAll();
      // Other listeners end the process in their own time.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}

function killAll(): void {
  running.forEach(killGroup);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** An Erlang virtual machine as a child process: a clean environment, its output kept, nothing of it left at the end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { marks } from '../../../scripts/bootstrap/ends-with.cjs';
import { processesWith, programOf } from '../processes/living';
import { harnessDirectory } from './compiled';
import type { Runtime } from './runtimes';

/** How to start a virtual machine. */
export interface LaunchOptions {
  readonly runtime: Runtime;
  /** Private to this machine: its HOME, its log. Must exist; whoever made it removes it. */
  readonly directory: string;
  /** The command line under test, after the harness's own flags. */
  readonly args: readonly string[];
  /** @default the private directory */
  readonly cwd?: string;
  /** On top of a clean environment: nothing of the caller's but PATH. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a virtual machine ended. */
export interface VmExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A machine that was told to start. */
export interface Launched {
  readonly child: ChildProcess;
  /** Resolves once it has ended and all of its output has arrived. */
  readonly exited: Promise<VmExit>;
  /** What it printed so far. */
  readonly output: readonly string[];
  /** File with the same. */
  readonly logFile: string;
}

/** Starts a machine that will run `harness_control` when it has booted. */
export function launch(options: LaunchOptions): Launched {
  const home = join(options.directory, 'home');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const ours = ['-noinput', '-pa', harnessDirectory(options.runtime), '-s', 'harness_control', 'start'];
  const child = spawn(options.runtime.erl, [...ours, ...options.args], {
    cwd: options.cwd ?? options.directory,
    env: { ...cleanEnvironment(home), ...marks(), ...options.env, [MARK]: options.directory },
    // The last two are the control channel.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    // Ctrl-C is for the test run, which then stops the machine.
    detached: true,
  });
  cleanUpAfter(child, options.directory);
  const logFile = join(options.directory, 'erl.log');
  return { child, exited: exitOf(child), output: collectOutput(child, logFile), logFile };
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

function collectOutput(child: ChildProcess, logFile: string): readonly string[] {
  const chunks: string[] = [];
  writeFileSync(logFile, '');
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      chunks.push(chunk);
      appendFileSync(logFile, chunk);
    });
  }
  return chunks;
}

/** `close` comes after `exit`, once all output has arrived. Rejects where the program could not be started. */
async function exitOf(child: ChildProcess): Promise<VmExit> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal };
}

function cleanUpAfter(child: ChildProcess, directory: string): void {
  running.set(child, directory);
  child.once('exit', () => {
    running.delete(child);
    // A program that outlives the machine would also keep its output open, and `close` would not come.
    endPrograms(directory);
  });
}

/** In the environment of a machine, and so of all that it starts: which one that is. */
const MARK = 'ERLANG_HARNESS_DIRECTORY';

/** All but the port mapper, which nodes share: the cluster ends it. */
function endPrograms(directory: string): void {
  const programs = processesWith(MARK, directory).filter((pid) => programOf(pid) !== 'epmd');
  programs.forEach(kill);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The control channel ends a machine when this process dies. This is for those that are still booting. */
const running = new Map<ChildProcess, string>();
process.once('exit', () => [...running.values()].forEach(endPrograms));

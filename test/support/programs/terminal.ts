/** A shell command on a separate terminal, as a person would run it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

import { marks } from '../../../scripts/bootstrap/ends-with.cjs';
import { eventually } from './eventually';

/** Runs a command on a terminal, and ends it whatever happens. */
export async function onTerminal(
  command: string,
  env: Readonly<Record<string, string>>,
  body: (terminal: Terminal) => Promise<void>,
): Promise<void> {
  const terminal = new Terminal(command, env);
  try {
    await body(terminal);
  } finally {
    await terminal.close();
  }
}

/** A command that reads from and writes to a terminal. */
export class Terminal {
  /** What is to be seen so far, with the echo of what was typed. */
  output = '';
  private readonly child: ChildProcess;

  constructor(command: string, env: Readonly<Record<string, string>>) {
    this.child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: { ...marks(), ...env, TERM: 'xterm' },
      detached: true,
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => (this.output += text));
    }
  }

  type(text: string): void {
    this.child.stdin?.write(text);
  }

  /** Waits until it shows something of that form. */
  async says(expected: RegExp, deadlineMs = DEADLINE_MS): Promise<void> {
    try {
      await eventually(String(expected), () => (expected.test(this.output) ? true : undefined), deadlineMs);
    } catch (error) {
      throw new Error(`${String(error)} on a terminal that shows:\n${this.output}`);
    }
  }

  /** Ends the program behind the terminal with it: `script` is the leader of a session, and hangs up. */
  async close(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'close');
  }
}

/** A prompt on a remote node needs a second on an idle machine. */
const DEADLINE_MS = 30_000;

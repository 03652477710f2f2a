/** Ends programs at a moment that the test chooses, and shows which of their child processes remain. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { eventually } from '../programs/eventually';
import { processesMentioning } from './living';

/** When a program is ended, and how. */
export interface Ending {
  readonly signal: NodeJS.Signals;
  /** After it has said this, */
  readonly after: string;
  /** and so many milliseconds later. */
  readonly delayMs: number;
}

/** How a program ended: with a code, or by a signal. */
export type Ended = [code: number | null, signal: NodeJS.Signals | null];

/** Where a program runs that is to be ended. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Every process that inherits the environment is known by it. */
  readonly directory: string;
  /** @default - Node.js */
  readonly program?: string;
}

/**
 * Runs a script of Node, ends it alone, and waits until no process is left that knows the directory: give it as `TMPDIR`. Throws where one
 * stays.
 */
export async function endAt(
  args: readonly string[],
  { signal, after, delayMs }: Ending,
  { env, directory, program: name = process.execPath }: Surroundings,
): Promise<Ended> {
  const program = spawn(name, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(program, 'exit') as Promise<Ended>;
  let said = '';
  let isDue = false;
  const listen = (text: Buffer): void => {
    said += text.toString();
    if (isDue || !said.includes(after)) return;
    isDue = true;
    setTimeout(() => program.kill(signal), delayMs);
  };
  program.stdout.on('data', listen);
  program.stderr.on('data', listen);
  const how = await ended;
  if (!isDue) throw new Error(`ended before it said "${after}":\n${said}`);
  await expectNoProcess(directory);
  return how;
}

/** A program that is asked to end has some seconds, and one that was killed needs a moment to go. */
export async function expectNoProcess(directory: string): Promise<void> {
  await eventually(
    'nothing runs any more',
    () => (processesMentioning(directory).length === 0 ? true : undefined),
    DEADLINE_MS,
  );
}

const DEADLINE_MS = 30_000;

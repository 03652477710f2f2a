/** Commands that run to their end, with a deadline. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How a command is run. */
export interface CommandOptions {
  readonly cwd: string;
  /** All of the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** @default 60 s: a command starts a virtual machine of its own or two, which takes half a second each on an idle machine */
  readonly deadlineMs?: number;
}

/** What a command said. */
export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command. Past its deadline it is killed with all that it started, and the status is `null`. */
export async function runCommand(
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env, deadlineMs = DEADLINE_MS }: CommandOptions,
): Promise<CommandResult> {
  const child = spawn(program, args, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8');
    child[stream].on('data', (text: string) => (said[stream] += text));
  }
  const timer = setTimeout(() => killGroup(child.pid), deadlineMs);
  try {
    // `close` comes when all output has arrived. A port mapper that the command starts closes its own, as daemons do.
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, ...said };
  } finally {
    clearTimeout(timer);
  }
}

/** Runs a command that has to succeed. */
export async function mustRun(command: readonly [string, ...string[]], options: CommandOptions): Promise<string> {
  const { status, stdout, stderr } = await runCommand(command, options);
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status ?? 'no status'}:\n${stdout}${stderr}`);
  return stdout;
}

const DEADLINE_MS = 60_000;

/** The command leads its own process group. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A command on a host, run to its end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

import { endByDescendants } from '../processes/tree';

/** How to run a command. */
export interface CommandOptions {
  /** On top of a clean environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** For the command to read. @default nothing */
  readonly input?: string | Buffer;
  /** @default 60 s: the products' tools start a virtual machine each, and wait up to half that for a node */
  readonly deadlineMs?: number;
}

/** How a command ended. */
export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const DEADLINE_MS = 60_000;

/** Starts a command in all namespaces of a host. */
export function enter(
  pid: number,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const variables = Object.entries({ ...CLEAN_ENVIRONMENT, ...env }).map(([name, value]) => `${name}=${value}`);
  const host = ['--target', String(pid), '--mount', '--net', '--uts', '--ipc', '--pid'];
  return spawn('nsenter', [...host, 'env', '--ignore-environment', ...variables, command, ...args], { detached: true });
}

/** What a service manager gives, and no more. */
const CLEAN_ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  HOME: '/root',
};

/** Runs a command to its end. Throws, and ends it, where it takes too long. */
export async function runOn(
  pid: number,
  command: string,
  args: readonly string[],
  { env, input, deadlineMs = DEADLINE_MS }: CommandOptions,
): Promise<CommandResult> {
  const child = enter(pid, command, args, env);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  // A command that ends without reading is no fault here: its status says what is.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void endByDescendants(child);
  }, deadlineMs);
  const [status] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  const result = { status, stdout: stdout.join(''), stderr: stderr.join('') };
  if (isLate) throw failureOf(`not within ${deadlineMs} ms: ${command} ${args.join(' ')}`, result);
  return result;
}

/** An error that shows all that a command printed. */
export function failureOf(what: string, { status, stdout, stderr }: CommandResult): Error {
  return new Error(`${what}\nended with ${status ?? 'a signal'}\n${stdout}\n${stderr}`);
}

function collect(stream: NodeJS.ReadableStream | null): readonly string[] {
  const chunks: string[] = [];
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => chunks.push(chunk));
  return chunks;
}

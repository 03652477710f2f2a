/** Terraform, ended in the middle of an apply with everything that it started. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { eventually } from '../programs/eventually';
import { prepareProviders, terraformEnvironment, terraformProgram } from '../terraform';

/** When to kill. */
export interface KillPoint {
  /** After so many of Terraform's messages that a resource begins or ends to change. */
  readonly event: number;
  /** And so many milliseconds later. */
  readonly delayMs: number;
}

/** What came of it. */
export interface KilledApply {
  /** False where Terraform was done before. */
  readonly wasKilled: boolean;
  /** The messages that resources begin or end to change. */
  readonly events: readonly string[];
  readonly output: string;
}

/** Runs an apply in the directory, and kills it with all of its providers at that point. */
export async function killApply(directory: string, point?: KillPoint): Promise<KilledApply> {
  const child = spawn(terraformProgram(), ['apply', '-input=false', '-auto-approve', '-no-color'], {
    cwd: directory,
    // Providers that are killed leave their sockets.
    env: terraformEnvironment((await prepareProviders()).env, { TMPDIR: directory }),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, which the providers are in too.
    detached: true,
  });
  const group = -(child.pid ?? 0);
  let output = '';
  let timer: NodeJS.Timeout | undefined;
  const heard = (text: string): void => {
    output += text;
    if (point === undefined || timer !== undefined || eventsIn(output).length < point.event) return;
    timer = setTimeout(() => endGroup(group), point.delayMs);
  };
  child.stdout.setEncoding('utf8').on('data', heard);
  child.stderr.setEncoding('utf8').on('data', heard);
  const deadline = setTimeout(() => endGroup(group), DEADLINE_MS);
  const [status, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(timer);
  clearTimeout(deadline);
  await eventually('everything that Terraform started has ended', () => (isGone(group) ? true : undefined));
  if (signal === null && status !== 0) throw new Error(`terraform apply ended with ${status}\n${output}`);
  if (signal !== null && timer === undefined) throw new Error(`terraform apply took too long\n${output}`);
  return { wasKilled: signal !== null, events: eventsIn(output), output };
}

/** An apply takes a second. */
const DEADLINE_MS = 60_000;

function eventsIn(output: string): readonly string[] {
  return (
    output.match(/^\S+: (?:Creating\.\.\.|Creation complete|Modif\w+|Destroying\.\.\.|Destruction complete).*\n/gm) ??
    []
  );
}

/** `ESRCH`: there is no process in it. */
function isGone(group: number): boolean {
  try {
    process.kill(group, 0);
    return false;
  } catch {
    return true;
  }
}

function endGroup(group: number): void {
  try {
    process.kill(group, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

/** Processes and their descendants, as Linux says it. */
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

import { eventually } from '../eventually';

/**
 * Ends all that came from a process, and so that process, at once. Daemons, which have left their parents, are not among
 * them. The process itself is left to see its child's end: without it, a dead child from another process namespace would
 * wait for the first process of this system to take leave of it, and its namespace with it.
 */
export async function endByDescendants(child: ChildProcess): Promise<void> {
  await eventually(`process ${child.pid ?? '?'} ends with what it started`, () => {
    if (child.exitCode !== null || child.signalCode !== null) return true;
    // Again and again: meanwhile another may have been started.
    descendantsOf(child.pid ?? NO_PROCESS).forEach(kill);
    return undefined;
  });
}

const NO_PROCESS = -1;

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function descendantsOf(pid: number): readonly number[] {
  const parents = parentOfEach();
  const childrenOf = (parent: number): number[] =>
    [...parents].filter(([, one]) => one === parent).flatMap(([child]) => [child, ...childrenOf(child)]);
  return childrenOf(pid);
}

function parentOfEach(): ReadonlyMap<number, number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(pids.map((pid) => [Number(pid), parentOf(pid)]));
}

/** `NO_PROCESS` where the process is gone. */
function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // State and parent follow the name, which stands in parentheses and may hold anything.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return NO_PROCESS;
  }
}

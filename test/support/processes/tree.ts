/** Processes and their descendants, as Linux says it. */
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

import { eventually } from '../programs/eventually';

/**
 * Ends all that came from a process, and so that process, at once. Daemons, which have left their parents, are not among
 * them. The process itself is left to see its child's end: without it, a dead child from another process namespace would
 * wait for the first process of this system to take leave of it, and its namespace with it.
 *
 * All are halted before any is ended: whatever one starts while its end is on the way would have no parent to be found by.
 */
export async function endByDescendants(child: ChildProcess): Promise<void> {
  const asked = new Set<number>();
  const halted = new Set<number>();
  await eventually(`process ${child.pid ?? '?'} ends with what it started`, () => {
    if (child.exitCode !== null || child.signalCode !== null) return true;
    const found = descendantsOf(child.pid ?? NO_PROCESS);
    // Processes that were halted before this listing have started nothing since, so the listing is complete.
    if (found.every(({ pid }) => halted.has(pid))) end(child, found);
    for (const { pid, state } of found) {
      if (asked.has(pid) && HALTED.test(state)) halted.add(pid);
      signal(pid, 'SIGSTOP');
      asked.add(pid);
    }
    return undefined;
  });
}

/** `nsenter` halts itself when its child is halted, and sees its end only when it goes on. */
function end(child: ChildProcess, descendants: readonly Process[]): void {
  descendants.forEach(({ pid }) => signal(pid, 'SIGKILL'));
  signal(child.pid ?? NO_PROCESS, 'SIGCONT');
}

const NO_PROCESS = -1;

/** Stopped, traced while stopped, dead; or waiting for a child of vfork(2), which is halted itself: see proc(5). */
const HALTED = /^[TtZXD]$/;

interface Process {
  readonly pid: number;
  readonly state: string;
  readonly parent: number;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function descendantsOf(pid: number): readonly Process[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? processOf(Number(name)) : []));
  const childrenOf = (parent: number): readonly Process[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...childrenOf(one.pid)]);
  return childrenOf(pid);
}

/** Absent if the process has ended. */
function processOf(pid: number): readonly Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // State and parent follow the name, which stands in parentheses and may hold anything.
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [{ pid, state, parent: Number(parent) }];
  } catch {
    return [];
  }
}

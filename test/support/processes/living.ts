/** Which processes live, and whose they are, as Linux says it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * The living processes that inherited an environment variable. Erlang gives each program that it starts a session of its
 * own, and one whose machine has died has lost its parent as well: what it keeps is the environment.
 */
export function processesWith(variable: string, value: string): readonly number[] {
  const wanted = `${variable}=${value}`;
  return allProcesses().filter((pid) => isAlive(pid) && environmentOf(pid).includes(wanted));
}

/** The living processes whose environment or command line has this text. */
export function processesMentioning(text: string): readonly number[] {
  return allProcesses().filter(
    (pid) => isAlive(pid) && (read(pid, 'environ').includes(text) || read(pid, 'cmdline').includes(text)),
  );
}

/** Whether a process runs: a dead one whose parent has not looked yet still has an entry. */
export function isAlive(pid: number): boolean {
  const stat = read(pid, 'stat');
  // The state follows the name, which stands in parentheses and may hold anything.
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  return state !== '' && state !== 'Z' && state !== 'X';
}

/** The name of the program that a process runs. */
export function programOf(pid: number): string {
  return read(pid, 'comm').trim();
}

function allProcesses(): readonly number[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function environmentOf(pid: number): readonly string[] {
  return read(pid, 'environ').split('\0');
}

/** Absent if the process has ended or belongs to another user. */
function read(pid: number, file: 'cmdline' | 'comm' | 'environ' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

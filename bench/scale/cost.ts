/** What a program costs, with all that it starts: Terraform's providers are its children. Reads `/proc`, so it needs Linux. */
import { readFileSync } from 'node:fs';

import type { Cost } from './results';

/** What is left of a program by which its memory can be watched. */
type Start = (onStart: (pid: number) => void) => Promise<void>;

/** The cost of a program that `start` starts and waits for. Nothing else may be started meanwhile. */
export async function costOf(start: Start): Promise<Cost> {
  const processorBefore = processorSecondsOfChildren();
  const wallBefore = performance.now();
  const memory = new PeakMemory();
  try {
    await start((pid) => memory.watch(pid));
  } finally {
    memory.stop();
  }
  return {
    processorSeconds: rounded(processorSecondsOfChildren() - processorBefore),
    wallSeconds: rounded((performance.now() - wallBefore) / 1000),
    peakMegabytes: Math.round(memory.peakKilobytes / 1024),
  };
}

/** Linux shows times to programs in this unit, whatever it counts in. */
const TICKS_PER_SECOND = 100;

/**
 * User and system time of all children that have ended and were waited for, with the children that they waited for themselves: fields 16
 * and 17 of proc_pid_stat(5).
 */
export function processorSecondsOfChildren(): number {
  const [, fields = ''] = /^.*\) (.*)$/s.exec(readFileSync('/proc/self/stat', 'utf8')) ?? [];
  const [user, system] = fields.split(' ').slice(13, 15).map(Number) as [number, number];
  return (user + system) / TICKS_PER_SECOND;
}

const POLL_MS = 50;

/** The kernel remembers the peak, so all but the last moments of a process count. */
class PeakMemory {
  peakKilobytes = 0;
  private timer?: NodeJS.Timeout;

  watch(pid: number): void {
    this.timer = setInterval(() => this.look(pid), POLL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(pid: number): void {
    try {
      const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      this.peakKilobytes = Math.max(this.peakKilobytes, Number(kilobytes ?? 0));
    } catch {
      // It has ended.
    }
  }
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}

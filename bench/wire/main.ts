/**
 * How fast distribution is with the library's default, with what the two documents say, over plain TCP, and with what could be set instead:
 * real nodes of every Erlang of this machine, side by side. Each group of configurations takes a minute or two on each release, and is written to
 * `bench/results/wire.json` and `docs/performance.md` when it is measured.
 *
 *   npm run bench:distribution
 *   npm run bench:distribution -- --otp=27 --group=buffers --rounds=20
 *
 * Needs `erl` and `openssl`; scripts/runtimes/erlang-runtimes.sh brings more releases.
 */
import { readFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { table } from '../../scripts/demo/output';
import { availableRuntimes } from '../../test/support/erlang';
import { isUsable, type Program, remedy } from '../../test/support/programs/requires';
import { writePerformancePage } from '../page';
import { readResults, writeResults } from '../results-file';
import { GROUPS } from './configurations';
import type { Effort } from './pair';
import { type Measure, MEASURES, type Slice, type WireResults, withSlice } from './results';
import { measureGroup } from './sweep';

const RESULTS = join(__dirname, '..', 'results', 'wire.json');

/** Loads long enough for some calls also where they are slow, and rounds enough for what the machine does meanwhile. */
const EFFORT: Effort = { loadMs: 150, fleets: 2, rounds: 10, memories: 4 };

void main();

async function main(): Promise<void> {
  const missing = (['erl', 'openssl'] satisfies Program[]).filter((program) => !isUsable(program));
  if (missing.length > 0) {
    console.error(`Missing: ${remedy(missing)}`);
    process.exitCode = 1;
    return;
  }
  const { values } = parseArgs({
    options: { otp: { type: 'string' }, group: { type: 'string' }, rounds: { type: 'string' } },
  });
  const runtimes = availableRuntimes().filter(({ otp }) => values.otp === undefined || String(otp) === values.otp);
  const groups = GROUPS.filter(({ name }) => values.group === undefined || name === values.group);
  if (runtimes.length === 0 || groups.length === 0) {
    const known = `--otp: ${availableRuntimes()
      .map(({ otp }) => otp)
      .join(', ')}; --group: ${GROUPS.map(({ name }) => name).join(', ')}`;
    console.error(`Nothing to measure. There are ${known}`);
    process.exitCode = 1;
    return;
  }
  for (const group of groups) {
    for (const runtime of runtimes) {
      const slice = await measureGroup(runtime, group, { ...EFFORT, rounds: Number(values.rounds ?? EFFORT.rounds) });
      record(slice);
      console.log(text(slice));
    }
  }
}

function record(slice: Slice): void {
  const known = readResults(RESULTS) as WireResults | undefined;
  writeResults(RESULTS, { machine: machine(), slices: withSlice(known?.slices ?? [], slice) } satisfies WireResults);
  writePerformancePage();
}

function machine(): WireResults['machine'] {
  const kernelTls = readFileSync('/proc/sys/net/ipv4/tcp_available_ulp', 'utf8').split(/\s+/).includes('tls');
  return { cores: cpus().length, kernel: release(), kernelTls };
}

function text({ group, version, load, rounds, rows, skipped }: Slice): string {
  const measures = Object.keys(rows[0]?.figures ?? {}) as Measure[];
  const head = measures.flatMap((measure) => [measure, MEASURES[measure], 'processor']);
  const body = rows.map(({ name, figures, memory }) => [
    name,
    ...measures.flatMap((measure) => {
      const figure = figures[measure];
      if (figure === undefined) return ['', '', ''];
      const { rate, rateRatio, cpuRatio } = figure;
      return [rateRatio.median.toFixed(2), rate.toFixed(0), cpuRatio.median.toFixed(2)];
    }),
    ...(memory === undefined ? [] : [`${megabytes(memory.peak)} to ${megabytes(memory.highestPeak)}`]),
  ]);
  const without = Object.entries(skipped).map(([name, reason]) => `  without ${name}: ${reason}`);
  return [
    `\nOTP ${version}, ${group}: ${rounds} rounds, load ${load}`,
    table(['', ...head, ...(rows[0]?.memory === undefined ? [] : ['memory, MB'])], body),
    ...without,
  ].join('\n');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

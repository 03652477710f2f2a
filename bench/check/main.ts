// How long the command line tool takes for many nodes: `npm run bench:check -- 1000 10000`. Writes bench/results/check.json, and the page.
//
// Terraform is not needed: the inputs are made here. A time is the processor time of one process, which other work on the machine hardly changes.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

import { ownDirectory } from '../../scripts/demo/own-directory';
import { writePerformancePage } from '../page';
import { writeResults } from '../results-file';
import { ManyNodes, type Way, WAYS } from './inputs';
import { checkSection } from './page';
import type { CheckResults, CheckRow } from './results';

const CHECKOUT = join(__dirname, '../..');
const RESULTS = join(CHECKOUT, 'bench/results/check.json');

/** Node has no longer texts: a plan with the scripts of more nodes is none. */
const MOST_IN_PLAN = 3000;

// A synth with source maps takes several times as long.
process.setSourceMapsEnabled(false);

const directory = ownDirectory('bench-check');

const sizes = process.argv.slice(2).map(Number);
if (!sizes.every((size) => Number.isInteger(size) && size > 0))
  throw new Error('sizes are numbers of nodes, such as 1000');
const rows = (sizes.length === 0 ? [100, 1000, 10_000] : sizes).flatMap((size) =>
  WAYS.flatMap((way) => measured(way, size)),
);
const results: CheckResults = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cores: cpus().length,
  rows,
};
writeResults(RESULTS, results);
writePerformancePage();
console.log(`\n${checkSection(results)}`);

function measured(way: Way, nodes: number): CheckRow[] {
  const many = new ManyNodes(nodes, way);
  const path = (name: string): string => join(directory, `${name} ${way} ${nodes}`);
  const files = path('out');
  many.writeFiles(files);
  const ofFiles = [run({ command: 'check', way, nodes }, ['check', files])];
  rmSync(files, { recursive: true });
  if (nodes > MOST_IN_PLAN) return ofFiles;
  const [plan, state] = [path('plan'), path('state')];
  writeFileSync(plan, many.planJson());
  writeFileSync(state, many.stateJson());
  return [
    ...ofFiles,
    run({ command: 'check-plan', way, nodes }, ['check-plan', plan]),
    run({ command: 'report --state', way, nodes }, ['report', `--state=${state}`]),
  ];
}

function run(what: Pick<CheckRow, 'command' | 'way' | 'nodes'>, args: readonly string[]): CheckRow {
  const start = performance.now();
  const { status, output } = spawnSync(
    process.execPath,
    ['--require', join(__dirname, 'measured.cjs'), join(CHECKOUT, 'lib/cli/main.js'), ...args],
    { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], encoding: 'utf8', maxBuffer: 1024 ** 3 },
  );
  const [, out, err, usage] = output.map((text) => text ?? '');
  // Nothing is wrong with these nodes: another answer would be that of another check.
  if (status !== 0)
    throw new Error(`${what.command} of ${what.nodes} nodes: exit code ${status}\n${err}${out?.slice(0, 2000)}`);
  const row = {
    ...what,
    ...(JSON.parse(usage ?? '') as Pick<CheckRow, 'processor' | 'megabytes'>),
    wall: (performance.now() - start) / 1000,
  };
  const said = `${row.processor.toFixed(2)} s, ${Math.round(row.megabytes)} MB`;
  console.log(`${row.command} of ${row.nodes} nodes, ${row.way}: ${said}`);
  return row;
}

// How much longer synthesizing a TlsCluster takes than the same resources written by hand: `npm run bench`.
//
// Rounds of both, one after the other and in turn, so that a busy moment of the machine hits both. The ratio is the result; times are told
// for orientation. Ends with status 1 where the ratio for 100 nodes is above the limit.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

import { table } from '../scripts/demo/output';
import { resourcesOf } from './configuration';
import { declare, type Way } from './stacks';
import { median, medianRatio } from './statistics';

const WAYS: readonly [Way, Way] = ['TlsCluster', 'by hand'];

/** What the project allows itself over resources written by hand, for this many nodes. */
const LIMIT = { ratio: 1.15, nodes: 100 };

/** Terraform's time grows with the resources. In the local-files delivery: key, request, certificate and four files. */
const RESOURCES_PER_NODE = 7;

const SERIES = [
  { nodes: 100, rounds: 31, processes: 15 },
  { nodes: 1000, rounds: 9, processes: 5 },
];

/** Before these, V8 has not compiled what it will compile. */
const WARM_UP_ROUNDS = 5;

// The package is plain JavaScript. With source maps on, as for this TypeScript, every token that CDKTF makes costs several times as much.
process.setSourceMapsEnabled(false);

const [mode, way, nodes] = process.argv.slice(2);
if (mode === '--once') console.log(synthesize(way as Way, Number(nodes)));
else compare();

function compare(): void {
  checkResources(LIMIT.nodes);
  console.log(
    `Node ${process.version}, ${cpus().length} cores. Processor time for construct and synth with validations, medians in ms.\n`,
  );
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) WAYS.forEach((one) => synthesize(one, LIMIT.nodes));
  const rows = SERIES.flatMap(({ nodes: count, rounds, processes }) => [
    measure(`${count}, one process, ${rounds} rounds`, count, rounds, synthesize),
    measure(`${count}, a process each, ${processes} rounds`, count, processes, inProcess),
  ]);
  console.log(table(['nodes', ...WAYS, 'ratio', 'least', 'most'], rows.map(showRow)));

  const worst = Math.max(...rows.filter(({ count }) => count === LIMIT.nodes).map(({ ratio }) => ratio));
  const isWithin = worst <= LIMIT.ratio;
  console.log(
    `\n${worst.toFixed(3)} is ${isWithin ? 'within' : 'ABOVE'} the limit of ${LIMIT.ratio} for ${LIMIT.nodes} nodes.`,
  );
  process.exitCode = isWithin ? 0 : 1;
}

interface Row {
  readonly label: string;
  readonly count: number;
  readonly times: readonly [number[], number[]];
  readonly ratio: number;
}

function measure(label: string, count: number, rounds: number, run: (one: Way, count: number) => number): Row {
  const times: readonly [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    // In turn: whoever comes second finds warmer caches and a fuller heap.
    const order = round % 2 === 0 ? [0, 1] : [1, 0];
    for (const index of order as (0 | 1)[]) times[index].push(run(WAYS[index], count));
  }
  return { label, count, times, ratio: medianRatio(...times) };
}

function showRow({ label, times: [ours, byHand], ratio }: Row): string[] {
  const ratios = ours.map((time, round) => time / (byHand[round] ?? NaN));
  return [
    label,
    ...[ours, byHand].map((times) => median(times).toFixed(1)),
    ...[ratio, Math.min(...ratios), Math.max(...ratios)].map((value) => value.toFixed(3)),
  ];
}

/**
 * Milliseconds for constructing and synthesizing in this process: of the processor, since both work without waiting, and what else the
 * machine does must not count.
 */
function synthesize(one: Way, count: number): number {
  return inDirectory((directory) => {
    const start = process.cpuUsage();
    declare(one, count, directory).synth();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
}

/** The same in a fresh process, with nothing compiled yet; loading modules is not counted. */
function inProcess(one: Way, count: number): number {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...process.execArgv, __filename, '--once', one, String(count)],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the measuring process failed:\n${stderr}`);
  return Number(stdout);
}

/** A comparison with anything but the same resources would say nothing. */
function checkResources(count: number): void {
  const [ours, byHand] = WAYS.map((one) => declared(one, count)) as [string[], string[]];
  const other = ours.find((resource, index) => resource !== byHand[index]);
  if (other !== undefined || ours.length !== byHand.length) {
    throw new Error(`bench/stacks.ts does not declare what TlsCluster does; the first difference is at ${other}`);
  }
  const perNode = (ours.length - declared('TlsCluster', 1).length) / (count - 1);
  console.log(`${perNode} resources a node, with the same attributes both ways.`);
  if (perNode > RESOURCES_PER_NODE) throw new Error(`at most ${RESOURCES_PER_NODE} resources a node are allowed`);
}

function declared(one: Way, count: number): string[] {
  return inDirectory((directory) => resourcesOf(declare(one, count, directory), directory));
}

function inDirectory<T>(body: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'erlang-tls-bench-'));
  try {
    return body(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

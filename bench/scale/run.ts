/** Which measurements are taken: a small series for CI, or all of them into a file. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';

import { version as cdktf } from 'cdktf/package.json';

import { mustSucceed, type ProviderSource, runTerraform, terraformEnvironment } from '../../test/support/terraform';
import { readResults, writeResults } from '../results-file';
import { deploy, StackOfNodes, type Surroundings } from './deployment';
import {
  type Backend,
  BY_HAND,
  type Deployment,
  type Edit,
  EDITS,
  type Machine,
  RUNTIMES,
  type ScaleResults,
  type Synth,
} from './results';
import { type DeliveredFile, differences, filesIn } from './same-files';
import { DELIVERIES } from './stacks.cjs';
import { compareSynths } from './synthesis';

const CHECKOUT = resolve(__dirname, '../..');

export const RESULTS = join(CHECKOUT, 'bench/results/scale.json');

/** What a run needs beside its measurements. */
export interface Run {
  readonly providers: ProviderSource;
  /** For everything that is written and not kept. */
  readonly directory: string;
  /** For each command of Terraform. */
  readonly deadlineSeconds: number;
  readonly say: (line: string) => void;
}

/** All ways have to bring the same files, at first and in a rollover. */
export async function checkSameFiles(run: Run): Promise<void> {
  const edits: readonly Edit[] = ['from nothing', 'one rollover step'];
  const byHand = await filesAfterEach(BY_HAND, edits, run);
  for (const way of DELIVERIES) {
    const ours = await filesAfterEach(way, edits, run);
    const different = edits.flatMap((edit, index) =>
      differences(byHand[index] ?? NO_FILES, ours[index] ?? NO_FILES).map((line) => `${edit}, ${line}`),
    );
    if (different.length > 0) {
      throw new Error(`bench/scale/stacks.cjs: "${way}" does not bring the files by hand:\n${different.join('\n')}`);
    }
  }
  run.say(`${byHand[0]?.size} files are the same in each way, at first and in a rollover`);
}

const NO_FILES: ReadonlyMap<string, DeliveredFile> = new Map();
const FEW_NODES = 2;

async function filesAfterEach(
  way: string,
  edits: readonly Edit[],
  run: Run,
): Promise<ReadonlyMap<string, DeliveredFile>[]> {
  const stack = await StackOfNodes.create(way, FEW_NODES, 'local', place(run));
  const found: ReadonlyMap<string, DeliveredFile>[] = [];
  try {
    for (const edit of edits) {
      await stack.plan(edit);
      await stack.apply(edit);
      found.push(filesIn(stack.output));
    }
  } finally {
    await stack.close();
  }
  if (found.some(({ size }) => size === 0)) throw new Error(`"${way}" has no files`);
  return found;
}

/** Enough to see whether the aims are missed, in one or two minutes. */
export async function measureSmall(run: Run): Promise<ScaleResults> {
  const synths: Synth[] = [];
  for (const runtime of RUNTIMES) {
    synths.push(
      ...(await compareSynths(DELIVERIES, { nodes: 100, runtime, rounds: 5, directory: place(run).directory })),
    );
  }
  const ours = DELIVERIES.at(-1) ?? '';
  const stack = (way: string, nodes: number): Promise<StackOfNodes> =>
    StackOfNodes.create(way, nodes, 'http', place(run));
  const fewer = await deploy([await stack(ours, 25)], ['from nothing'], run.say);
  const compared = await deploy(
    [await stack(BY_HAND, 100), await stack(ours, 100)],
    ['from nothing', 'no change'],
    run.say,
  );
  return { machine: await thisMachine(run), synths, deployments: [...fewer, ...compared] };
}

/** What the whole run measures. */
export interface Extent {
  readonly sizes: readonly number[];
  readonly backends: readonly Backend[];
  /** Keeps what the file has of this machine and of this package. */
  readonly isResumed: boolean;
}

/** Writes each result to the file as soon as it is there. */
export async function measureAll(run: Run, { sizes, backends, isResumed }: Extent): Promise<ScaleResults> {
  const machine = await thisMachine(run);
  const before = isResumed ? (readResults(RESULTS) as ScaleResults | undefined) : undefined;
  const isSame = JSON.stringify(before?.machine) === JSON.stringify(machine);
  if (before !== undefined && !isSame)
    throw new Error(`${RESULTS} is of another machine or package: run without --resume`);
  let results: ScaleResults = before ?? { machine, synths: [], deployments: [] };
  const record = (synths: readonly Synth[], deployments: readonly Deployment[]): void => {
    results = {
      machine,
      synths: [...results.synths, ...synths].sort(byNodes),
      deployments: [...results.deployments, ...deployments].sort(byNodes),
    };
    writeResults(RESULTS, results);
  };

  for (const nodes of sizes) {
    for (const runtime of RUNTIMES) {
      if (results.synths.some((one) => one.nodes === nodes && one.runtime === runtime)) continue;
      const rounds = nodes > 300 ? 5 : 9;
      run.say(`${nodes} nodes: synth, ${rounds} rounds, ${runtime}`);
      record(await compareSynths(DELIVERIES, { nodes, runtime, rounds, directory: place(run).directory }), []);
    }
    for (const backend of backends) {
      for (const way of [BY_HAND, ...DELIVERIES]) {
        const isThere = (one: Deployment): boolean => one.nodes === nodes && one.backend === backend && one.way === way;
        if (results.deployments.some(isThere)) continue;
        record([], await deploy([await StackOfNodes.create(way, nodes, backend, place(run))], EDITS, run.say));
      }
    }
  }
  return results;
}

/** What is equal stays in its order. */
function byNodes(one: { nodes: number }, other: { nodes: number }): number {
  return one.nodes - other.nodes;
}

let places = 0;

/** A directory for one stack, with a name as long as the others: it is part of each file name. */
function place({ providers, directory, deadlineSeconds }: Run): Surroundings {
  places += 1;
  const own = join(directory, String(places).padStart(4, '0'));
  mkdirSync(own);
  return { providers, deadlineSeconds, directory: own };
}

async function thisMachine({ providers }: Run): Promise<Machine> {
  const { stdout } = mustSucceed(
    await runTerraform(['version', '-json'], { env: terraformEnvironment(providers.env) }),
  );
  const stamp = join(CHECKOUT, 'lib/.sources.sha256');
  if (!existsSync(stamp)) throw new Error('there is no compiled package: npm run build');
  return {
    node: process.versions.node,
    terraform: (JSON.parse(stdout) as { terraform_version: string }).terraform_version,
    cdktf,
    providers: providers.kind,
    cores: availableParallelism(),
    library: readFileSync(stamp, 'utf8').slice(0, 12),
  };
}

/** Runs `synth.cjs`, in a fresh process each time, as a user's program runs. */
import { statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';

import { mustSucceed, runProgram } from '../../test/support/terraform';
import { median, medianRatio } from '../statistics';
import { BY_HAND, type Runtime, type Synth, type Taken } from './results';
import type { Declaration } from './stacks.cjs';

const CHECKOUT = resolve(__dirname, '../..');
/** Only a hang takes so long. */
export const PATIENCE_MS = 900_000;

const CERTIFICATE_HOURS = 8760;

/** The cluster before any edit, in a directory of its own. */
export function declaration(way: string, nodes: number, directory: string): Declaration {
  return {
    way,
    nodes,
    validityHours: CERTIFICATE_HOURS,
    generations: ['1'],
    output: join(directory, 'out'),
    outdir: join(directory, 'cdktf.out'),
  };
}

/** The synthesized configuration of a declaration. */
export function configurationFile({ outdir }: Declaration): string {
  return join(outdir, 'stacks', 'bench', 'cdk.tf.json');
}

/** Processor time in milliseconds. */
export async function synthesize(declared: Declaration, runtime: Runtime): Promise<number> {
  // This program runs under tsx.
  const args = runtime === 'tsx' ? process.execArgv : [];
  // The settings of the checkout map the package to its sources; those of the package do not.
  const env = { ...process.env, TSX_TSCONFIG_PATH: join(CHECKOUT, 'tsconfig.json') };
  const program = join(__dirname, 'synth.cjs');
  const { stdout } = mustSucceed(
    await runProgram(process.execPath, [...args, program, JSON.stringify(declared)], {
      cwd: CHECKOUT,
      env,
      timeoutMs: PATIENCE_MS,
    }),
  );
  return (JSON.parse(stdout) as { milliseconds: number }).milliseconds;
}

/** All ways, in turn within each round: what disturbs the machine for a while disturbs all of them. */
export async function compareSynths(
  ways: readonly string[],
  { nodes, runtime, rounds, directory }: { nodes: number; runtime: Runtime; rounds: number; directory: string },
): Promise<Synth[]> {
  const when = taken();
  const times = new Map<string, number[]>([BY_HAND, ...ways].map((way) => [way, []]));
  const bytes = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    // Turned round: who comes second finds another state of the machine.
    const order = round % 2 === 0 ? [...times] : [...times].reverse();
    for (const [way, own] of order) {
      const declared = declaration(way, nodes, directory);
      own.push(await synthesize(declared, runtime));
      bytes.set(way, statSync(configurationFile(declared)).size);
    }
  }
  const byHand = times.get(BY_HAND) ?? [];
  return [...times].map(([way, own]) => ({
    ...when,
    way,
    runtime,
    nodes,
    rounds,
    milliseconds: Math.round(median(own)),
    ratio: Number(medianRatio(own, byHand).toFixed(3)),
    bytes: bytes.get(way) ?? 0,
  }));
}

export function taken(): Taken {
  return { date: new Date().toISOString(), load: Number((loadavg()[0] ?? 0).toFixed(2)) };
}

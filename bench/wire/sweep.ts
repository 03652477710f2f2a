/** One group of configurations on one release: all pairs run side by side, and are measured in turn. */
import { loadavg } from 'node:os';

import { type ErlangCluster, type Runtime, withCluster } from '../../test/support/erlang';
import { type Configuration, DEFAULT, type Group } from './configurations';
import { figureOf, type Reading } from './figures';
import { type Effort, Pair } from './pair';
import { type Measure, MEASURES, type Memory, type Row, type Slice } from './results';

export async function measureGroup(runtime: Runtime, group: Group, effort: Effort, rounds: number): Promise<Slice> {
  const configurations = [DEFAULT, ...group.configurations];
  const hosts = configurations.flatMap((_, number) => Pair.hosts(number));
  return withCluster({ hosts }, async (cluster) => {
    const { pairs, skipped } = await startAll(cluster, runtime, configurations);
    const measures = group.measures ?? (Object.keys(MEASURES) as Measure[]);
    const measured = await inTurn(pairs, rounds, (pair) => pair.round(measures, group.connections ?? 2, effort));
    const memories = await memoriesOf(pairs, measures, effort);
    const rows = pairs.map((pair, index) => rowOf(pair, measures, measured[index], measured[0], memories[index]));
    return {
      ...{ group: group.name, otp: runtime.otp, version: runtime.version },
      ...{ date: new Date().toISOString(), load: Number(loadavg()[0]?.toFixed(1)), rounds, rows, skipped },
    };
  });
}

/** A configuration that this release or this machine does not have leaves the others alone. The default has to be there. */
async function startAll(
  cluster: ErlangCluster,
  runtime: Runtime,
  configurations: readonly Configuration[],
): Promise<{ pairs: Pair[]; skipped: Record<string, string> }> {
  const [pairs, skipped]: [Pair[], Record<string, string>] = [[], {}];
  for (const [number, configuration] of configurations.entries()) {
    try {
      pairs.push(await Pair.start(cluster, runtime, configuration, number));
    } catch (error) {
      if (configuration === DEFAULT) throw error;
      skipped[configuration.name] = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    }
  }
  return { pairs, skipped };
}

type Rounds = ReadonlyMap<Measure, readonly Reading[]>;

/** Each round begins with another pair, so that none always follows the same one. */
async function inTurn(
  pairs: readonly Pair[],
  rounds: number,
  measure: (pair: Pair) => Promise<ReadonlyMap<Measure, Reading>>,
): Promise<Rounds[]> {
  const measured = pairs.map((pair) => ({ pair, readings: new Map<Measure, Reading[]>() }));
  for (let round = 0; round < rounds; round += 1) {
    const first = round % pairs.length;
    for (const { pair, readings } of [...measured.slice(first), ...measured.slice(0, first)]) {
      for (const [name, reading] of await measure(pair)) readings.set(name, [...(readings.get(name) ?? []), reading]);
    }
  }
  return measured.map(({ readings }) => readings);
}

/** Where nothing is sent, nothing is held. */
async function memoriesOf(
  pairs: readonly Pair[],
  measures: readonly Measure[],
  effort: Effort,
): Promise<readonly (Memory | undefined)[]> {
  if (!measures.includes('casts of 64 kB')) return [];
  const memories: Memory[] = [];
  for (const pair of pairs) memories.push(await pair.memory(effort));
  return memories;
}

function rowOf(
  { configuration }: Pair,
  measures: readonly Measure[],
  rounds: Rounds | undefined,
  ofDefault: Rounds | undefined,
  memory: Memory | undefined,
): Row {
  const figures = measures.map((measure) => [
    measure,
    figureOf(rounds?.get(measure) ?? [], ofDefault?.get(measure) ?? []),
  ]);
  return {
    name: configuration.name,
    figures: Object.fromEntries(figures) as Row['figures'],
    ...(memory === undefined ? {} : { memory }),
  };
}

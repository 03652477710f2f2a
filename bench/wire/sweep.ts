/** One group of configurations on one release: all pairs run side by side, and are measured in turn. */
import { loadavg } from 'node:os';

import { type Runtime, withCluster } from '../../test/support/erlang';
import { type Configuration, DEFAULT, type Group } from './configurations';
import { figureOf, type Holding, memoryOf, type Reading } from './figures';
import { type Effort, Pair } from './pair';
import { type Measure, MEASURES, type Row, type Slice } from './results';

export async function measureGroup(runtime: Runtime, group: Group, effort: Effort): Promise<Slice> {
  const fleets: Fleet[] = [];
  for (let fleet = 0; fleet < effort.fleets; fleet += 1) fleets.push(await measureFleet(runtime, group, effort));
  const { pairs, skipped } = joined(fleets);
  return {
    ...{ group: group.name, otp: runtime.otp, version: runtime.version },
    ...{ date: new Date().toISOString(), load: Number(loadavg()[0]?.toFixed(1)) },
    ...{ rounds: effort.fleets * effort.rounds, rows: pairs.map((pair) => rowOf(pair, pairs[0])), skipped },
  };
}

/** What was read on one connection after the other of one configuration. */
interface Measured {
  readonly name: string;
  readonly readings: Map<Measure, Reading[]>;
  readonly holdings: Holding[];
}

/** One start of all pairs. What a virtual machine draws at its start stays with it, so a figure needs more than one. */
interface Fleet {
  readonly pairs: readonly Measured[];
  readonly skipped: Readonly<Record<string, string>>;
}

async function measureFleet(runtime: Runtime, group: Group, effort: Effort): Promise<Fleet> {
  const configurations = [DEFAULT, ...group.configurations];
  const measures = group.measures ?? (Object.keys(MEASURES) as Measure[]);
  return withCluster({ hosts: configurations.flatMap((_, number) => Pair.hosts(number)) }, async (cluster) => {
    const [started, skipped]: [[Pair, Measured][], Record<string, string>] = [[], {}];
    for (const [number, configuration] of configurations.entries()) {
      try {
        const pair = await Pair.start(cluster, runtime, configuration, number);
        started.push([pair, { name: configuration.name, readings: new Map(), holdings: [] }]);
      } catch (error) {
        skipped[configuration.name] = reasonOf(configuration, error);
      }
    }
    for (let round = 0; round < effort.rounds; round += 1) {
      for (const [pair, { readings }] of shuffled(started)) {
        for (const [measure, reading] of await pair.round(measures, group.connections ?? 2, effort)) {
          if (measures.includes(measure)) readings.set(measure, [...(readings.get(measure) ?? []), reading]);
        }
      }
    }
    if (group.memory === true)
      for (const [pair, { holdings }] of started) holdings.push(...(await pair.holdings(effort)));
    return { pairs: started.map(([, measured]) => measured), skipped };
  });
}

/** A configuration that this release or this machine does not have leaves the others alone. The default has to be there. */
function reasonOf(configuration: Configuration, error: unknown): string {
  if (configuration === DEFAULT || !(error instanceof Error)) throw error;
  return error.message.split('\n')[0] ?? '';
}

/** So that none always follows the same one. */
function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ value }) => value);
}

/** Those that every fleet has, with what was read in all of them. */
function joined(fleets: readonly Fleet[]): Fleet {
  const skipped = Object.assign({}, ...fleets.map((fleet) => fleet.skipped)) as Record<string, string>;
  const pairs = (fleets[0]?.pairs ?? []).filter(({ name }) => skipped[name] === undefined);
  return { pairs: pairs.map(({ name }) => joinedPair(name, fleets)), skipped };
}

function joinedPair(name: string, fleets: readonly Fleet[]): Measured {
  const all = fleets.flatMap(({ pairs }) => pairs.filter((pair) => pair.name === name));
  const measures = [...(all[0]?.readings.keys() ?? [])];
  return {
    name,
    readings: new Map(measures.map((measure) => [measure, all.flatMap(({ readings }) => readings.get(measure) ?? [])])),
    holdings: all.flatMap(({ holdings }) => holdings),
  };
}

function rowOf({ name, readings, holdings }: Measured, ofDefault: Measured | undefined): Row {
  const figures = [...readings].map(([measure, rounds]) => [
    measure,
    figureOf(rounds, ofDefault?.readings.get(measure) ?? []),
  ]);
  return {
    name,
    figures: Object.fromEntries(figures) as Row['figures'],
    ...(holdings.length === 0 ? {} : { memory: memoryOf(holdings) }),
  };
}

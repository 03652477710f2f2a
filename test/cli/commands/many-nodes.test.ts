import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ManyNodes, type Way, WAYS } from '../../../bench/check/inputs';
import { countedCalls } from '../../support/cli/counted-calls';
import { runCli } from '../../support/cli/run-cli';
import { ROOT, shardCa, shardPlan } from '../../support/plans/shard-plans';

/** More than a report shows one by one. */
const [FEW, MANY] = [30, 90];

/** By sorting, a function is called somewhat more often for each node. By comparing each with each, it would be three times as often. */
const MOST_FOR_EACH = 2;

/** Calls that do not depend on the number of nodes, such as those for a chunk of output. */
const FREE = 50;

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'erlang-tls-many-'));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe.each(WAYS)('with %s, the work for each node does not grow with their number', (way) => {
  test('in a check that finds something about each node', async () => {
    const readable = (count: number): string => {
      const files = filesOf(count, way);
      for (const name of readdirSync(files, { recursive: true, encoding: 'utf8' })) {
        if (/\.(sh|pem)$/.test(name)) chmodSync(join(files, name), 0o666);
      }
      return files;
    };
    await expectLinear((count) => ['check', '--format=junit', readable(count)], way === 'local files' ? 1 : 0);
  });

  test('in a check of a plan', () =>
    expectLinear((count) => ['check-plan', written('plan.json', new ManyNodes(count, way).planJson())], 0));

  test('in a report of a state', () =>
    expectLinear((count) => ['report', `--state=${written('state.json', new ManyNodes(count, way).stateJson())}`], 0));
});

test('the work for each node of several plans does not grow with their number', () =>
  expectLinear(
    (count) => [
      'check-plan',
      ...['a', 'b'].map((shard) => written(`${shard}.json`, JSON.stringify(shardOf(shard, count)))),
    ],
    0,
  ));

async function expectLinear(argsFor: (count: number) => readonly string[], exitCode: number): Promise<void> {
  const [few, many] = [await callsFor(argsFor(FEW), exitCode), await callsFor(argsFor(MANY), exitCode)];
  const limit = (calls: number): number => (MOST_FOR_EACH * calls * MANY) / FEW + FREE;
  expect([...many].filter(([place, calls]) => calls > limit(few.get(place) ?? 0))).toEqual([]);
  // Something was counted.
  expect([...many.values()].filter((calls) => calls >= MANY).length).toBeGreaterThan(FREE);
}

async function callsFor(args: readonly string[], exitCode: number): Promise<ReadonlyMap<string, number>> {
  return countedCalls(async () => expect(await runCli(args)).toMatchObject({ exitCode, err: '' }));
}

function filesOf(count: number, way: Way): string {
  const files = join(directory, `${way} ${count}`);
  new ManyNodes(count, way).writeFiles(files);
  return files;
}

function shardOf(shard: string, count: number): unknown {
  const files = { ca: shardCa(shard), trusts: [ROOT] };
  const names = Array.from({ length: count / 2 }, (_none, index) => `n@${shard}${index}.x.test`);
  return shardPlan(Object.fromEntries(names.map((name) => [name, { before: files, after: files }])));
}

function written(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

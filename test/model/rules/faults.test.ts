import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Fault } from '../../support/broken/fault';
import { seenFaults } from '../../support/broken/seen';
import { FAULTS } from './faults';

const RULES = join(__dirname, '../../../src/model/rules');

/** The files with faults, as `topic/name`. */
const FILES = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.faults.ts'),
);

test.each(FILES)('%s has only faults that rules of this topic find', (file) => {
  const [topic = ''] = file.split('/');
  const rules = readdirSync(join(RULES, topic)).map((rule) => readFileSync(join(RULES, topic, rule), 'utf8'));
  // A rule is a constant that is named after its code.
  const constants = new Set(faultsIn(file).map(({ code }) => code.toUpperCase().replaceAll('-', '_')));
  expect([...constants].filter((one) => !rules.some((text) => new RegExp(`\\b${one}\\b`).test(text)))).toEqual([]);
});

test('the list contains the faults of every file, and no others', () => {
  expect(new Set(FAULTS)).toEqual(new Set(FILES.flatMap(faultsIn)));
});

test('the behaviour of real nodes is recorded for every fault, and for nothing else', () => {
  expect(FAULTS.map(({ code, title }) => `${code}: ${title}`).sort()).toEqual(Object.keys(seenFaults()).sort());
});

function faultsIn(file: string): readonly Fault[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is known when the test runs
  const exported = require(join(__dirname, file)) as Readonly<Record<string, readonly Fault[]>>;
  return Object.values(exported).flat();
}

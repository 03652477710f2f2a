import { ahead, figureOf, type Reading } from '../../../bench/wire/figures';
import type { Figure, Slice, Spread } from '../../../bench/wire/results';

const reading = (units: number, seconds: number, cpuSeconds: number): Reading => ({ units, seconds, cpuSeconds });

test('a busy moment that hits both configurations of a round does not change their ratios', () => {
  const ofDefault = [reading(100, 1, 1), reading(10, 1, 1), reading(100, 1, 1)];
  const twice = [reading(200, 1, 1), reading(20, 1, 1), reading(200, 1, 1)];
  expect(figureOf(twice, ofDefault)).toEqual({
    rate: 200,
    rateRatio: { median: 2, low: 2, high: 2 },
    cpuMicroseconds: 7143,
    cpuRatio: { median: 0.5, low: 0.5, high: 0.5 },
  });
});

test('processor time that the kernel has not counted yet makes no ratio infinite', () => {
  expect(figureOf([reading(5, 1, 0)], [reading(5, 1, 0)]).cpuRatio.median).toBe(1);
});

test.each<[title: string, rateRatio: Spread, cpuRatio: Spread, isAhead: boolean]>([
  ['faster and cheaper in nearly all rounds', spread(1.2, 1.1, 1.3), spread(0.8, 0.7, 0.9), true],
  ['within the tolerance', spread(1.04, 1.01, 1.1), spread(0.96, 0.9, 0.99), false],
  ['faster, but for the same processor time', spread(1.2, 1.1, 1.3), spread(1, 0.9, 1.1), false],
  ['cheaper, but not faster', spread(1, 0.9, 1.1), spread(0.8, 0.7, 0.9), false],
  ['slower in a third of the rounds', spread(1.2, 0.9, 1.5), spread(0.8, 0.7, 0.9), false],
  ['dearer in a third of the rounds', spread(1.2, 1.1, 1.3), spread(0.8, 0.7, 1.1), false],
])('%s: ahead of the default, or not', (_, rateRatio, cpuRatio, isAhead) => {
  const figure: Figure = { rate: 1, cpuMicroseconds: 1, rateRatio, cpuRatio };
  const found = ahead([sliceWith('other', figure)]);
  expect(found).toEqual(isAhead ? [{ name: 'other', otp: 27, measure: 'casts of 64 kB', figure }] : []);
});

test('the default is not ahead of itself', () => {
  const figure: Figure = { rate: 1, cpuMicroseconds: 1, rateRatio: spread(2, 2, 2), cpuRatio: spread(0.5, 0.5, 0.5) };
  const { rows, ...slice } = sliceWith('other', figure);
  expect(ahead([{ ...slice, rows: rows.slice(1) }])).toEqual([]);
});

function spread(median: number, low: number, high: number): Spread {
  return { median, low, high };
}

function sliceWith(name: string, figure: Figure): Slice {
  const same: Figure = { rate: 1, cpuMicroseconds: 1, rateRatio: spread(1, 1, 1), cpuRatio: spread(1, 1, 1) };
  return {
    ...{
      group: 'buffers',
      otp: 27,
      version: '27.3',
      date: '2026-01-02T03:04:05.000Z',
      load: 1,
      rounds: 9,
      skipped: {},
    },
    rows: [
      { name: 'the default', figures: { 'casts of 64 kB': same } },
      { name, figures: { 'casts of 64 kB': figure } },
    ],
  };
}

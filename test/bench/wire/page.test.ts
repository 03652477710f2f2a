import { wireSection } from '../../../bench/wire/page';
import { type Figure, type Slice, type WireResults, withSlice } from '../../../bench/wire/results';

const figure = (rate: number, rateRatio: number, cpuRatio: number): Figure => ({
  ...{ rate, cpuMicroseconds: 1 },
  rateRatio: { median: rateRatio, low: rateRatio, high: rateRatio },
  cpuRatio: { median: cpuRatio, low: cpuRatio, high: cpuRatio },
});

const slice = (group: string, rows: Slice['rows'], load = 0.5): Slice => ({
  ...{ group, otp: 27, version: '27.3.4', date: '2026-01-02T03:04:05.000Z', load, rounds: 9, rows, skipped: {} },
});

const DOCUMENTS = slice('documents', [
  { name: 'the default', figures: { 'calls of 1 MB': figure(300, 1, 1), connections: figure(90, 1, 1) } },
  { name: 'plain TCP', figures: { 'calls of 1 MB': figure(1500, 5, 0.2), connections: figure(400, 4.4, 0.3) } },
]);

const BUFFERS = slice(
  'buffers',
  [
    { name: 'the default', figures: { 'casts of 64 kB': figure(300, 1, 1) } },
    {
      name: '`buffer` 9 KiB',
      figures: { 'casts of 64 kB': figure(600, 2, 0.5) },
      memory: { idle: 1, peak: 7_100_000, highestPeak: 12_900_000 },
    },
  ],
  2,
);

const RESULTS: WireResults = {
  machine: { cores: 2, kernel: '6.1', kernelTls: false },
  slices: [DOCUMENTS, BUFFERS],
};

test('the section shows rates of the default and ratios of the others, with release, day and load', () => {
  const text = wireSection(RESULTS);
  expect(text).toContain('on 2026-01-02 with OTP 27.3.4 and Linux 6.1, on 2 cores with a load\nbetween 0.5 and 2.0');
  expect(text).toMatch(/\| 27\.3\.4 \| the default \| 300 MB\/s +\| +\| +\| 90 connections\/s \|/);
  expect(text).toMatch(/\| 27\.3\.4 \| plain TCP +\| 5\.00 \(0\.20\) +\| +\| +\| 4\.40 \(0\.30\) +\|/);
  expect(text).toMatch(/\| `buffer` 9 KiB \| +\| 0\.50 +\| 7, 13 MB \|/);
});

test('the section names what beats the default, and plain TCP is not a choice', () => {
  const text = wireSection(RESULTS);
  expect(text).toContain(
    '- `buffer` 9 KiB, OTP 27, casts of 64 kB: 2.00 times the rate, 0.50 times the processor time',
  );
  expect(text).not.toContain('- plain TCP');
  expect(wireSection({ ...RESULTS, slices: [DOCUMENTS] })).toContain('Nothing in these tables beats the default');
});

test('the section says whether the kernel encrypts', () => {
  expect(wireSection(RESULTS)).toContain('`ktls` was not measured');
  expect(wireSection({ ...RESULTS, machine: { ...RESULTS.machine, kernelTls: true } })).not.toContain('not measured');
});

test('a slice replaces the one of its group and release alone', () => {
  const anew = slice('buffers', [], 7);
  const older = { ...BUFFERS, otp: 25 };
  expect(withSlice([DOCUMENTS, BUFFERS], anew)).toEqual([DOCUMENTS, anew]);
  expect(withSlice([DOCUMENTS, BUFFERS], older)).toEqual([older, DOCUMENTS, BUFFERS]);
});

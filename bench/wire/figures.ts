/** From rounds to figures, and what the figures say. */
import { median } from '../statistics';
import type { Figure, Measure, Memory, Row, Slice, Spread } from './results';

/** What one round of one measure gave: how many, in what time, and at which cost of both nodes. */
export interface Reading {
  readonly units: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Bytes for one connection. */
export interface Holding {
  readonly idle: number;
  readonly peak: number;
}

export function memoryOf(holdings: readonly Holding[]): Memory {
  const peaks = holdings.map(({ peak }) => peak);
  return { idle: median(holdings.map(({ idle }) => idle)), peak: median(peaks), highestPeak: Math.max(...peaks) };
}

/** The default is measured in the same rounds. */
export function figureOf(rounds: readonly Reading[], ofDefault: readonly Reading[]): Figure {
  return {
    rate: rounded(median(rounds.map(rate))),
    rateRatio: spread(rounds.map((round, index) => rate(round) / rate(ofDefault[index]))),
    cpuMicroseconds: rounded((1e6 * total(rounds, 'cpuSeconds')) / total(rounds, 'units')),
    cpuRatio: spread(rounds.map((round, index) => cost(round) / cost(ofDefault[index]))),
  };
}

function rate(reading: Reading | undefined): number {
  return (reading?.units ?? NaN) / (reading?.seconds ?? NaN);
}

/** The kernel counts hundredths of a second: never nothing, so that a ratio stays a number. */
function cost(reading: Reading | undefined): number {
  return Math.max(reading?.cpuSeconds ?? NaN, 0.01) / (reading?.units ?? NaN);
}

function total(rounds: readonly Reading[], what: keyof Reading): number {
  return rounds.reduce((sum, round) => sum + round[what], 0);
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share: number): number => rounded(sorted[Math.round(share * (sorted.length - 1))] ?? NaN);
  return { median: rounded(median(values)), low: at(0.25), high: at(0.75) };
}

/** Four digits say more than such a machine knows. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** A configuration that does better than the default. */
export interface Ahead {
  readonly name: string;
  readonly otp: number;
  readonly measure: Measure;
  readonly figure: Figure;
}

/** How far the default may be behind the best of the sweep. */
export const TOLERANCE = 0.05;

/**
 * The configurations of these slices that beat the default by more than the tolerance: in rate and in processor time, and in three of four
 * rounds, so that it is not the machine's mood.
 */
export function ahead(slices: readonly Slice[]): Ahead[] {
  return slices.flatMap(({ otp, rows }) =>
    rows.slice(1).flatMap(({ name, figures }) =>
      entries(figures)
        .filter(([, { rateRatio, cpuRatio }]) => isBetter(rateRatio) && isBetter(inverse(cpuRatio)))
        .map(([measure, figure]) => ({ name, otp, measure, figure })),
    ),
  );
}

function isBetter({ median: middle, low }: Spread): boolean {
  return middle > 1 + TOLERANCE && low > 1;
}

function inverse({ median: middle, low, high }: Spread): Spread {
  return { median: 1 / middle, low: 1 / high, high: 1 / low };
}

function entries(figures: Row['figures']): [Measure, Figure][] {
  return Object.entries(figures) as [Measure, Figure][];
}

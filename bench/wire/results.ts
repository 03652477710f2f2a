/** What is measured, as `bench/results/wire.json` keeps it. */

/** With the unit of its rate. */
export const MEASURES = {
  'calls of 1 MB': 'MB/s',
  'casts of 64 kB': 'MB/s',
  'calls of 100 bytes': 'calls/s',
  connections: 'connections/s',
} as const;
export type Measure = keyof typeof MEASURES;

/** One value in the rounds: the middle, and between what the middle half of the rounds is. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** A ratio compares with the default in the same round. */
export interface Figure {
  /** Units a second, the median of the rounds. */
  readonly rate: number;
  readonly rateRatio: Spread;
  /** Processor time of both nodes for one unit, of all rounds together. */
  readonly cpuMicroseconds: number;
  readonly cpuRatio: Spread;
}

/** Bytes for one connection. */
export interface Memory {
  /** What its processes on the node that dialled hold when nothing is sent. */
  readonly idle: number;
  /** The most that the receiving node holds more while it is sent messages without pause: of several connections the middle and the most. */
  readonly peak: number;
  readonly highestPeak: number;
}

export interface Row {
  readonly name: string;
  readonly figures: Readonly<Partial<Record<Measure, Figure>>>;
  readonly memory?: Memory;
}

/** A group of configurations on one release, measured in turn. The first row is the default. */
export interface Slice {
  readonly group: string;
  readonly otp: number;
  readonly version: string;
  readonly date: string;
  /** Of the machine, averaged over a minute, at the end. */
  readonly load: number;
  readonly rounds: number;
  readonly rows: readonly Row[];
  /** What this machine or release does not have, and how that showed. */
  readonly skipped: Readonly<Record<string, string>>;
}

export interface WireResults {
  readonly machine: {
    readonly cores: number;
    readonly kernel: string;
    /** Whether the kernel can encrypt TLS itself (`tcp_available_ulp`). */
    readonly kernelTls: boolean;
  };
  readonly slices: readonly Slice[];
}

/** A slice replaces the one of the same group and release. In the order of releases. */
export function withSlice(slices: readonly Slice[], slice: Slice): readonly Slice[] {
  const others = slices.filter(({ group, otp }) => group !== slice.group || otp !== slice.otp);
  return [...others, slice].sort((one, other) => one.otp - other.otp);
}

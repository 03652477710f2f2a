/** What a command took for that many nodes. */
export interface CheckRow {
  readonly command: string;
  /** The delivery that wrote what was read. */
  readonly way: string;
  readonly nodes: number;
  /** Processor time in seconds. */
  readonly processor: number;
  readonly wall: number;
  /** Memory at its peak. */
  readonly megabytes: number;
}

/** The content of `bench/results/check.json`. */
export interface CheckResults {
  readonly date: string;
  readonly node: string;
  readonly cores: number;
  readonly rows: readonly CheckRow[];
}

/** What the project allows itself for the files of all nodes, in seconds. */
export const AIMS: readonly { readonly nodes: number; readonly seconds: number }[] = [
  { nodes: 1000, seconds: 5 },
  { nodes: 10_000, seconds: 60 },
];

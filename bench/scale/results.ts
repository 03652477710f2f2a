/** What is measured, as `bench/results/scale.json` keeps it. */
/** What everything else is compared with. */
export const BY_HAND = 'by hand';

export const BACKENDS = ['local', 'http'] as const;
export type Backend = (typeof BACKENDS)[number];

export const RUNTIMES = ['node', 'tsx'] as const;
export type Runtime = (typeof RUNTIMES)[number];
export const RUNTIME_NAMES: Readonly<Record<Runtime, string>> = { node: 'plain Node', tsx: 'tsx' };

/** What is done to a cluster, one after the other. */
export const EDITS = [
  'from nothing',
  'no change',
  'one node more',
  'renewal of all leaves',
  'one rollover step',
] as const;
export type Edit = (typeof EDITS)[number];

export interface ScaleResults {
  readonly machine: Machine;
  readonly synths: readonly Synth[];
  readonly deployments: readonly Deployment[];
}

/** Figures of another machine or of another state of the sources are no figures of the same run. */
export interface Machine {
  readonly node: string;
  readonly terraform: string;
  readonly cdktf: string;
  /** `real` or `offline`. */
  readonly providers: string;
  readonly cores: number;
  /** Identifies the compiled package. */
  readonly library: string;
}

export interface Taken {
  /** As in ISO 8601, in UTC. */
  readonly date: string;
  /** Load average of the minute before. */
  readonly load: number;
}

/** Constructing and synthesizing one stack in a fresh process, without loading modules. */
export interface Synth extends Taken {
  readonly way: string;
  readonly runtime: Runtime;
  readonly nodes: number;
  readonly rounds: number;
  /** Processor time, median of the rounds. */
  readonly milliseconds: number;
  /** To the stack by hand: median of the ratios within a round. */
  readonly ratio: number;
  /** Of `cdk.tf.json`. */
  readonly bytes: number;
}

/** One stack through all edits. */
export interface Deployment extends Taken {
  readonly way: string;
  readonly nodes: number;
  readonly backend: Backend;
  readonly bytes: {
    /** The plan from nothing. Absent if there is none. */
    readonly plan?: number;
    /** The same as `terraform show -json` prints it. */
    readonly planJson?: number;
    /** After the first apply. */
    readonly state?: number;
  };
  /** What came before its turn within the deadline. */
  readonly edits: Partial<Record<Edit, EditResult>>;
}

export interface EditResult {
  readonly plan: Cost | TooSlow;
  /** Absent if there is nothing to apply, or no plan. */
  readonly apply?: Cost | TooSlow;
  /** Numbers of resources, as the plan tells them. */
  readonly changes?: { readonly add: number; readonly change: number; readonly destroy: number };
}

export interface Cost {
  /** User and system time of the program with its children. */
  readonly processorSeconds: number;
  readonly wallSeconds: number;
  /** Peak of the resident memory of the program alone. */
  readonly peakMegabytes: number;
}

/** The command was ended by its deadline, and nothing after it was measured. */
export interface TooSlow {
  readonly abandonedAfterSeconds: number;
}

export function isCost(one: Cost | TooSlow | undefined): one is Cost {
  return one !== undefined && 'processorSeconds' in one;
}

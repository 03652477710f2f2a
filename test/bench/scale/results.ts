/** Invented measurements of 100 nodes by hand and with install scripts, in which every aim is reached. */
import type { Cost, Deployment, ScaleResults, Synth } from '../../../bench/scale/results';

const TAKEN = { date: '2026-11-30T12:00:00.000Z', load: 0.5 };

export function synth(change: Partial<Synth> = {}): Synth {
  return {
    ...TAKEN,
    way: 'install script',
    runtime: 'node',
    nodes: 100,
    rounds: 5,
    milliseconds: 300,
    ratio: 1.1,
    bytes: 390_000,
    ...change,
  };
}

export function cost(processorSeconds: number, wallSeconds = processorSeconds): Cost {
  return { processorSeconds, wallSeconds, peakMegabytes: 120 };
}

export function deployment(change: Partial<Deployment> = {}): Deployment {
  return {
    ...TAKEN,
    way: 'install script',
    nodes: 100,
    backend: 'http',
    bytes: { plan: 100_000, planJson: 1_000_000, state: 1_200_000 },
    edits: {
      'from nothing': { plan: cost(9), apply: cost(9), changes: { add: 411, change: 0, destroy: 0 } },
      'no change': { plan: cost(9), changes: { add: 0, change: 0, destroy: 0 } },
    },
    ...change,
  };
}

export function byHand(change: Partial<Deployment> = {}): Deployment {
  return deployment({
    way: 'by hand',
    bytes: { state: 1_000_000 },
    edits: {
      'from nothing': { plan: cost(10), apply: cost(10), changes: { add: 708, change: 0, destroy: 0 } },
      'no change': { plan: cost(10) },
    },
    ...change,
  });
}

export function results(change: Partial<ScaleResults> = {}): ScaleResults {
  return {
    machine: { node: '20.0.0', terraform: '1.11.4', cdktf: '0.21.0', providers: 'offline', cores: 2, library: 'abc' },
    synths: [synth({ way: 'by hand', ratio: 1, milliseconds: 270 }), synth()],
    deployments: [byHand(), deployment()],
    ...change,
  };
}

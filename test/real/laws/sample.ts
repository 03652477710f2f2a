import * as fc from 'fast-check';

/** Examples of a law that one program judges all at once; the seed is in the failure, and `FAST_CHECK_SEED` repeats it. */
export interface Sample<T> {
  readonly seed: number;
  readonly cases: readonly T[];
}

export function sampleOf<T>(arbitrary: fc.Arbitrary<T>, numRuns: number): Sample<T> {
  const seed = Number(process.env.FAST_CHECK_SEED ?? Math.floor(Math.random() * 2 ** 31));
  return { seed, cases: fc.sample(arbitrary, { seed, numRuns }) };
}

/** Fails with the first cases that break the law, each with what was wrong; one example says more than a hundred. */
export function expectNone<T>({ seed }: Sample<T>, broken: readonly unknown[]): void {
  expect({ seed, broken: broken.slice(0, 3) }).toEqual({ seed, broken: [] });
}

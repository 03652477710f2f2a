/** Reproducible randomness: the seed determines every choice. */
import { createHash, randomInt } from 'node:crypto';

/** The variable that repeats an earlier run: its seed stands in the titles of the tests. */
const SEED = 'FAULT_SEED';

/** The seed of this run. */
export function faultSeed(): string {
  const given = process.env[SEED] ?? '';
  return given === '' ? String(randomInt(1_000_000)) : given;
}

/** A number from 0 up to and without 1, the same for the same seed and purpose. */
export function fraction(seed: string, purpose: string): number {
  return createHash('sha256').update(`${seed} ${purpose}`).digest().readUInt32BE() / 2 ** 32;
}

import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import type { CaGeneration } from './generation';

/** The plan for a list of generations. */
export interface GenerationPlan {
  readonly ids: readonly string[];
  readonly signing: CaGeneration;
  /** Trusted and signing generations, in the order of the list, so that a new phase moves no certificate in the trust bundle. */
  readonly trusted: readonly CaGeneration[];
  readonly retired: readonly CaGeneration[];
}

const SUBJECT = 'CA generation';

/** Reads a list of generations. Refuses repeated ids, and lists without exactly one signing generation. */
export function generationPlan(generations: readonly CaGeneration[]): GenerationPlan {
  const ids = generations.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) refuse(GENERATION_DECLARED_TWICE, { subject: SUBJECT, got: twice });
  const [signing, ...others] = generations.filter(({ phase }) => phase === 'signing');
  if (signing === undefined || others.length > 0) {
    refuse(GENERATION_SIGNING_COUNT, { subject: 'CA generations', got: ids });
  }
  return {
    ids,
    signing,
    trusted: generations.filter(({ phase }) => phase !== 'retired'),
    retired: generations.filter(({ phase }) => phase === 'retired'),
  };
}

export const GENERATION_DECLARED_TWICE = rule({
  code: 'generation-declared-twice',
  severity: 'error',
  problem: 'is declared twice',
  expected: 'each generation once',
  remedy: 'remove one of the two, or give the new one an id of its own',
  source: 'docs/rotation.md; test/constructs/refusals.test.ts',
});

export const GENERATION_SIGNING_COUNT = rule({
  code: 'generation-signing-count',
  severity: 'error',
  problem: 'do not have exactly one that signs',
  expected: 'one CaGeneration.signing(…)',
  remedy: 'decide which generation signs',
  source: 'docs/rotation.md; test/constructs/refusals.test.ts',
});

/** Refuses the id of a generation that no node trusts. */
export function checkCanSign(id: string, { ids, trusted }: GenerationPlan): void {
  if (trusted.some((generation) => generation.id === id)) return;
  const code = ids.includes(id) ? GENERATION_RETIRED : GENERATION_UNKNOWN;
  refuse(code, { subject: SUBJECT, got: id, detail: `this CA has ${ids.join(', ')}` });
}

export const GENERATION_UNKNOWN = rule({
  code: 'generation-unknown',
  severity: 'error',
  problem: 'is not in the list of generations',
  expected: 'the id of a generation that is trusted or signing',
  remedy: 'correct the id, or add the generation to the list',
  source: 'test/constructs/refusals.test.ts',
});

export const GENERATION_RETIRED = rule({
  code: 'generation-retired',
  severity: 'error',
  problem: 'is retired',
  expected: 'the id of a generation that is trusted or signing',
  remedy: 'sign with another generation: no node trusts this one any more',
  source: 'docs/rotation.md; test/constructs/refusals.test.ts',
});

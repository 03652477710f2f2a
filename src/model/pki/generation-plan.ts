import { refuse } from '../errors';
import type { CaGeneration } from './generation';

/** What a list of generations asks for. */
export interface GenerationPlan {
  readonly ids: readonly string[];
  readonly signing: CaGeneration;
  /** Trusted and signing ones, in the order of the list: a new phase of one moves no other in the trust bundle. */
  readonly trusted: readonly CaGeneration[];
  readonly retired: readonly CaGeneration[];
}

const SUBJECT = 'CA generation';

/** Reads a list of generations, or refuses it: one signs, and no id stands for two. */
export function generationPlan(generations: readonly CaGeneration[]): GenerationPlan {
  const ids = generations.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) refuse('generation-declared-twice', { subject: SUBJECT, got: twice });
  const [signing, ...others] = generations.filter(({ phase }) => phase === 'signing');
  if (signing === undefined || others.length > 0) {
    refuse('generation-signing-count', { subject: 'CA generations', got: ids });
  }
  return {
    ids,
    signing,
    trusted: generations.filter(({ phase }) => phase !== 'retired'),
    retired: generations.filter(({ phase }) => phase === 'retired'),
  };
}

/** Refuses an id that cannot sign: nobody trusts it. */
export function checkCanSign(id: string, { ids, trusted }: GenerationPlan): void {
  if (trusted.some((generation) => generation.id === id)) return;
  const code = ids.includes(id) ? 'generation-retired' : 'generation-unknown';
  refuse(code, { subject: SUBJECT, got: id, detail: `this CA has ${ids.join(', ')}` });
}

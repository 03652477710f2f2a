import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import type { Generation } from './generation';

/** The plan for a list of generations. */
export interface GenerationPlan<G extends Generation = Generation> {
  readonly ids: readonly string[];
  /** Absent while nobody signs: the certificates of the nodes come from a CA that is only trusted. */
  readonly signing?: G;
  /** Trusted and signing generations, in the order of the list, so that a new phase moves no certificate in the trust bundle. */
  readonly trusted: readonly G[];
  readonly retired: readonly G[];
}

const SUBJECT = 'CA generation';

/**
 * Reads a list of generations. Refuses repeated ids, and lists with more than one that signs, or with none, unless others sign with a CA that is in
 * the list: without a signer the nodes lose the certificates that they have from here.
 */
export function generationPlan<G extends Generation>(generations: readonly G[]): GenerationPlan<G> {
  const ids = generations.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) refuse(GENERATION_DECLARED_TWICE, { subject: SUBJECT, got: twice });
  const [signing, ...others] = generations.filter(({ phase }) => phase === 'signing');
  const trusted = generations.filter(({ phase }) => phase !== 'retired');
  const othersSign = trusted.some(({ canSign }) => !canSign);
  if ((signing === undefined && !othersSign) || others.length > 0) {
    refuse(GENERATION_SIGNING_COUNT, { subject: 'CA generations', got: ids });
  }
  if (signing?.canSign === false) refuse(GENERATION_CANNOT_SIGN, { subject: SUBJECT, got: signing.id });
  return {
    ids,
    signing,
    trusted,
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
  expected: 'one CaGeneration.signing(…), or none while all nodes have certificates of a CaSource.certificate(…)',
  remedy: 'decide which generation signs',
  source: 'docs/rotation.md; docs/custody.md; test/constructs/refusals.test.ts',
});

export const GENERATION_CANNOT_SIGN = rule({
  code: 'generation-cannot-sign',
  severity: 'error',
  problem: 'cannot sign',
  expected: 'a generation with a key: generated, imported, intermediate, or that of an issuer',
  remedy:
    'let another generation sign, and keep this one as CaGeneration.trusted(…); if its key is at hand, use CaSource.imported(…)',
  source: 'docs/custody.md; test/constructs/refusals.test.ts',
});

export const NO_GENERATION_SIGNS = rule({
  code: 'no-generation-signs',
  severity: 'error',
  problem: 'have none that signs',
  expected: 'one CaGeneration.signing(…) where a certificate is ordered',
  remedy: 'let a generation sign, or order the certificate of one of them, with CertificateAuthority.issuer(…)',
  source: 'docs/custody.md; test/constructs/refusals.test.ts',
});

export const GENERATION_OPTION_WITHOUT_EFFECT = rule({
  code: 'generation-option-without-effect',
  severity: 'error',
  problem: 'has no effect',
  expected: 'options of a certificate that is made here, by CaSource.generated() or CaSource.intermediate(…)',
  remedy: 'leave it out: the certificate of the CA has these properties already',
  source: 'docs/custody.md; test/constructs/refusals.test.ts',
});

/** Refuses the id of a generation that cannot sign, or that no node trusts. */
export function checkCanSign(id: string, plan: GenerationPlan): void {
  checkTrusted(id, plan);
  const found = plan.trusted.find((generation) => generation.id === id);
  if (found?.canSign === false) refuse(GENERATION_CANNOT_SIGN, { subject: SUBJECT, got: id });
}

/** Refuses the id of a generation that no node trusts. */
export function checkTrusted(id: string, { ids, trusted }: GenerationPlan): void {
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

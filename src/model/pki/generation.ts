import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';

/** Checks the id of a generation, which is part of construct paths and of the certificate's subject, and which users type in several places. */
export function generationId(subject: string, id: string): string {
  // The construct tree takes the names of an object's own methods for children that are there.
  const isFree = !(id in Object.prototype);
  return isFree && /^[0-9A-Za-z][0-9A-Za-z_-]{0,31}$/.test(id)
    ? id
    : refuse(GENERATION_ID_ILLEGAL, { subject, got: id });
}

export const GENERATION_ID_ILLEGAL = rule({
  code: 'generation-id-illegal',
  severity: 'error',
  problem: 'is no generation id',
  expected: 'one to 32 letters, digits, "_" and "-", beginning with a letter or digit',
  remedy: 'use something like the year, e.g. "2026"',
  source: 'test/constructs/issuers/ca-generation.test.ts',
});

/** The purpose of a generation. */
export type GenerationPhase = 'trusted' | 'signing' | 'retired';

/**
 * One CA that nodes trust, under an id. It is *trusted* (its certificate is in the trust bundle, but it does not sign), *signing* (trusted, and it
 * signs) or *retired* (neither; its id stays in the list, so that nobody uses it again).
 */
export interface Generation {
  readonly id: string;
  readonly phase: string;
  /** Whether it can sign here. Of a CA that cannot, only the certificate is known, and others sign with it. */
  readonly canSign: boolean;
  /** Whether the CA is made with the cluster, so that no node trusts it, or shows a certificate of it, before the first deploy. */
  readonly isNew: boolean;
}

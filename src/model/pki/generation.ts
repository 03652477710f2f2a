import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import type { KeyAlgorithm } from './key-algorithm';

/** The id of a generation: a component of construct paths and of the subject, and users type it in several places during a rotation. */
export function generationId(subject: string, id: string): string {
  return /^[0-9A-Za-z][0-9A-Za-z_-]{0,31}$/.test(id) ? id : refuse(GENERATION_ID_ILLEGAL, { subject, got: id });
}

export const GENERATION_ID_ILLEGAL = rule({
  code: 'generation-id-illegal',
  severity: 'error',
  problem: 'is no generation id',
  expected: 'one to 32 letters, digits, "_" and "-", beginning with a letter or digit',
  remedy: 'use something like the year, e.g. "2026"',
  source: 'test/model/pki/generation.test.ts',
});

/** What may differ from one generation of a CA to the next. */
export interface CaGenerationOptions {
  /**
   * Algorithm of this generation's key.
   *
   * @default - the `keyAlgorithm` of the CA
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * Validity of this generation's certificate, in hours.
   *
   * @default - the `validityHours` of the CA
   */
  readonly validityHours?: number;
}

/** What a generation is for. */
export type GenerationPhase = 'trusted' | 'signing' | 'retired';

/**
 * One key and certificate of a CA, under an id of your choice, such as the year it was made in.
 *
 * A generation is *trusted* (its certificate is in the trust bundle, nothing is signed with it yet), *signing* (trusted, and it signs)
 * or *retired* (neither; the id stays in the list so that it is never used again).
 */
export class CaGeneration {
  /** The generation that signs node certificates. A CA has exactly one. */
  public static signing(id: string, options: CaGenerationOptions = {}): CaGeneration {
    return new CaGeneration(id, 'signing', options);
  }

  /** A generation that every node already trusts and that will sign later. */
  public static trusted(id: string, options: CaGenerationOptions = {}): CaGeneration {
    return new CaGeneration(id, 'trusted', options);
  }

  /** A generation that no node trusts any more. */
  public static retired(id: string, options: CaGenerationOptions = {}): CaGeneration {
    return new CaGeneration(id, 'retired', options);
  }

  /** The id. Part of the Terraform addresses: another id is another key. */
  public readonly id: string;
  /** `signing`, `trusted` or `retired`. */
  public readonly phase: string;
  /** Algorithm of this generation's key, where it differs from the CA's. */
  public readonly keyAlgorithm?: KeyAlgorithm;
  /** Validity in hours, where it differs from the CA's. */
  public readonly validityHours?: number;

  private constructor(id: string, phase: GenerationPhase, options: CaGenerationOptions) {
    this.id = generationId('CA generation id', id);
    this.phase = phase;
    this.keyAlgorithm = options.keyAlgorithm;
    this.validityHours = options.validityHours;
  }
}

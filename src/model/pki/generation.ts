import { checkCall } from '../api/check-call';
import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import type { KeyAlgorithm } from './key-algorithm';

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
  source: 'test/model/pki/generation.test.ts',
});

/** Options that may differ between generations of a CA. */
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

/** The purpose of a generation. */
export type GenerationPhase = 'trusted' | 'signing' | 'retired';

/**
 * One key and certificate of a CA, with an id of your choice, such as the year of its creation.
 *
 * A generation is *trusted* (its certificate is in the trust bundle, but it does not sign), *signing* (trusted, and it signs) or *retired*
 * (neither; its id stays in the list, so that nobody uses it again).
 */
export class CaGeneration {
  /** A generation that signs certificates. A CA has exactly one. */
  public static signing(id: string, options: CaGenerationOptions = {}): CaGeneration {
    checkCall('CaGeneration.signing', id, options);
    return new CaGeneration(id, 'signing', options);
  }

  /** A generation that nodes trust, and that does not sign yet or no longer. */
  public static trusted(id: string, options: CaGenerationOptions = {}): CaGeneration {
    checkCall('CaGeneration.trusted', id, options);
    return new CaGeneration(id, 'trusted', options);
  }

  /** A generation that no node trusts any more. */
  public static retired(id: string, options: CaGenerationOptions = {}): CaGeneration {
    checkCall('CaGeneration.retired', id, options);
    return new CaGeneration(id, 'retired', options);
  }

  /** Id of the generation, which is part of Terraform addresses. A new id makes a new key. */
  public readonly id: string;
  /** Phase of the generation: `signing`, `trusted` or `retired`. */
  public readonly phase: string;
  /** Algorithm of this generation's key. Absent if it is that of the CA. */
  public readonly keyAlgorithm?: KeyAlgorithm;
  /** Validity of this generation's certificate, in hours. Absent if it is that of the CA. */
  public readonly validityHours?: number;

  private constructor(id: string, phase: GenerationPhase, options: CaGenerationOptions) {
    this.id = generationId('CA generation id', id);
    this.phase = phase;
    this.keyAlgorithm = options.keyAlgorithm;
    this.validityHours = options.validityHours;
  }
}

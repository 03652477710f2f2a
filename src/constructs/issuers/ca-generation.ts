import { checkCall } from '../../model/api/check-call';
import { refuse } from '../../model/findings/finding';
import { type Generation, generationId, type GenerationPhase } from '../../model/pki/generation';
import { GENERATION_OPTION_WITHOUT_EFFECT, type GenerationPlan, generationPlan } from '../../model/pki/generation-plan';
import type { KeyAlgorithm } from '../../model/pki/key-algorithm';
import { CaSource } from './ca-source';

/** Options that may differ between generations of a CA. */
export interface CaGenerationOptions {
  /**
   * Where the key of this generation is, and who signs with it.
   *
   * @default CaSource.generated()
   */
  readonly source?: CaSource;
  /**
   * Common name of this generation. Only for a source whose certificate is made here: `generated` or `intermediate`.
   *
   * @default - the `commonName` of the CA
   */
  readonly commonName?: string;
  /**
   * Algorithm of this generation's key. Only for a source whose certificate is made here.
   *
   * @default - the `keyAlgorithm` of the CA
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * Validity of this generation's certificate, in hours. Only for a source whose certificate is made here.
   *
   * @default - the `validityHours` of the CA
   */
  readonly validityHours?: number;
  /**
   * How many CAs may stand between this one and the certificate of a node, at least 1. Only for a source `generated`, and with version 4.2.1 or later of
   * the provider `tls` (`TlsProviderVersion.require`). OTP does not look at the limit of a root; other programs do.
   *
   * @default - no limit
   */
  readonly maxPathLength?: number;
}

/**
 * One CA that nodes trust, with an id of your choice, such as the year of its creation.
 *
 * A generation is *trusted* (its certificate is in the trust bundle, but it does not sign), *signing* (trusted, and it signs) or *retired*
 * (neither; its id stays in the list, so that nobody uses it again).
 */
export class CaGeneration {
  /** A generation that signs certificates. A CA has at most one. */
  public static signing(id: string, options: CaGenerationOptions = {}): CaGeneration {
    checkCall('CaGeneration.signing', id, options);
    return new CaGeneration(id, 'signing', options);
  }

  /** A generation that nodes trust, and that does not sign yet or no longer. */
  public static trusted(id: string, options: CaGenerationOptions = {}): CaGeneration {
    checkCall('CaGeneration.trusted', id, options);
    return new CaGeneration(id, 'trusted', options);
  }

  /** A generation that no node trusts any more. Its options have no effect any more; they may stay. */
  public static retired(id: string, options: CaGenerationOptions = {}): CaGeneration {
    checkCall('CaGeneration.retired', id, options);
    return new CaGeneration(id, 'retired', options);
  }

  /** Id of the generation, which is part of Terraform addresses. A new id makes a new key. */
  public readonly id: string;
  /** Phase of the generation: `signing`, `trusted` or `retired`. */
  public readonly phase: string;
  /** Where its key is. */
  public readonly source: CaSource;
  /** Common name of this generation. Absent if it is that of the CA. */
  public readonly commonName?: string;
  /** Algorithm of this generation's key. Absent if it is that of the CA. */
  public readonly keyAlgorithm?: KeyAlgorithm;
  /** Validity of this generation's certificate, in hours. Absent if it is that of the CA. */
  public readonly validityHours?: number;
  /** How many CAs may stand below this one. Absent if there is no limit. */
  public readonly maxPathLength?: number;

  private constructor(id: string, phase: GenerationPhase, options: CaGenerationOptions) {
    const { source = CaSource.generated(), commonName, keyAlgorithm, validityHours, maxPathLength } = options;
    this.id = generationId('CA generation id', id);
    this.phase = phase;
    this.source = source;
    this.commonName = commonName;
    this.keyAlgorithm = keyAlgorithm;
    this.validityHours = validityHours;
    this.maxPathLength = maxPathLength;
    const { takes } = source._source();
    for (const [name, value] of Object.entries({ commonName, keyAlgorithm, validityHours, maxPathLength })) {
      if (value === undefined || takes.some((one) => one === name)) continue;
      const detail = `its source is CaSource.${source.kind}(…)`;
      refuse(GENERATION_OPTION_WITHOUT_EFFECT, { subject: `${name} of CA generation "${id}"`, detail });
    }
  }
}

/** A generation as the plan of a list needs it. */
export interface DeclaredGeneration extends Generation {
  readonly declared: CaGeneration;
}

/** The plan for the generations of a CA. By default there is one, which signs. */
export function declaredGenerations(
  generations: readonly CaGeneration[] = [CaGeneration.signing('1')],
): GenerationPlan<DeclaredGeneration> {
  return generationPlan(
    generations.map((declared) => {
      const { canSign, isNew } = declared.source._source();
      return { id: declared.id, phase: declared.phase, canSign, isNew, declared };
    }),
  );
}

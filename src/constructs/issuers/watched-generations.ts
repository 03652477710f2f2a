import { type Finding, finding, refuse } from '../../model/findings/finding';
import type { GenerationPhase } from '../../model/pki/generation';
import type { GenerationPlan } from '../../model/pki/generation-plan';
import { GENERATIONS_WITHOUT_ROLLOVER, ISSUER_REQUESTED_AFTER_ROLLOVER } from '../../model/pki/rollover-guard';

/** The generations of one CA, as a rollover watches them. */
export class WatchedGenerations {
  /** Ids of the generations that sign: the signing one, and those that were asked to. */
  private readonly signers: Set<string>;
  private isGuarded = false;

  /** `certificateOf`: identifies the certificate of a trusted generation. A new certificate has another text. */
  public constructor(
    private readonly plan: GenerationPlan,
    private readonly certificateOf: (id: string) => string,
  ) {
    this.signers = new Set([plan.signing.id]);
  }

  /** The ids of all generations, in the order of the list. */
  public get ids(): readonly string[] {
    return this.plan.ids;
  }

  /** The phase of a generation, which is `signing` as soon as it signs for one node, and its certificate, unless it is retired. */
  public standing(id: string): { readonly phase: GenerationPhase; readonly certificate?: string } {
    if (!this.plan.trusted.some((generation) => generation.id === id)) return { phase: 'retired' };
    return { phase: this.signers.has(id) ? 'signing' : 'trusted', certificate: this.certificateOf(id) };
  }

  /** Records that the generation signs for some node. A rollover that was made before would not know. */
  public signs(id: string): void {
    if (this.isGuarded && !this.signers.has(id)) {
      refuse(ISSUER_REQUESTED_AFTER_ROLLOVER, { subject: 'CA generation', got: id });
    }
    this.signers.add(id);
  }

  /** Records that a rollover guards the steps. */
  public guarded(): void {
    this.isGuarded = true;
  }

  /** A finding if there are steps and no rollover that guards them. */
  public unguarded(): readonly Finding[] {
    if (this.isGuarded || this.plan.ids.length === 1) return [];
    return [finding(GENERATIONS_WITHOUT_ROLLOVER, { subject: 'CA generations', got: this.plan.ids })];
  }
}

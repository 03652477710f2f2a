import { type Finding, finding, refuse } from '../../model/findings/finding';
import type { GenerationPhase } from '../../model/pki/generation';
import type { GenerationPlan } from '../../model/pki/generation-plan';
import { GENERATIONS_WITHOUT_ROLLOVER, ISSUER_REQUESTED_AFTER_ROLLOVER } from '../../model/pki/rollover-guard';

/** What decides whether a CA that was not made here can sign: when it is valid, as RFC 3339 times. Absent if that is not known. */
export interface Validity {
  readonly validFrom?: string;
  readonly expiresAt?: string;
}

/** What a generation is at the moment. */
export interface Standing {
  readonly phase: GenerationPhase;
  readonly certificate?: string;
  /** Whether no node or tool has a certificate of the generation. */
  readonly isIdle: boolean;
  /** Of a generation that signs. */
  readonly validity?: Validity;
}

/** The generations of one CA, as a rollover watches them. */
export class WatchedGenerations {
  /** Ids of the generations that sign: the signing one, and those that were asked to. */
  private readonly signers: Set<string>;
  /** Nodes and tools that have no certificate of this CA yet. */
  private readonly waiting: string[] = [];
  private isGuarded = false;

  /**
   * `certificateOf`: identifies the certificate of a trusted generation. A new certificate has another text. `validityOf`: when a generation that
   * signs is valid, as far as the plan may have to refuse it.
   */
  public constructor(
    private readonly plan: GenerationPlan,
    private readonly certificateOf: (id: string) => string,
    private readonly validityOf: (id: string) => Validity = () => ({}),
  ) {
    this.signers = new Set(plan.signing === undefined ? [] : [plan.signing.id]);
  }

  /**
   * Whether there may be nodes before the first deploy, with certificates of a CA that does not sign here, or not any more. A CA that is older than
   * the cluster and only trusted has no other purpose in a first deploy.
   */
  public get isAdoption(): boolean {
    return this.plan.trusted.some(({ canSign, isNew, phase }) => !canSign || (!isNew && phase === 'trusted'));
  }

  /** Whether a CA may have been trusted, or have signed, before the first deploy. */
  public get hasOlder(): boolean {
    return this.plan.trusted.some(({ isNew }) => !isNew);
  }

  /** The nodes and tools that wait for a certificate. */
  public get waitingMembers(): readonly string[] {
    return this.waiting;
  }

  /** Records that a node or the tools have no certificate of this CA yet, and may show one that some generation signed before. */
  public waits(member: string): void {
    this.waiting.push(member);
  }

  /** The ids of all generations, in the order of the list. */
  public get ids(): readonly string[] {
    return this.plan.ids;
  }

  /** The phase of a generation, which is `signing` as soon as it signs for one node, and its certificate, unless it is retired. */
  public standing(id: string): Standing {
    const generation = this.plan.trusted.find((one) => one.id === id);
    const isComplete = this.waiting.length === 0;
    if (generation === undefined) return { phase: 'retired', isIdle: isComplete };
    const certificate = this.certificateOf(id);
    if (this.signers.has(id)) {
      return { phase: 'signing', certificate, isIdle: false, validity: generation.isNew ? {} : this.validityOf(id) };
    }
    // As long as nobody signs here, nodes have certificates of a CA that signs elsewhere.
    const isIdle = isComplete && (generation.canSign || this.plan.signing !== undefined);
    return { phase: 'trusted', certificate, isIdle };
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

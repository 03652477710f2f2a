import type { Construct } from 'constructs';

import { describe, finding, refuse } from '../../model/findings/finding';
import { type Rule } from '../../model/findings/rule';
import type { GenerationPhase } from '../../model/pki/generation';
import { LONGEST_MINUTES } from '../../model/pki/lifetime';
import {
  DELIVERY_WITHOUT_RESOURCE,
  GENERATION_CHANGED,
  GENERATION_IN_USE,
  GENERATION_NOT_TRUSTED_YET,
  GENERATION_REMOVED,
  SETTLE_MINUTES,
  SETTLE_MINUTES_ILLEGAL,
} from '../../model/pki/rollover-guard';
import { Fn, Op, type Precondition, TerraformResource } from '../terraform/cdktf';
import type { Condition } from '../terraform/condition';
import { IDS } from '../terraform/ids';
import { within } from '../terraform/report';
import { TerraformData } from '../terraform/terraform-data';
import { concrete } from '../terraform/tokens';
import type { CaRolloverOptions } from './ca-rollover';
import { isNew, isNotAfter, isOld, isSettled, validityConditions } from './rollover-conditions';
import type { Validity, WatchedGenerations } from './watched-generations';

/** What the rollover waits for, and the user's rules. */
export interface RolloverRules extends CaRolloverOptions {
  readonly deliveries: Construct[];
  /** The conditions of a step in other states, which the witnesses of this one know nothing of. */
  readonly elsewhere?: (step: RolloverStep, generation: string, settle: string) => readonly Precondition[];
}

/** What a generation begins to be: one that signs, or one that nobody trusts. */
export type RolloverStep = 'signing' | 'retired';

/** The records of earlier deploys about all generations of a CA, and the guard that compares them with this plan. */
export class RolloverWitnesses {
  /** Stands for all deliveries, which would otherwise be listed once more for each witness. */
  private readonly delivered: TerraformData;
  private readonly settle: string;
  private readonly witnesses: readonly Watched[];
  /** Witness of the first deploy. */
  private readonly born: TerraformData;

  public constructor(
    private readonly scope: Construct,
    private readonly generations: WatchedGenerations,
    private readonly rules: RolloverRules,
  ) {
    const { settleMinutes = SETTLE_MINUTES, deliveries } = rules;
    this.settle = within(scope, () => settleTime(concrete('settleMinutes', settleMinutes)));
    const resources = within(scope, () => resourcesIn(deliveries));
    this.delivered = new TerraformData(scope, IDS.DELIVERED, { dependsOn: resources });
    this.witnesses = generations.ids.map((one) => this.watch(one));
    this.born = this.witness(IDS.BORN, this.witnesses.flatMap(all));
    generations.guarded();
  }

  /** Defines the resource with the conditions. Absent if the user wants none. */
  public guard(): TerraformData | undefined {
    if (this.rules.unsafeWithoutGuard === true) return undefined;
    const every = [...this.witnesses.flatMap(all), this.born];
    return new TerraformData(this.scope, IDS.GUARD, {
      lifecycle: {
        precondition: [
          ...this.witnesses.flatMap((one) => this.steps(one)),
          ...every.map((witness) => this.noneRemoved(witness)),
        ],
      },
    });
  }

  /**
   * Terraform destroys an outdated witness of trust or of idleness before it changes a delivery, and creates one after all deliveries. So
   * even after an interrupted apply, such a witness is true for every delivery. The witnesses of phase and place say only that a plan with
   * them was allowed once, so that it may be run again. They wait for nothing, because the state lists for each resource all that it waits
   * for, which are thousands of deliveries.
   */
  private watch(id: string): Watched {
    const { phase, certificate, isIdle, validity } = this.generations.standing(id);
    const made = (kind: string, trigger?: string): TerraformData =>
      this.witness(`${kind}${id}`, [this.delivered], trigger);
    const allowed = (kind: string, trigger: string): TerraformData => this.witness(`${kind}${id}`, [], trigger);
    const isLast = this.generations.ids.at(-1) === id;
    const watched = {
      id,
      phase,
      isLast,
      inPhase: allowed(IDS.PHASE, phase),
      inPlace: allowed(IDS.PLACE, isLast ? 'last' : 'followed'),
      trusted: certificate === undefined ? undefined : made(IDS.TRUSTED, certificate),
      idle: isIdle ? made(IDS.IDLE) : undefined,
      validity,
    };
    return { ...watched, known: this.witness(`${IDS.KNOWN}${id}`, all(watched)) };
  }

  /** A witness of all deliveries, of which a new trigger makes a new one. */
  public witnessed(id: string, trigger: string): TerraformData {
    return this.witness(id, [this.delivered], trigger);
  }

  /** The times since when every delivery has trusted a generation and none has had a certificate of it, as far as they are so. */
  public times(id: string): { readonly trusted?: string; readonly idle?: string } {
    const { trusted, idle } = this.witnesses.find((one) => one.id === id) ?? {};
    return { trusted: trusted?.text('applied'), idle: idle?.text('applied') };
  }

  /** A witness keeps the times and the list of the deploy that created it. A new trigger makes a new witness. */
  private witness(id: string, dependsOn: readonly TerraformResource[], trigger?: string): TerraformData {
    return new TerraformData(this.scope, id, {
      input: { planned: Fn.plantimestamp(), applied: NOW, generations: [...this.generations.ids] },
      triggersReplace: trigger,
      dependsOn: [...dependsOn],
      lifecycle: { ignoreChanges: ['input'] },
    });
  }

  /**
   * The conditions on one generation in this plan. The first deploy allows everything, because there are no nodes yet, unless nodes with certificates
   * of another CA are adopted.
   */
  private steps({ id, phase, isLast, inPhase, inPlace, trusted, idle, known, validity }: Watched): Precondition[] {
    const { isAdoption, hasOlder } = this.generations;
    const step = (code: Rule, ...allowed: readonly Condition[]): Precondition => ({
      condition: [...(isAdoption ? [] : [isNew(this.born)]), ...allowed].reduce((one, other) => Op.or(one, other)),
      errorMessage: describe(finding(code, { subject: 'CA generation', got: id, detail: this.reason(code) })),
    });
    return [
      ...(trusted === undefined ? [] : [step(GENERATION_CHANGED, isNew(known), isOld(trusted))]),
      ...(phase === 'signing' && trusted !== undefined
        ? [
            step(
              GENERATION_NOT_TRUSTED_YET,
              isOld(inPhase),
              // A generation of the first deploy does not have to wait, if no node was there before.
              ...(hasOlder ? [] : [isNotAfter(trusted, this.born)]),
              isSettled(trusted, this.settle),
            ),
          ]
        : []),
      // A generation that has been idle ever since it is known has never signed.
      ...(phase === 'retired'
        ? [
            step(
              GENERATION_IN_USE,
              isOld(inPhase),
              ...(idle === undefined ? [] : [isNotAfter(idle, known), isSettled(idle, this.settle)]),
            ),
          ]
        : []),
      ...validityConditions(id, validity, isOld(inPhase)),
      ...this.elsewhere(phase, id).map(({ condition, errorMessage }) => ({
        condition: Op.or(Op.or(isNew(this.born), isOld(inPhase)), condition),
        errorMessage,
      })),
      // In the deploy before, another generation followed the one that is now the last.
      ...(isLast ? [step(GENERATION_REMOVED, isNew(known), isOld(inPlace))] : []),
    ];
  }

  /** What a refusal says beside the words of its rule. */
  private reason(code: Rule): string {
    const [waiting, ...others] = this.generations.waitingMembers;
    if (code !== GENERATION_IN_USE || waiting === undefined) {
      const isTrust = code === GENERATION_NOT_TRUSTED_YET && this.generations.isAdoption;
      // Of a first deploy without nodes, a user has to know what makes it an adoption.
      const adopted = isTrust
        ? '; a trusted CA that is older than this stack stands for nodes that have certificates'
        : '';
      return `long enough is ${this.settle} here${adopted}`;
    }
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return `${waiting}${more} still waits for its first certificate, or for a new one`;
  }

  private elsewhere(phase: GenerationPhase, id: string): readonly Precondition[] {
    return phase === 'trusted' ? [] : (this.rules.elsewhere?.(phase, id, this.settle) ?? []);
  }

  /** Every id in the list of a witness must still be in the list. */
  private noneRemoved(witness: TerraformData): Precondition {
    return {
      condition: Op.lt(Fn.lengthOf(Fn.setsubtract(witness.list('generations'), [...this.generations.ids])), 1),
      errorMessage: describe(
        finding(GENERATION_REMOVED, { subject: 'the list of CA generations', got: this.generations.ids }),
      ),
    };
  }
}

/** The records of earlier deploys about one generation. */
interface Watched {
  readonly id: string;
  readonly phase: GenerationPhase;
  readonly isLast: boolean;
  /** Created when the generation enters its phase. */
  readonly inPhase: TerraformData;
  /** Created when the generation becomes the last of the list, or gets a successor. */
  readonly inPlace: TerraformData;
  /** Created when every delivery contains the certificate of the generation. */
  readonly trusted?: TerraformData;
  /** Created when no delivery contains a certificate that the generation signed. */
  readonly idle?: TerraformData;
  /** Created once for the id. */
  readonly known: TerraformData;
  readonly validity?: Validity;
}

function all({ inPhase, inPlace, trusted, idle, known }: Omit<Watched, 'known'> & Partial<Watched>): TerraformData[] {
  return [inPhase, inPlace, trusted, idle, known].filter((one) => one !== undefined);
}

/** The resources in these constructs, sorted, because the order of the nodes has no effect. */
function resourcesIn(deliveries: readonly Construct[]): readonly TerraformResource[] {
  if (deliveries.length === 0) refuse(DELIVERY_WITHOUT_RESOURCE, { subject: 'deliveries', got: deliveries });
  const resources = deliveries.map((one) => ({
    path: one.node.path,
    found: one.node.findAll().filter((child) => TerraformResource.isTerraformResource(child)),
  }));
  const empty = resources.find(({ found }) => found.length === 0);
  if (empty !== undefined) refuse(DELIVERY_WITHOUT_RESOURCE, { subject: 'deliveries', got: empty.path });
  const found = [...new Set(resources.flatMap((one) => one.found))].map((one) => [one.friendlyUniqueId, one] as const);
  return found.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
}

/** The time at which a resource is created. CDKTF has no function for it. */
const NOW = '${timestamp()}';

function settleTime(minutes: number): string {
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > LONGEST_MINUTES) {
    refuse(SETTLE_MINUTES_ILLEGAL, { subject: 'settleMinutes', got: minutes });
  }
  return `${minutes}m`;
}

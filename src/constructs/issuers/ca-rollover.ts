import { Construct } from 'constructs';

import { describe, finding, refuse } from '../../model/findings/finding';
import { type Rule } from '../../model/findings/rule';
import type { GenerationPhase } from '../../model/pki/generation';
import {
  DELIVERY_WITHOUT_RESOURCE,
  GENERATION_CHANGED,
  GENERATION_IN_USE,
  GENERATION_NOT_TRUSTED_YET,
  GENERATION_REMOVED,
  SETTLE_MINUTES_ILLEGAL,
} from '../../model/pki/rollover-guard';
import { Fn, Op, type Precondition, TerraformResource } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { within } from '../terraform/report';
import { TerraformData } from '../terraform/terraform-data';
import { concrete } from '../terraform/tokens';
import type { RootCa } from './root-ca';

/** What can be chosen about the steps from one generation of a CA to the next. */
export interface CaRolloverOptions {
  /**
   * Minutes that have to pass from the end of a deploy to the plan of the next step that builds on it. Erlang reads renewed files within two minutes; the rest is
   * for bringing them to the nodes.
   *
   * @default 10
   */
  readonly settleMinutes?: number;
  /**
   * Lets any step be planned, also those that cut nodes off from each other: for a CA whose key is known to others, where an outage is the
   * smaller harm.
   *
   * @default false
   */
  readonly unsafeWithoutGuard?: boolean;
}

/** Properties of `CaRollover`. */
export interface CaRolloverProps extends CaRolloverOptions {
  /** The CA. Whatever it issues by `issuer()` has to be asked for before. */
  readonly certificateAuthority: RootCa;
  /**
   * What brings the trust bundle and the certificates to every node and to the tools: the resources of their deliveries, or constructs that hold
   * them.
   */
  readonly deliveries: Construct[];
}

/** A Terraform expression. */
type Condition = ReturnType<typeof Op.or>;

const SETTLE_MINUTES = 10;

/** What `timecmp` gives at most where the first time is before the second, and at least where it is after it. CDKTF cannot compare with a zero. */
const BEFORE = -1;
const AFTER = 1;

/**
 * Guards the way from one generation of a CA to the next: `terraform plan` refuses a generation that signs before every node has trusted it,
 * the retirement of one that not long ago still signed, another certificate under an old id, and an id that is gone.
 *
 * What was deployed before is known from witnesses in the Terraform state: resources that are created when a deploy has done everything
 * else, with the time of its plan. A witness of this very plan has the time of this plan; so the plan knows what the deploys before it did.
 * A plan that leaves the phases as they are is never refused.
 *
 * Defines: a `terraform_data` for the first deploy, three to five for each generation, and one with the conditions. They hold times and ids,
 * no secrets.
 */
export class CaRollover extends Construct {
  /** The `terraform_data` resource with the conditions; undefined with `unsafeWithoutGuard`. */
  public readonly guardResource?: Construct;

  private readonly ids: readonly string[];
  private readonly deliveries: readonly TerraformResource[];
  /** Made in the first deploy. */
  private readonly born: TerraformData;

  public constructor(scope: Construct, id: string, props: CaRolloverProps) {
    super(scope, id);
    const authority = props.certificateAuthority;
    const settle = within(this, () => settleTime(concrete('settleMinutes', props.settleMinutes ?? SETTLE_MINUTES)));
    this.ids = authority._generationIds;
    this.deliveries = within(this, () => resourcesIn(props.deliveries));

    const witnesses = this.ids.map((one) => this.watch(one, authority));
    const every = witnesses.flatMap(all);
    this.born = this.witness(IDS.BORN, every);
    authority._guarded();
    if (props.unsafeWithoutGuard === true) return;

    this.guardResource = new TerraformData(this, IDS.GUARD, {
      lifecycle: {
        precondition: [
          ...witnesses.flatMap((one) => this.steps(one, settle)),
          ...[...every, this.born].map((witness) => this.noneRemoved(witness)),
        ],
      },
    });
  }

  /**
   * Terraform destroys a witness that does not hold any more before it changes a delivery, and makes one when all deliveries are done. So after an
   * apply that was cut off, too, a witness says only what holds for every delivery.
   */
  private watch(id: string, authority: RootCa): Watched {
    const { phase, certificate } = authority._standing(id);
    const made = (kind: string, trigger?: string): TerraformData =>
      this.witness(`${kind}${id}`, this.deliveries, trigger);
    const isLast = this.ids.at(-1) === id;
    const watched = {
      id,
      phase,
      isLast,
      inPhase: made(IDS.PHASE, phase),
      inPlace: made(IDS.PLACE, isLast ? 'last' : 'followed'),
      trusted: certificate === undefined ? undefined : made(IDS.TRUSTED, certificate),
      idle: phase === 'signing' ? undefined : made(IDS.IDLE),
    };
    return { ...watched, known: this.witness(`${IDS.KNOWN}${id}`, all(watched)) };
  }

  /** What it says of the times and of the list stays as it was when it was made. Another trigger is another witness. */
  private witness(id: string, dependsOn: readonly TerraformResource[], trigger?: string): TerraformData {
    return new TerraformData(this, id, {
      input: { planned: Fn.plantimestamp(), applied: NOW, generations: [...this.ids] },
      triggersReplace: trigger,
      dependsOn: [...dependsOn],
      lifecycle: { ignoreChanges: ['input'] },
    });
  }

  /** What may become of one generation in this plan. In the first deploy anything may: there are no nodes yet. */
  private steps(
    { id, phase, isLast, inPhase, inPlace, trusted, idle, known }: Watched,
    settle: string,
  ): Precondition[] {
    const step = (code: Rule, ...allowed: readonly Condition[]): Precondition => ({
      condition: allowed.reduce((one, other) => Op.or(one, other), isNew(this.born)),
      errorMessage: describe(
        finding(code, { subject: 'CA generation', got: id, detail: `long enough is ${settle} here` }),
      ),
    });
    return [
      ...(trusted === undefined ? [] : [step(GENERATION_CHANGED, isNew(known), isOld(trusted))]),
      ...(phase === 'signing' && trusted !== undefined
        ? [
            step(
              GENERATION_NOT_TRUSTED_YET,
              isOld(inPhase),
              // What was there from the beginning has nothing to wait for.
              isNotAfter(trusted, this.born),
              isSettled(trusted, settle),
            ),
          ]
        : []),
      // What has been idle for as long as it is known has never signed.
      ...(phase === 'retired' && idle !== undefined
        ? [step(GENERATION_IN_USE, isOld(inPhase), isNotAfter(idle, known), isSettled(idle, settle))]
        : []),
      // The last one now was followed by another one in the deploy before.
      ...(isLast ? [step(GENERATION_REMOVED, isNew(known), isOld(inPlace))] : []),
    ];
  }

  /** An id that was there when a witness was made must be there now. */
  private noneRemoved(witness: TerraformData): Precondition {
    return {
      condition: Op.lt(Fn.lengthOf(Fn.setsubtract(witness.list('generations'), [...this.ids])), 1),
      errorMessage: describe(finding(GENERATION_REMOVED, { subject: 'the list of CA generations', got: this.ids })),
    };
  }
}

/** What there is to know of one generation from the deploys before. */
interface Watched {
  readonly id: string;
  readonly phase: GenerationPhase;
  readonly isLast: boolean;
  /** Made when it came into its phase. */
  readonly inPhase: TerraformData;
  /** Made when it became the last of the list, or got a successor. */
  readonly inPlace: TerraformData;
  /** Made when every delivery had its certificate. */
  readonly trusted?: TerraformData;
  /** Made when no delivery had a certificate that it signed any more. */
  readonly idle?: TerraformData;
  /** Made once for the id. */
  readonly known: TerraformData;
}

function all({ inPhase, inPlace, trusted, idle, known }: Omit<Watched, 'known'> & Partial<Watched>): TerraformData[] {
  return [inPhase, inPlace, trusted, idle, known].filter((one) => one !== undefined);
}

/** The resources in these constructs. The order in which nodes are listed means nothing. */
function resourcesIn(deliveries: readonly Construct[]): readonly TerraformResource[] {
  if (deliveries.length === 0) refuse(DELIVERY_WITHOUT_RESOURCE, { subject: 'deliveries', got: deliveries });
  const resources = deliveries.map((one) => ({
    path: one.node.path,
    found: one.node.findAll().filter((child) => TerraformResource.isTerraformResource(child)),
  }));
  const empty = resources.find(({ found }) => found.length === 0);
  if (empty !== undefined) refuse(DELIVERY_WITHOUT_RESOURCE, { subject: 'deliveries', got: empty.path });
  const byAddress = (one: TerraformResource, other: TerraformResource): number =>
    one.friendlyUniqueId < other.friendlyUniqueId ? -1 : 1;
  return [...new Set(resources.flatMap(({ found }) => found))].sort(byAddress);
}

/** The time at which a resource is made. CDKTF has no function for it. */
const NOW = '${timestamp()}';

/** Whether this very plan makes it. */
function isNew(witness: TerraformData): Condition {
  return Op.eq(witness.text('planned'), Fn.plantimestamp());
}

function isOld(witness: TerraformData): Condition {
  return Op.neq(witness.text('planned'), Fn.plantimestamp());
}

function isNotAfter(witness: TerraformData, other: TerraformData): Condition {
  return Op.lt(Fn.timecmp(witness.text('planned'), other.text('planned')), AFTER);
}

/**
 * Whether it was made so long before this plan. Of one that this plan makes the time is not known yet, and must not be asked for. CDKTF writes a
 * conditional without parentheses: the list around it has brackets.
 */
function isSettled(witness: TerraformData, settle: string): Condition {
  const isOver = Op.lte(Fn.timecmp(Fn.timeadd(witness.text('applied'), settle), Fn.plantimestamp()), BEFORE);
  return Fn.alltrue([Fn.conditional(isOld(witness), isOver, false)]);
}

function settleTime(minutes: number): string {
  if (!Number.isSafeInteger(minutes) || minutes < 0) {
    refuse(SETTLE_MINUTES_ILLEGAL, { subject: 'settleMinutes', got: minutes });
  }
  return `${minutes}m`;
}

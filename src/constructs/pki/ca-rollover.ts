import { Fn, Op, type Precondition, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';

import { describe, type Evidence, finding, refuse } from '../../model/errors';
import { IDS } from '../private/ids';
import { within } from '../private/report';
import { TerraformData } from '../private/terraform-data';
import { concrete } from '../private/tokens';
import type { RootCa } from './root-ca';

/** What can be chosen about the steps from one generation of a CA to the next. */
export interface CaRolloverOptions {
  /**
   * Minutes that have to pass after a deploy before the next step may build on it. Erlang reads renewed files within two minutes; the rest is
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
  /** The CA. */
  readonly certificateAuthority: RootCa;
  /** The resources that bring the trust bundle and the certificates to every node and to the tools: those of their deliveries. */
  readonly deliveries: Construct[];
  /**
   * Ids of generations that sign certificates beside the signing one.
   *
   * @default - none
   */
  readonly alsoSigning?: string[];
}

/** A Terraform expression. */
type Condition = ReturnType<typeof Op.or>;

const SETTLE_MINUTES = 10;

/** What `timecmp` gives at most where the first time is before the second. CDKTF cannot compare with a zero. */
const BEFORE = -1;

/**
 * Guards the way from one generation of a CA to the next: `terraform plan` refuses a generation that signs before every node has trusted it,
 * and the retirement of one that not long ago still signed.
 *
 * What was deployed before is known from witnesses in the Terraform state: a resource that is created when the deploy has done everything
 * else, with the time of its plan. A witness of this very plan has the time of this plan; so the plan knows what the deploys before it did.
 *
 * Defines: a `terraform_data` for the first deploy, one for each generation that is trusted, one for each that nothing is signed with, and
 * one with the conditions. They hold times and ids, no secrets.
 */
export class CaRollover extends Construct {
  /** The `terraform_data` resource with the conditions; undefined with `unsafeWithoutGuard`. */
  public readonly guardResource?: Construct;

  private readonly ids: readonly string[];
  private readonly deliveries: TerraformResource[];

  public constructor(scope: Construct, id: string, props: CaRolloverProps) {
    super(scope, id);
    const authority = props.certificateAuthority;
    const { ids, signing, trusted, retired } = authority._plan;
    const signers = new Set([signing.id, ...concrete('alsoSigning', props.alsoSigning ?? [])]);
    const settle = within(this, () => settleTime(concrete('settleMinutes', props.settleMinutes ?? SETTLE_MINUTES)));
    this.ids = ids;
    this.deliveries = props.deliveries.filter((one) => TerraformResource.isTerraformResource(one)).sort(byAddress);

    const trust = new Map(trusted.map((generation) => [generation.id, this.witnessOfTrust(authority, generation.id)]));
    const idle = new Map(
      ids.filter((one) => !signers.has(one)).map((one) => [one, this.witness(`${IDS.IDLE}${one}`, this.deliveries)]),
    );
    const born = this.witness(IDS.BORN, [...this.deliveries, ...trust.values(), ...idle.values()]);
    authority._guarded();
    if (props.unsafeWithoutGuard === true) return;

    const earlier = (witness: TerraformData | undefined): Condition => isEarlier(witness, born, settle);
    this.guardResource = new TerraformData(this, IDS.GUARD, {
      lifecycle: {
        precondition: [
          ...[...signers].map((one) => ({
            condition: earlier(trust.get(one)),
            errorMessage: message('generation-not-trusted-yet', one, settle),
          })),
          ...retired.map(({ id: one }) => ({
            condition: earlier(idle.get(one)),
            errorMessage: message('generation-in-use', one, settle),
          })),
          ...[...trust.values(), ...idle.values(), born].map((witness) => this.noneRemoved(witness)),
        ],
      },
    });
  }

  /** Another certificate of the generation is one that nobody trusts yet. */
  private witnessOfTrust(authority: RootCa, id: string): TerraformData {
    const { _certificateId: certificate } = authority.generation(id);
    return this.witness(`${IDS.TRUSTED}${id}`, this.deliveries, { certificate });
  }

  /** Made once, when everything that it depends on is done. What it says of the time and the list stays as it was then. */
  private witness(id: string, dependsOn: TerraformResource[], triggersReplace?: Record<string, string>): TerraformData {
    return new TerraformData(this, id, {
      input: { time: Fn.plantimestamp(), generations: [...this.ids] },
      triggersReplace,
      dependsOn,
      lifecycle: { ignoreChanges: ['input'] },
    });
  }

  /** An id that was there when a witness was made must be there now. */
  private noneRemoved(witness: TerraformData): Precondition {
    return {
      condition: Op.lt(Fn.lengthOf(Fn.setsubtract(witness.list('generations'), [...this.ids])), 1),
      errorMessage: describe(finding('generation-removed', { subject: 'the list of CA generations', got: this.ids })),
    };
  }
}

/** The order in which nodes are listed means nothing. */
function byAddress(one: TerraformResource, other: TerraformResource): number {
  return one.friendlyUniqueId < other.friendlyUniqueId ? -1 : 1;
}

/**
 * The plan's time is the time of a witness that this plan makes. In the first deploy that goes for `born` as well, and nothing is refused: there
 * are no nodes yet. What was there from the beginning has nothing to wait for either.
 */
function isEarlier(witness: TerraformData | undefined, born: TerraformData, settle: string): Condition {
  const time = (witness ?? born).text('time');
  const isFirstDeploy = Op.eq(born.text('time'), Fn.plantimestamp());
  const isFromTheBeginning = Op.eq(time, born.text('time'));
  return Op.or(
    Op.or(isFirstDeploy, isFromTheBeginning),
    Op.lte(Fn.timecmp(Fn.timeadd(time, settle), Fn.plantimestamp()), BEFORE),
  );
}

function settleTime(minutes: number): string {
  if (!Number.isSafeInteger(minutes) || minutes < 0) {
    refuse('settle-minutes-illegal', { subject: 'settleMinutes', got: minutes });
  }
  return `${minutes}m`;
}

function message(code: 'generation-not-trusted-yet' | 'generation-in-use', id: string, settle: string): string {
  const evidence: Evidence = { subject: 'CA generation', got: id, detail: `long enough is ${settle} here` };
  return describe(finding(code, evidence));
}

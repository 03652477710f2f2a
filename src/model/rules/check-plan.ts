import { type Finding, finding, findingAt } from '../findings/finding';
import { rule } from '../findings/rule';
import type { Signatures } from '../observed/files/material';
import { type Destroyed, destroyed } from '../observed/terraform/destroyed';
import type { CaGenerationFacts, CaIdentity, Cluster } from '../observed/terraform/member';
import { plannedSituation } from '../observed/terraform/planned-situation';
import { generationHistories, type GenerationHistory } from '../observed/terraform/rollover-witness';
import type { TerraformPlan } from '../observed/terraform/terraform-plan';
import { trustChange } from '../observed/terraform/trust-change';
import { waitingAt } from '../observed/terraform/waiting';
import { GENERATION_REMOVED } from '../pki/rollover-guard';
import { instantOf } from '../x509/calendar';
import { waitingFindings } from './certificates/keys-on-nodes';
import { type PlainTextMove, plainTextMove } from './flags/plain-text-order';
import {
  declaredTwiceFindings,
  incompleteFindings,
  undeliveredFindings,
  withoutNodesFindings,
  writtenTwiceFindings,
} from './plans';
import { transitionFindings } from './trust/transition';
import { undeliveredBeforeFindings, unfinishedFindings } from './unfinished';

/** What plans do to clusters, and what is wrong with that. */
export interface PlanVerdict {
  readonly clusters: readonly ClusterVerdict[];
  readonly generations: ReadonlyMap<CaIdentity, CaGenerationFacts>;
  readonly destroyed: readonly Destroyed[];
  /** Of each plan, and of each cluster: where there are several, their subjects say of which. */
  readonly findings: readonly Finding[];
}

/** What plans do to one cluster. */
export interface ClusterVerdict extends Cluster {
  /** Absent if no node is on its way between plain text and TLS. */
  readonly plainTextMove?: PlainTextMove;
  readonly findings: readonly Finding[];
}

/** Judges plans that are applied side by side, as those of all stacks of one cluster. */
export function judgePlans(plans: readonly TerraformPlan[], signatures: Signatures): PlanVerdict {
  const { clusters, generations, undelivered } = trustChange(plans, signatures);
  const histories = plans.flatMap(({ name, resources }) =>
    generationHistories(resources).map((history) => ({ ...history, plan: name })),
  );
  const isOf = ({ cluster, plan }: PlannedHistory, { members }: Cluster): boolean =>
    members.some((member) => member.cluster === cluster && member.plan === plan);
  const timestamp = latestOf(plans);
  const verdicts = clusters.map((cluster) => ({
    ...cluster,
    plainTextMove: plainTextMove(
      plannedSituation(
        cluster.members.filter(({ after }) => after !== undefined),
        generations,
      ),
    ),
    findings: [
      ...histories.filter((history) => isOf(history, cluster)).flatMap(historyFindings),
      ...transitionFindings(cluster.members, generations, timestamp),
      ...declaredTwiceFindings(cluster.members),
    ],
  }));
  return {
    clusters: verdicts,
    generations,
    destroyed: destroyed(
      plans.flatMap(({ resources }) => resources),
      clusters.flatMap(({ members }) => members),
    ),
    findings: [
      ...plans.flatMap(incompleteFindings),
      ...plans.flatMap(ofNodesInPlan),
      ...clusters.flatMap(({ members }) => undeliveredBeforeFindings(members)),
      ...writtenTwiceFindings(plans, clusters),
      ...withoutNodesFindings(plans, clusters),
      ...(clusters.length === 0 ? [] : undeliveredFindings(undelivered)),
      ...histories.filter((one) => !clusters.some((cluster) => isOf(one, cluster))).flatMap(historyFindings),
      ...verdicts.flatMap(({ name, findings }) =>
        verdicts.length === 1 ? findings : findings.map((one) => findingAt(`cluster ${name}`, one)),
      ),
    ],
  };
}

function ofNodesInPlan({ name, resources }: TerraformPlan): readonly Finding[] {
  const found = [...waitingFindings(waitingAt('after', resources)), ...unfinishedFindings(resources)];
  return name === undefined ? found : found.map((one) => findingAt(name, one));
}

/** A certificate that had expired before one of the plans was made has expired for all. */
function latestOf(plans: readonly TerraformPlan[]): string | undefined {
  const times = plans.flatMap(({ timestamp }) => timestamp ?? []);
  return times.reduce<string | undefined>(
    (one, other) => ((instantOf(one) ?? -Infinity) >= (instantOf(other) ?? -Infinity) ? one : other),
    times[0],
  );
}

interface PlannedHistory extends GenerationHistory {
  readonly plan?: string;
}

function historyFindings({ removed, reused, plan }: PlannedHistory): readonly Finding[] {
  const findings = [
    ...(removed.length === 0
      ? []
      : [finding(GENERATION_REMOVED, { subject: 'the list of CA generations', detail: removed.join(', ') })]),
    ...reused.map((id) => finding(GENERATION_ID_REUSED, { subject: 'CA generation', got: id })),
  ];
  return plan === undefined ? findings : findings.map((one) => findingAt(plan, one));
}

export const GENERATION_ID_REUSED = rule({
  code: 'generation-id-reused',
  severity: 'error',
  problem: 'was used before, and would now stand for another key',
  expected: 'an id that no generation of this CA ever had',
  remedy: 'leave it retired, and introduce a generation under a new id',
  source: 'docs/rotation.md; test/real/check-plan.test.ts',
});

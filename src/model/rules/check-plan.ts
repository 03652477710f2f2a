import { type Finding, finding } from '../errors';
import { type Destroyed, destroyed } from '../observed/terraform/destroyed';
import type { CaGenerationFacts, CaIdentity, Cluster } from '../observed/terraform/member';
import { trustChange } from '../observed/terraform/plan-members';
import { generationHistories, type GenerationHistory } from '../observed/terraform/rollover-witness';
import type { TerraformPlan } from '../observed/terraform/terraform-plan';
import { transitionFindings } from './trust/transition';

/** What a plan does to clusters, and what is wrong with that. */
export interface PlanVerdict {
  readonly clusters: readonly ClusterVerdict[];
  readonly generations: ReadonlyMap<CaIdentity, CaGenerationFacts>;
  readonly destroyed: readonly Destroyed[];
  /** Of the plan, and of each cluster: where there are several, their subjects say of which. */
  readonly findings: readonly Finding[];
}

/** What a plan does to one cluster. */
export interface ClusterVerdict extends Cluster {
  readonly findings: readonly Finding[];
}

export function judgePlan({ resources, timestamp, isComplete }: TerraformPlan): PlanVerdict {
  const { clusters, generations } = trustChange(resources);
  const histories = generationHistories(resources);
  const names = clusters.map(({ name }) => name);
  const verdicts = clusters.map((cluster) => ({
    ...cluster,
    findings: [
      ...histories.filter((history) => history.cluster === cluster.name).flatMap(historyFindings),
      ...transitionFindings(cluster.members, generations, timestamp),
    ],
  }));
  return {
    clusters: verdicts,
    generations,
    destroyed: destroyed(
      resources,
      clusters.flatMap(({ members }) => members),
    ),
    findings: [
      ...(isComplete ? [] : [finding('plan-incomplete', { subject: 'plan' })]),
      ...(verdicts.length === 0 ? [finding('plan-without-members', { subject: 'plan' })] : []),
      ...histories.filter(({ cluster }) => !names.includes(cluster)).flatMap(historyFindings),
      ...verdicts.flatMap(({ name, findings }) =>
        verdicts.length === 1 ? findings : findings.map((one) => ofCluster(name, one)),
      ),
    ],
  };
}

function historyFindings({ removed, reused }: GenerationHistory): readonly Finding[] {
  return [
    ...(removed.length === 0
      ? []
      : [finding('generation-removed', { subject: 'the list of CA generations', detail: removed.join(', ') })]),
    ...reused.map((id) => finding('plan-reuses-generation', { subject: 'CA generation', got: id })),
  ];
}

function ofCluster(name: string, { subject, message, ...rest }: Finding): Finding {
  const before = `cluster ${name}: `;
  return { ...rest, subject: before + subject, message: before + message };
}

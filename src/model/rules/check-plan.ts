import { type WrittenFile, writtenFiles } from '../deliveries/file-resource';
import { FILE_WRITTEN_TWICE } from '../files/file-set';
import { fileKey } from '../files/same-file';
import { type Finding, finding } from '../findings/finding';
import { addTo } from '../findings/lists';
import { rule } from '../findings/rule';
import { type Destroyed, destroyed } from '../observed/terraform/destroyed';
import type { CaGenerationFacts, CaIdentity, Cluster } from '../observed/terraform/member';
import { trustChange } from '../observed/terraform/plan-members';
import { plannedSituation } from '../observed/terraform/planned-situation';
import { generationHistories, type GenerationHistory } from '../observed/terraform/rollover-witness';
import type { TerraformPlan } from '../observed/terraform/terraform-plan';
import { GENERATION_REMOVED } from '../pki/rollover-guard';
import { type PlainTextMove, plainTextMove } from './flags/plain-text-order';
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
  /** Absent if no node is on its way between plain text and TLS. */
  readonly plainTextMove?: PlainTextMove;
  readonly findings: readonly Finding[];
}

export function judgePlan({ resources, timestamp, leftOut }: TerraformPlan): PlanVerdict {
  const { clusters, generations } = trustChange(resources);
  const histories = generationHistories(resources);
  const names = clusters.map(({ name }) => name);
  const verdicts = clusters.map((cluster) => ({
    ...cluster,
    plainTextMove: plainTextMove(
      plannedSituation(
        cluster.members.filter(({ after }) => after !== undefined),
        generations,
      ),
    ),
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
      ...(leftOut === undefined ? [] : [finding(PLAN_INCOMPLETE, { subject: 'plan', detail: leftOut })]),
      ...writtenTwiceFindings(resources),
      ...(verdicts.length === 0 ? [finding(PLAN_WITHOUT_NODES, { subject: 'plan' })] : []),
      ...histories.filter(({ cluster }) => !names.includes(cluster)).flatMap(historyFindings),
      ...verdicts.flatMap(({ name, findings }) =>
        verdicts.length === 1 ? findings : findings.map((one) => ofCluster(name, one)),
      ),
    ],
  };
}

/** Files that two resources write: each apply writes one of them again, and no node has the files that its unit shows. */
function writtenTwiceFindings(resources: TerraformPlan['resources']): readonly Finding[] {
  const writers = new Map<string, WrittenFile[]>();
  for (const file of writtenFiles(resources, 'after')) {
    addTo(writers, fileKey(`${file.directory}/${file.name}`), file);
  }
  return [...writers.values()].flatMap(([first, second]) =>
    first === undefined || second === undefined
      ? []
      : [
          finding(FILE_WRITTEN_TWICE, {
            subject: 'file',
            got: `${second.directory}/${second.name}`,
            detail: `by ${first.address} and ${second.address}`,
          }),
        ],
  );
}

export const PLAN_INCOMPLETE = rule({
  code: 'plan-incomplete',
  severity: 'warning',
  problem: 'does not cover the whole stack',
  expected: 'a plan without -target',
  remedy: 'plan without -target: what this plan leaves out is not judged, and its guards are not asked',
  source:
    'Terraform, JSON Output Format: complete in Plan Representation, which OpenTofu does not have; test/cli/commands/check-plan.test.ts',
});

export const PLAN_WITHOUT_NODES = rule({
  code: 'plan-without-nodes',
  severity: 'error',
  problem: 'has nothing of this library in it, so that nothing was checked',
  expected: 'a plan of a stack with a TlsCluster, or with node certificates and files that carry them',
  remedy: 'pass the plan of the stack that declares the cluster; a stack without one needs no check-plan',
  source: 'test/cli/commands/check-plan.test.ts',
});

function historyFindings({ removed, reused }: GenerationHistory): readonly Finding[] {
  return [
    ...(removed.length === 0
      ? []
      : [finding(GENERATION_REMOVED, { subject: 'the list of CA generations', detail: removed.join(', ') })]),
    ...reused.map((id) => finding(GENERATION_ID_REUSED, { subject: 'CA generation', got: id })),
  ];
}

export const GENERATION_ID_REUSED = rule({
  code: 'generation-id-reused',
  severity: 'error',
  problem: 'was used before, and would now stand for another key',
  expected: 'an id that no generation of this CA ever had',
  remedy: 'leave it retired, and introduce a generation under a new id',
  source: 'docs/rotation.md; test/real/check-plan.test.ts',
});

function ofCluster(name: string, { subject, message, ...rest }: Finding): Finding {
  const before = `cluster ${name}: `;
  return { ...rest, subject: before + subject, message: before + message };
}

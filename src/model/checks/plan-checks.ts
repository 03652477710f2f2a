import { type Finding, finding } from '../errors';
import { type Destroyed, destroyed, removedGenerations } from '../trust/destroyed';
import { type TrustChange, trustChange } from '../trust/plan-members';
import type { TerraformPlan } from '../trust/terraform-plan';
import { transitionFindings } from './transition-checks';

/** What a plan does to a cluster, and what is wrong with that. */
export interface PlanVerdict {
  readonly change: TrustChange;
  readonly destroyed: readonly Destroyed[];
  readonly findings: readonly Finding[];
}

export function judgePlan(plan: TerraformPlan): PlanVerdict {
  const change = trustChange(plan.resources);
  const removed = removedGenerations(plan.resources);
  return {
    change,
    destroyed: destroyed(plan.resources),
    findings: [
      ...(plan.isComplete ? [] : [finding('plan-incomplete', { subject: 'plan' })]),
      ...(removed.length === 0
        ? []
        : [finding('generation-removed', { subject: 'the list of CA generations', detail: removed.join(', ') })]),
      ...transitionFindings(change, plan.timestamp),
    ],
  };
}

import { deliveredUnits } from '../deliveries/registry';
import { type Finding, finding } from '../findings/finding';
import { rule } from '../findings/rule';
import { labelOf, type MemberChange } from '../observed/terraform/member';
import type { TerraformResource } from '../terraform/resources';

/** Nodes and tools whose files the last apply began to bring, and failed. What they have may be older than what the state shows. */
export function unfinishedFindings(resources: readonly TerraformResource[]): readonly Finding[] {
  const unfinished = new Set(resources.filter(({ isUnfinished }) => isUnfinished).map(({ address }) => address));
  if (unfinished.size === 0) return [];
  return deliveredUnits(resources, 'before').flatMap(({ name: got, resources: writers }) =>
    writers.some((one) => unfinished.has(one)) ? [finding(DELIVERY_UNFINISHED, { subject: 'delivery to', got })] : [],
  );
}

/** The same for those that an apply, which then failed or ended, has taken out of the state: to a plan, they look like new ones. */
export function undeliveredBeforeFindings(members: readonly MemberChange[]): readonly Finding[] {
  const detail = 'its certificate is in the state, and its files are not';
  return members
    .filter(({ isUndelivered }) => isUndelivered)
    .map((one) => finding(DELIVERY_UNFINISHED, { subject: 'delivery to', got: labelOf(one), detail }));
}

export const DELIVERY_UNFINISHED = rule({
  code: 'delivery-unfinished',
  severity: 'warning',
  problem:
    'failed in the last apply, or did not begin, so that the node may have older files than Terraform takes it to have',
  expected: 'the last step on every node before the next one begins',
  remedy:
    'apply the last step again, without another change; what is said of the old files of this node may be wrong until then',
  source:
    'Terraform, JSON Output Format: replace_because_tainted, and tainted in a state; test/model/rules/check-plan.test.ts',
});

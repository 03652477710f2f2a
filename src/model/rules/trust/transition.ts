import { type Finding, finding } from '../../findings/finding';
import { nameList } from '../../findings/name-list';
import { rule } from '../../findings/rule';
import { type CaGenerationFacts, type CaIdentity, labelOf, type MemberChange } from '../../observed/terraform/member';
import { plannedSituation } from '../../observed/terraform/planned-situation';
import { expiredBeforePlanFindings } from '../certificates/expired-before-plan';
import { situationFindings } from '../check-situation';
import { plainTextOrderFindings } from '../flags/plain-text-order';
import { unexaminedFindings } from '../flags/unexamined';
import { plannedVerificationFindings } from '../options/planned-verification';
import { unseenFindings } from './unseen-certificates';

/**
 * Whether all nodes of a cluster and its tools can connect with each other at every moment, while one after the other gets its new files.
 * Members that join have nothing old. Members that leave are left out: no other node has to reach them any more.
 */
export function transitionFindings(
  members: readonly MemberChange[],
  generations: ReadonlyMap<CaIdentity, CaGenerationFacts>,
  timestamp?: string,
): readonly Finding[] {
  const staying = members.filter(({ after }) => after !== undefined);
  if (staying.length === 0) {
    const detail = nameList(members.map(labelOf));
    return [finding(PLAN_REMOVES_ALL_NODES, { subject: 'plan', detail })];
  }
  const situation = plannedSituation(staying, generations);
  return [
    ...situationFindings(situation),
    ...plainTextOrderFindings(situation),
    ...plannedVerificationFindings(situation),
    ...unexaminedFindings(situation),
    ...unseenFindings(staying),
    ...staying.flatMap(removedNameFindings),
    ...(timestamp === undefined ? [] : expiredBeforePlanFindings(staying, generations, timestamp)),
  ];
}

export const PLAN_REMOVES_ALL_NODES = rule({
  code: 'plan-removes-all-nodes',
  severity: 'error',
  problem: 'leaves no node',
  expected: 'at least one node that has a certificate afterwards',
  remedy: 'to remove the cluster, destroy it without this check',
  source: 'test/real/check-plan.test.ts',
});

/** Names that a certificate loses. The node keeps its name unless that is changed too. */
function removedNameFindings(member: MemberChange): readonly Finding[] {
  const { before, after } = member;
  const lost = (before?.names ?? []).filter((one) => after?.names?.includes(one) === false);
  if (lost.length === 0) return [];
  return [finding(CERTIFICATE_NAME_REMOVED, { subject: `certificate of ${labelOf(member)}`, got: lost })];
}

export const CERTIFICATE_NAME_REMOVED = rule({
  code: 'certificate-name-removed',
  severity: 'warning',
  problem: 'no longer holds names that it had',
  expected: 'every name by which others still dial the node',
  remedy: 'rename the node itself at the same time, which takes a restart, or keep the name',
  source: 'RFC 6125, section 6; test/real/check-plan.test.ts',
});

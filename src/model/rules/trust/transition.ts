import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import {
  type CaGenerationFacts,
  type CaIdentity,
  listed,
  type MemberChange,
  namesOf,
} from '../../observed/terraform/member';
import { type Moment, MOMENTS } from '../../terraform/resources';
import { expiredBeforePlanFindings } from '../certificates/expired-before-plan';
import { bootTransitionFindings } from '../flags/boot-transition';
import { plainTextTransitionFindings } from '../flags/plain-text';
import { WORDS } from '../moments';

/**
 * Whether every node of a cluster and its tools can connect with every node at every moment of the way, while one after the other gets its new files.
 *
 * A node reads its trust bundle and its certificate at moments of its own, so each of the two is taken as old or new by itself: each
 * certificate that a member shows, before or after, has to be signed by a CA that every other member trusts, before and after.
 * Members that join have nothing old. Members that leave are left out: nobody needs to reach them any more.
 */
export function transitionFindings(
  members: readonly MemberChange[],
  generations: ReadonlyMap<CaIdentity, CaGenerationFacts>,
  timestamp?: string,
): readonly Finding[] {
  const staying = members.filter(({ after }) => after !== undefined);
  if (staying.length === 0)
    return [finding(PLAN_REMOVES_ALL_NODES, { subject: 'plan', detail: listed(namesOf(members)) })];
  return [
    ...refusalFindings(staying, generations),
    ...bootTransitionFindings(staying),
    ...plainTextTransitionFindings(staying),
    ...staying.flatMap(nameFindings),
    ...(timestamp === undefined ? [] : expiredBeforePlanFindings(staying, generations, timestamp)),
  ];
}

export const PLAN_REMOVES_ALL_NODES = rule({
  code: 'plan-removes-all-nodes',
  severity: 'error',
  problem: 'leaves no node',
  expected: 'at least one node that has a certificate afterwards',
  remedy: 'if the cluster is to go, destroy it without this check',
});

/** One finding for each CA whose certificates are refused, and not one for each of the pairs. */
function refusalFindings(
  members: readonly MemberChange[],
  generations: ReadonlyMap<CaIdentity, CaGenerationFacts>,
): readonly Finding[] {
  return MOMENTS.flatMap((shown) =>
    [...groupedByIssuer(members, shown)].flatMap(([issuer, presenters]) =>
      MOMENTS.flatMap((trusted) => {
        const refusing = members.filter((member) => refuses(member, trusted, issuer, presenters));
        if (refusing.length === 0) return [];
        return [
          finding(PLAN_CUTS_OFF, {
            subject: `the ${WORDS[shown]} certificate of ${listed(namesOf(presenters))}`,
            detail: `signed by ${generations.get(issuer)?.name ?? 'an unknown CA'}, which the ${WORDS[trusted]} trust bundle of ${listed(namesOf(refusing))} does not hold`,
          }),
        ];
      }),
    ),
  );
}

export const PLAN_CUTS_OFF = rule({
  code: 'plan-cuts-off',
  severity: 'error',
  problem: 'would be refused while the nodes are updated one after the other',
  expected: 'certificates, old and new, of CAs that every other member trusts, before and after',
  remedy: `take the steps one by one: trust the CA in one deploy, sign with it in the next, retire the old one in the third (${documentation('rotation')})`,
});

function groupedByIssuer(
  members: readonly MemberChange[],
  moment: Moment,
): ReadonlyMap<CaIdentity, readonly MemberChange[]> {
  const groups = new Map<CaIdentity, MemberChange[]>();
  for (const member of members) {
    const issuer = member[moment]?.issuer;
    if (issuer !== undefined) groups.set(issuer, [...(groups.get(issuer) ?? []), member]);
  }
  return groups;
}

/** Tools do not connect with each other, and nobody with itself. */
function refuses(
  member: MemberChange,
  moment: Moment,
  issuer: CaIdentity,
  presenters: readonly MemberChange[],
): boolean {
  const state = member[moment];
  if (state === undefined || state.trusts.has(issuer)) return false;
  return presenters.some((other) => other !== member && (isServer(other) || isServer(member)));
}

function isServer({ before, after }: MemberChange): boolean {
  return (after ?? before)?.isServer === true;
}

/** The node keeps its name unless somebody changes that too. */
function nameFindings({ name, before, after }: MemberChange): readonly Finding[] {
  const lost = (before?.names ?? []).filter((one) => after?.names?.includes(one) === false);
  if (lost.length === 0) return [];
  return [finding(CERTIFICATE_NAME_REMOVED, { subject: `certificate of ${name}`, got: lost })];
}

export const CERTIFICATE_NAME_REMOVED = rule({
  code: 'certificate-name-removed',
  severity: 'warning',
  problem: 'no longer holds names that it had',
  expected: 'every name under which others still dial the node',
  remedy: 'rename the node itself at the same time, which takes a restart, or keep the name',
});

import { type Finding, finding } from '../../errors';
import {
  type CaGenerationFacts,
  type CaIdentity,
  listed,
  type MemberChange,
  namesOf,
} from '../../observed/terraform/member';
import { type Moment, MOMENTS } from '../../terraform/resources';
import { endedFindings } from '../certificates/expired-in-plan';
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
  if (staying.length === 0) return [finding('plan-removes-all', { subject: 'plan', detail: listed(namesOf(members)) })];
  return [
    ...refusalFindings(staying, generations),
    ...bootTransitionFindings(staying),
    ...plainTextTransitionFindings(staying),
    ...staying.flatMap(nameFindings),
    ...(timestamp === undefined ? [] : endedFindings(staying, generations, timestamp)),
  ];
}

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
          finding('plan-cuts-off', {
            subject: `the ${WORDS[shown]} certificate of ${listed(namesOf(presenters))}`,
            detail: `signed by ${generations.get(issuer)?.name ?? 'an unknown CA'}, which the ${WORDS[trusted]} trust bundle of ${listed(namesOf(refusing))} does not hold`,
          }),
        ];
      }),
    ),
  );
}

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
  return [finding('plan-drops-name', { subject: `certificate of ${name}`, got: lost })];
}

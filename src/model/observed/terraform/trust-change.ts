import { MOMENTS } from '../../terraform/resources';
import type { Signatures } from '../files/material';
import { declaredAuthorities, readAuthorities } from './authorities';
import { PemBodies } from './certificates';
import { clustersOf, declaredClusters } from './clusters';
import type { CaGenerationFacts, CaIdentity, Cluster, MemberChange } from './member';
import { type PlanMoment, planMoment } from './plan-members';
import type { TerraformPlan } from './terraform-plan';

/** The certificates that members present and trust, before and after the apply. */
export interface TrustChange {
  readonly clusters: readonly Cluster[];
  readonly generations: ReadonlyMap<CaIdentity, CaGenerationFacts>;
}

/** The members of all plans. Those of one cluster may be in several: a CA is the same, whichever plan shows its certificate. */
export function trustChange(plans: readonly TerraformPlan[], signatures: Signatures): TrustChange {
  const bodies = new PemBodies();
  const read = plans.map((plan) => ({ plan, moments: momentsOf(plan, bodies) }));
  const members = read.flatMap(({ plan, moments }) => membersOf(plan, moments));
  const declared = MOMENTS.flatMap((moment) =>
    read.flatMap(({ moments }) => declaredAuthorities(moments[moment].certificates, moment, bodies)),
  );
  const generations = new Map(
    [...declared, ...readAuthorities(declared, authoritiesOf(members), bodies, signatures)].map((one) => [
      one.identity,
      one,
    ]),
  );
  return { clusters: clustersOf(members, generations), generations };
}

type Moments = Readonly<Record<'before' | 'after', PlanMoment>>;

function momentsOf({ resources }: TerraformPlan, bodies: PemBodies): Moments {
  return { before: planMoment('before', resources, bodies), after: planMoment('after', resources, bodies) };
}

function membersOf({ name: plan, resources }: TerraformPlan, { before, after }: Moments): readonly MemberChange[] {
  const declared = declaredClusters(resources);
  const lost = new Set(resources.filter(({ isLost }) => isLost === true).map(({ address }) => address));
  const addresses = [...new Set([...before.members.keys(), ...after.members.keys()])].sort();
  return addresses.map((address) => {
    const [old, next] = [before.members.get(address), after.members.get(address)];
    const written = next?.resources ?? [];
    return {
      name: (next ?? old)?.name ?? address,
      plan,
      before: old?.member,
      after: next?.member,
      isWrittenAgain: written.some((one) => lost.has(one)),
      cluster: firstOf(declared, [...written, ...(old?.resources ?? [])]),
    };
  });
}

/** The value of the first key that has one. */
function firstOf(values: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined {
  return keys.map((one) => values.get(one)).find((one) => one !== undefined);
}

function authoritiesOf(members: readonly MemberChange[]): ReadonlySet<CaIdentity> {
  const all = new Set<CaIdentity>();
  for (const { before, after } of members) {
    for (const member of [before, after]) {
      if (member === undefined) continue;
      for (const one of [member.issuer, ...(member.sends ?? []), ...member.trusts]) all.add(one);
    }
  }
  return all;
}

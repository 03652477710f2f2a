import { type Moment, MOMENTS, placeOf } from '../../terraform/resources';
import type { Signatures } from '../files/material';
import { declaredAuthorities, readAuthorities } from './authorities';
import { PemBodies } from './certificates';
import { clustersOf, declaredClusters } from './clusters';
import type { CaGenerationFacts, CaIdentity, Cluster, MemberChange } from './member';
import { type MemberAt, type PlanMoment, planMoment } from './plan-members';
import type { TerraformPlan } from './terraform-plan';

/** The certificates that members present and trust, before and after the apply. */
export interface TrustChange {
  readonly clusters: readonly Cluster[];
  readonly generations: ReadonlyMap<CaIdentity, CaGenerationFacts>;
  /** Addresses of certificates, with their plans, that are in no file that is read here. */
  readonly undelivered: readonly string[];
}

/** The members of all plans. Those of one cluster may be in several: a CA is the same, whichever plan shows its certificate. */
export function trustChange(plans: readonly TerraformPlan[], signatures: Signatures): TrustChange {
  const bodies = new PemBodies();
  const read = plans.map((plan) => ({ plan, moments: momentsOf(plan, bodies, signatures) }));
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
  const undelivered = read.flatMap(({ plan, moments }) => undeliveredIn(plan, moments.after));
  return { clusters: clustersOf(members, generations), generations, undelivered };
}

function undeliveredIn({ name: plan }: TerraformPlan, { certificates, members }: PlanMoment): readonly string[] {
  const delivered = new Set(members.map(({ address }) => address));
  return [...certificates.leaves.values()]
    .filter(({ address, after }) => after !== undefined && !delivered.has(address))
    .map(({ address }) => placeOf({ address, plan }));
}

type Moments = Readonly<Record<'before' | 'after', PlanMoment>>;

function momentsOf({ resources }: TerraformPlan, bodies: PemBodies, signatures: Signatures): Moments {
  const at = (moment: Moment): PlanMoment => planMoment(moment, resources, bodies, signatures);
  return { before: at('before'), after: at('after') };
}

function membersOf({ name: plan, resources }: TerraformPlan, { before, after }: Moments): readonly MemberChange[] {
  const declared = declaredClusters(resources);
  const made = new Set(resources.filter(({ isMadeAgain }) => isMadeAgain).map(({ address }) => address));
  const keyOf = keys([...before.members, ...after.members]);
  const [olds, nexts] = [before, after].map(({ members }) => new Map(members.map((one) => [keyOf(one), one])));
  const all = [...new Set([...(olds?.keys() ?? []), ...(nexts?.keys() ?? [])])].sort();
  return all.map((key) => {
    const [old, next] = [olds?.get(key), nexts?.get(key)];
    const [written, writtenBefore] = [resourcesOf(next), resourcesOf(old)];
    return {
      name: (next ?? old)?.name ?? key,
      plan,
      before: old?.member,
      after: next?.member,
      isWrittenAgain: written.some((one) => made.has(one)),
      isUndelivered: old === undefined && existed(next?.address, before),
      cluster: firstOf(declared, [...written, ...writtenBefore]),
    };
  });
}

function existed(address: string | undefined, { certificates }: PlanMoment): boolean {
  return address !== undefined && certificates.leaves.get(address)?.before !== undefined;
}

function resourcesOf(member: MemberAt | undefined): readonly string[] {
  return member?.resources ?? [];
}

/** What a member is known by at both moments: the address of its certificate, or its name, if it has no address at one of them. */
function keys(members: readonly MemberAt[]): (member: MemberAt) => string {
  const nameless = new Set(members.filter(({ address }) => address === undefined).map(({ name }) => name));
  return ({ name, address }) => (address === undefined || nameless.has(name) ? `member ${name}` : address);
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
      for (const one of [
        ...(member.issuer === undefined ? [] : [member.issuer]),
        ...(member.sends ?? []),
        ...member.trusts,
      ])
        all.add(one);
    }
  }
  return all;
}

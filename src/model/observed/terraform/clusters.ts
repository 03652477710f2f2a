import type { TerraformResource } from '../../terraform/resources';
import type { CaGenerationFacts, CaIdentity, Cluster, MemberChange } from './member';
import { witnessOf } from './rollover-witness';

/** Clusters by the addresses of their delivered files: the witnesses of a rollover depend on every file of their cluster. */
export function declaredClusters(resources: readonly TerraformResource[]): ReadonlyMap<string, string> {
  return new Map(
    resources.flatMap(({ address, configured }) => {
      const cluster = witnessOf(address)?.cluster;
      return cluster === undefined ? [] : configured.dependsOn.map((one) => [one, cluster] as const);
    }),
  );
}

/**
 * Groups members by cluster. If the configuration names no cluster, members with a common CA before or after the apply belong together,
 * even if all of them change their CA at once. A removed member belongs to the cluster that it leaves.
 */
export function clustersOf(
  members: readonly MemberChange[],
  generations: ReadonlyMap<CaIdentity, CaGenerationFacts>,
): readonly Cluster[] {
  const declared = new Map<string, Group>();
  for (const member of members) {
    const { cluster } = member;
    if (cluster !== undefined) declared.set(cluster, joined(groupOf(member), declared.get(cluster)));
  }
  const others: Cluster[] = [];
  for (const group of connected(members.filter(({ cluster }) => cluster === undefined))) {
    const [name] = [...declared].find(([, one]) => isConnected(one, group)) ?? [];
    if (name === undefined) others.push({ name: nameOf(group, generations), members: group.members });
    else declared.set(name, joined(group, declared.get(name)));
  }
  return [...[...declared].map(([name, group]) => ({ name, members: group.members })), ...others];
}

interface Group {
  readonly members: readonly MemberChange[];
  readonly authorities: ReadonlySet<CaIdentity>;
}

function groupOf(member: MemberChange): Group {
  const moments = [member.before, member.after].filter((one) => one !== undefined);
  return { members: [member], authorities: new Set(moments.flatMap(({ issuer, trusts }) => [issuer, ...trusts])) };
}

function joined(group: Group, other: Group | undefined): Group {
  return {
    members: [...(other?.members ?? []), ...group.members],
    authorities: new Set([...(other?.authorities ?? []), ...group.authorities]),
  };
}

function isConnected(one: Group, other: Group): boolean {
  return [...one.authorities].some((authority) => other.authorities.has(authority));
}

function connected(members: readonly MemberChange[]): readonly Group[] {
  let groups: readonly Group[] = [];
  for (const member of members) {
    const own = groupOf(member);
    const near = groups.filter((group) => isConnected(group, own));
    const merged = [...near, own].reduce((all, group) => joined(group, all));
    groups = [...groups.filter((group) => !near.includes(group)), merged];
  }
  return groups;
}

function nameOf({ members }: Group, generations: ReadonlyMap<CaIdentity, CaGenerationFacts>): string {
  const [first] = members;
  const issuer = (first?.after ?? first?.before)?.issuer ?? '';
  return generations.get(issuer)?.name ?? first?.name ?? '';
}

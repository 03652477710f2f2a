import { addTo } from '../../findings/lists';
import type { TerraformResource } from '../../terraform/resources';
import type { CaGenerationFacts, CaIdentity, Cluster, MemberChange } from './member';
import { withMoved } from './moved-members';
import { witnessOf } from './rollover-witness';

/** Clusters by the addresses of their delivered files: one resource of a rollover depends on every file of the cluster. */
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
 *
 * Clusters of several plans are one cluster if they have one name and a CA in common: two stacks may call different clusters the same, and
 * different clusters may trust one CA.
 */
export function clustersOf(
  members: readonly MemberChange[],
  generations: ReadonlyMap<CaIdentity, CaGenerationFacts>,
): readonly Cluster[] {
  const named = [...groupedBy(members, ({ cluster }) => cluster)].flatMap(([name, those]) =>
    connected([...groupedBy(those, ({ plan }) => plan ?? '').values()]).map((all) => ({ name, members: [...all] })),
  );
  const owners = new Map<CaIdentity, { readonly members: MemberChange[] }>();
  for (const one of [...named].reverse()) for (const ca of authoritiesOf(one.members)) owners.set(ca, one);
  const others: Cluster[] = [];
  const unnamed = members.filter(({ cluster }) => cluster === undefined);
  for (const group of connected(unnamed.map((one) => [one]))) {
    const owner = authoritiesOf(group)
      .map((ca) => owners.get(ca))
      .find((one) => one !== undefined);
    if (owner === undefined) others.push({ name: nameOf(group, generations), members: group });
    else owner.members.push(...group);
  }
  return withOwnNames([...named, ...others].map((one) => ({ ...one, members: withMoved(one.members) })));
}

function groupedBy(
  members: readonly MemberChange[],
  keyOf: (member: MemberChange) => string | undefined,
): ReadonlyMap<string, MemberChange[]> {
  const groups = new Map<string, MemberChange[]>();
  for (const member of members) {
    const key = keyOf(member);
    if (key !== undefined) addTo(groups, key, member);
  }
  return groups;
}

/** Joins groups that have a CA in common, directly or through others. */
function connected(groups: readonly (readonly MemberChange[])[]): readonly (readonly MemberChange[])[] {
  const above = new Map<CaIdentity, CaIdentity>();
  const topOf = (ca: CaIdentity): CaIdentity => {
    let top = ca;
    for (let next = above.get(top); next !== undefined; next = above.get(top)) top = next;
    // The next search is short.
    if (top !== ca) above.set(ca, top);
    return top;
  };
  for (const group of groups) {
    const [first, ...others] = authoritiesOf(group).map(topOf);
    for (const other of others)
      if (first !== undefined && topOf(other) !== topOf(first)) above.set(topOf(other), topOf(first));
  }
  const joined = new Map<CaIdentity, MemberChange[]>();
  for (const group of groups) {
    const [ca = ''] = authoritiesOf(group);
    for (const member of group) addTo(joined, topOf(ca), member);
  }
  return [...joined.values()];
}

/** The CAs that members show or trust, before or after the apply. */
function authoritiesOf(members: readonly MemberChange[]): readonly CaIdentity[] {
  const all = new Set<CaIdentity>();
  for (const { before, after } of members) {
    for (const member of [before, after]) {
      if (member === undefined) continue;
      if (member.issuer !== undefined) all.add(member.issuer);
      for (const one of member.trusts) all.add(one);
    }
  }
  return [...all];
}

function nameOf([first]: readonly MemberChange[], generations: ReadonlyMap<CaIdentity, CaGenerationFacts>): string {
  const issuer = (first?.after ?? first?.before)?.issuer ?? '';
  return generations.get(issuer)?.name ?? first?.name ?? '';
}

/** Clusters that are called the same are told apart by their plans. */
function withOwnNames(clusters: readonly Cluster[]): readonly Cluster[] {
  const counts = new Map<string, number>();
  for (const { name } of clusters) counts.set(name, (counts.get(name) ?? 0) + 1);
  return clusters.map((one) => {
    const plans = [...new Set(one.members.flatMap(({ plan }) => plan ?? []))];
    return counts.get(one.name) === 1 || plans.length === 0
      ? one
      : { ...one, name: `${one.name} (${plans.join(', ')})` };
  });
}

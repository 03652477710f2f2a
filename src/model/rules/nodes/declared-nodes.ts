import { isPlainPath, PATH_SPLIT_BY_SHELL } from '../../cluster/absolute-path';
import { type ClusterNode, isNodeId, NODE_DECLARED_TWICE, NODE_ID_ILLEGAL } from '../../cluster/cluster-node';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { canonicalHost } from '../../network/ip-address';
import type { IPlatformProfile } from '../../platforms/profile';
import { nodeNameFindings } from './node-names';
import { plainTextFindings } from './plain-text';

/** Judges the nodes of one cluster on its platform. `takenIds` are the ids that the cluster uses beside its nodes. */
export function clusterFindings(
  nodes: readonly ClusterNode[],
  /** Those with a certificate and files: the nodes, or one for all of them. */
  members: readonly ClusterNode[],
  platform: IPlatformProfile,
  takenIds: readonly string[],
): readonly Finding[] {
  return [
    ...emptyClusterFindings(members),
    ...duplicateFindings(nodes),
    ...members.flatMap((member) => idFindings(member, takenIds)),
    ...nodeNameFindings(nodes, platform),
    ...members.flatMap((member) => plainPathFindings(member, platform)),
    ...plainTextFindings(nodes, platform),
  ];
}

function emptyClusterFindings(nodes: readonly ClusterNode[]): readonly Finding[] {
  return nodes.length > 0 ? [] : [finding(CLUSTER_WITHOUT_NODES, { subject: 'nodes', got: nodes })];
}

export const CLUSTER_WITHOUT_NODES = rule({
  code: 'cluster-without-nodes',
  severity: 'error',
  problem: 'names no node',
  expected: 'at least one node',
  remedy: 'list the nodes of the cluster',
  source: 'test/model/plan/cluster-plan.test.ts',
});

function duplicateFindings(nodes: readonly ClusterNode[]): readonly Finding[] {
  const named = repeated(nodes, identity);
  const same = new Set(named.map(({ one }) => identity(one)));
  const ids = repeated(
    nodes.filter((node) => !same.has(identity(node))),
    ({ id }) => id,
  );
  return [
    ...named.map(({ one, first }) =>
      finding(NODE_DECLARED_TWICE, {
        subject: 'node name',
        got: one.name.text,
        detail: one.name.text === first.name.text ? undefined : `it is the same as ${first.name.text}`,
      }),
    ),
    ...ids.map(({ one }) => finding(NODE_DECLARED_TWICE, { subject: 'node id', got: one.id })),
  ];
}

/** One address has several spellings, and case has no meaning in a DNS name. */
function identity({ name: { name, host, text } }: ClusterNode): string {
  return host.kind === 'deferred' ? text : `${name}@${canonicalHost(host.text)}`;
}

/** The second of several nodes that are alike in this, with the first of them. */
function repeated(
  nodes: readonly ClusterNode[],
  key: (node: ClusterNode) => string,
): readonly { readonly one: ClusterNode; readonly first: ClusterNode }[] {
  const seen = new Map<string, ClusterNode[]>();
  for (const node of nodes) seen.set(key(node), [...(seen.get(key(node)) ?? []), node]);
  return [...seen.values()].flatMap(([first, one]) => (first && one ? [{ one, first }] : []));
}

function idFindings({ id }: ClusterNode, takenIds: readonly string[]): readonly Finding[] {
  const isLegal = isNodeId(id) && !takenIds.includes(id);
  return isLegal ? [] : [finding(NODE_ID_ILLEGAL, { subject: 'node id', got: id })];
}

function plainPathFindings({ installDirectory }: ClusterNode, platform: IPlatformProfile): readonly Finding[] {
  if (platform.needsPlainPaths !== true || isPlainPath(installDirectory)) return [];
  return [
    finding(PATH_SPLIT_BY_SHELL, {
      subject: 'installDirectory',
      got: installDirectory,
      detail: `${platform.name} passes it through a shell`,
    }),
  ];
}

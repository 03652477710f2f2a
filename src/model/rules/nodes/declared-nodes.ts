import { isPlainPath, PATH_SPLIT_BY_SHELL } from '../../cluster/absolute-path';
import { type ClusterNode, isNodeId, NODE_DECLARED_TWICE, NODE_ID_ILLEGAL } from '../../cluster/cluster-node';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { IPlatformProfile } from '../../platforms/profile';
import { nodeNameFindings } from './node-names';
import { plainTextFindings } from './plain-text';

/** Judges the nodes of one cluster on its platform. `takenIds` are the ids that the cluster uses beside its nodes. */
export function clusterFindings(
  nodes: readonly ClusterNode[],
  platform: IPlatformProfile,
  takenIds: readonly string[],
): readonly Finding[] {
  return [
    ...emptyClusterFindings(nodes),
    ...duplicateFindings(nodes),
    ...nodes.flatMap((node) => idFindings(node, takenIds)),
    ...nodeNameFindings(nodes, platform),
    ...nodes.flatMap((node) => plainPathFindings(node, platform)),
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
  const names = repeated(nodes.map(({ name }) => name.text));
  const ids = repeated(nodes.filter(({ name }) => !names.includes(name.text)).map(({ id }) => id));
  return [
    ...names.map((name) => finding(NODE_DECLARED_TWICE, { subject: 'node name', got: name })),
    ...ids.map((id) => finding(NODE_DECLARED_TWICE, { subject: 'node id', got: id })),
  ];
}

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
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

import { PATH_SPLIT_BY_SHELL } from '../../cluster/absolute-path';
import { isPlainPath } from '../../cluster/absolute-path';
import { NODE_DECLARED_TWICE, NODE_ID_ILLEGAL, NODE_UNKNOWN } from '../../cluster/cluster-node';
import { type ClusterNode, isNodeId } from '../../cluster/cluster-node';
import { isShortName } from '../../cluster/node-name';
import type { DistributionInput } from '../../erlang/flags/distribution-flags';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { IPlatformProfile } from '../../platforms/profile';
import { NODE_LISTENS_IN_PLAIN_TEXT } from '../flags/plain-text-listener';

/** What is wrong with these nodes as one cluster on this platform. `takenIds` belong to what stands beside the nodes. */
export function clusterFindings(
  nodes: readonly ClusterNode[],
  platform: IPlatformProfile,
  takenIds: readonly string[],
): readonly Finding[] {
  return [
    ...emptyClusterFindings(nodes),
    ...duplicateFindings(nodes),
    ...nodes.flatMap((node) => idFindings(node, takenIds)),
    ...mixedNameFindings(nodes),
    ...nodes.flatMap((node) => addressFamilyFindings(node, platform)),
    ...nodes.flatMap((node) => blankFindings(node, platform)),
    ...nodes.flatMap((node) => plainTextFindings(node, platform)),
    ...plainTextMemberFindings(nodes, platform),
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

/** A VM has either long or short names, and refuses to connect to the other kind. */
function mixedNameFindings(nodes: readonly ClusterNode[]): readonly Finding[] {
  const short = nodes.find(({ name }) => isShortName(name));
  const long = nodes.find(({ name }) => name.host.kind !== 'deferred' && !isShortName(name));
  if (short === undefined || long === undefined) return [];
  return [
    finding(NODE_NAMES_MIXED, { subject: 'node name', got: short.name.text, detail: `beside ${long.name.text}` }),
  ];
}

export const NODE_NAMES_MIXED = rule({
  code: 'node-names-mixed',
  severity: 'warning',
  problem: 'is a short name in a cluster with long ones',
  expected: 'one kind in a cluster',
  remedy: 'give every host its domain: a VM started with -name and one started with -sname refuse to connect',
  source: 'Distributed Erlang, Nodes: nodes with long names and nodes with short names cannot communicate',
});

function addressFamilyFindings({ name }: ClusterNode, { protoDist }: IPlatformProfile): readonly Finding[] {
  const isMismatch = protoDist === 'inet6_tls' ? name.host.kind === 'ipv4' : name.host.kind === 'ipv6';
  if (!isMismatch) return [];
  return [
    finding(NODE_ADDRESS_FAMILY_MISMATCH, { subject: 'node name', got: name.text, detail: `-proto_dist ${protoDist}` }),
  ];
}

export const NODE_ADDRESS_FAMILY_MISMATCH = rule({
  code: 'node-address-family-mismatch',
  severity: 'error',
  problem: 'has an address of the other IP version than the distribution protocol',
  expected: 'IPv4 literals with inet_tls, IPv6 literals with inet6_tls',
  remedy: 'use a DNS name, or the other protocol',
  source: 'erl(1), -proto_dist; test/real/deferred-host.test.ts',
});

function blankFindings({ installDirectory }: ClusterNode, platform: IPlatformProfile): readonly Finding[] {
  if (platform.needsPlainPaths !== true || isPlainPath(installDirectory)) return [];
  return [
    finding(PATH_SPLIT_BY_SHELL, {
      subject: 'installDirectory',
      got: installDirectory,
      detail: `${platform.name} passes it through a shell`,
    }),
  ];
}

/** A node listens by its own name, so one that matches a pattern is plain text for all who dial it. */
function plainTextFindings({ name }: ClusterNode, { plainTextNodes = [] }: IPlatformProfile): readonly Finding[] {
  if (name.host.kind === 'deferred') return [];
  return plainTextNodes
    .filter(({ expression }) => new RegExp(expression, 'u').test(name.text))
    .map(({ pattern }) =>
      finding(NODE_LISTENS_IN_PLAIN_TEXT, {
        subject: 'plainTextNodes',
        got: pattern,
        detail: `it matches ${name.text}`,
      }),
    );
}

/** A misspelt name would leave the node that is meant listening for TLS while it should not yet. */
function plainTextMemberFindings(
  nodes: readonly ClusterNode[],
  { unsafePlainTextMembers = [] }: IPlatformProfile,
): readonly Finding[] {
  const names = nodes.map(({ name }) => name.text);
  return unsafePlainTextMembers
    .filter((member) => !names.includes(member))
    .map((member) => finding(NODE_UNKNOWN, { subject: 'unsafePlainTextMembers', got: member }));
}

/** What is wrong with how these nodes listen, given who else reads their flags and what the platform sets itself. */
export function listenFindings(distribution: DistributionInput, platform: IPlatformProfile): readonly Finding[] {
  return [...sharedPortFindings(distribution, platform), ...elsewhereFindings(distribution, platform)];
}

function sharedPortFindings(distribution: DistributionInput, platform: IPlatformProfile): readonly Finding[] {
  const { firstPort, lastPort = firstPort, portWithoutEpmd } = distribution;
  const isOnePort = portWithoutEpmd !== undefined || (firstPort !== undefined && firstPort === lastPort);
  if (platform.toolsShareFlags !== true || !isOnePort) return [];
  return [
    finding(PORT_SHARED_WITH_TOOLS, {
      subject: 'distribution port',
      got: portWithoutEpmd ?? firstPort,
      detail: `${platform.name}'s tools read the same flags`,
    }),
  ];
}

export const PORT_SHARED_WITH_TOOLS = rule({
  code: 'port-shared-with-tools',
  severity: 'error',
  problem: 'leaves no port for the tools',
  expected: 'a range of ports on a platform whose tools read the same flags',
  remedy: 'set firstPort and lastPort to a range with room for the tools that run at the same time',
  source: 'docs/platforms/mongooseim.md; test/real/listening.test.ts',
});

function elsewhereFindings(distribution: DistributionInput, platform: IPlatformProfile): readonly Finding[] {
  const given = new Map<string, unknown>(Object.entries(distribution).filter(([, value]) => value !== undefined));
  return Object.entries(platform.settingsElsewhere ?? {})
    .filter(([setting]) => given.has(setting))
    .map(([setting, place]) =>
      finding(SETTING_BELONGS_ELSEWHERE, {
        subject: `distribution.${setting}`,
        got: given.get(setting),
        detail: `${platform.name}: ${place}`,
      }),
    );
}

export const SETTING_BELONGS_ELSEWHERE = rule({
  code: 'setting-belongs-elsewhere',
  severity: 'error',
  problem: 'is set elsewhere on this platform',
  expected: 'nothing here',
  remedy: 'set it where the platform has its own place for it: here it would be overridden, or given twice',
  source: 'docs/platforms/ejabberd.md; docs/platforms/emqx.md; docs/platforms/rabbitmq.md',
});

import { isPlainPath } from '../../cluster/absolute-path';
import { type ClusterNode, isNodeId } from '../../cluster/cluster-node';
import { isShortName } from '../../cluster/node-name';
import type { DistributionInput } from '../../erlang/flags/distribution-flags';
import { type Finding, finding } from '../../errors';
import type { IPlatformProfile } from '../../platforms/profile';

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
  return nodes.length > 0 ? [] : [finding('cluster-without-nodes', { subject: 'nodes', got: nodes })];
}

function duplicateFindings(nodes: readonly ClusterNode[]): readonly Finding[] {
  const names = repeated(nodes.map(({ name }) => name.text));
  const ids = repeated(nodes.filter(({ name }) => !names.includes(name.text)).map(({ id }) => id));
  return [
    ...names.map((name) => finding('node-declared-twice', { subject: 'node name', got: name })),
    ...ids.map((id) => finding('node-declared-twice', { subject: 'node id', got: id })),
  ];
}

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function idFindings({ id }: ClusterNode, takenIds: readonly string[]): readonly Finding[] {
  const isLegal = isNodeId(id) && !takenIds.includes(id);
  return isLegal ? [] : [finding('node-id-illegal', { subject: 'node id', got: id })];
}

/** A VM has either long or short names, and refuses to connect to the other kind. */
function mixedNameFindings(nodes: readonly ClusterNode[]): readonly Finding[] {
  const short = nodes.find(({ name }) => isShortName(name));
  const long = nodes.find(({ name }) => name.host.kind !== 'deferred' && !isShortName(name));
  if (short === undefined || long === undefined) return [];
  return [
    finding('node-names-mixed', { subject: 'node name', got: short.name.text, detail: `beside ${long.name.text}` }),
  ];
}

function addressFamilyFindings({ name }: ClusterNode, { protoDist }: IPlatformProfile): readonly Finding[] {
  const isMismatch = protoDist === 'inet6_tls' ? name.host.kind === 'ipv4' : name.host.kind === 'ipv6';
  if (!isMismatch) return [];
  return [finding('node-address-family', { subject: 'node name', got: name.text, detail: `-proto_dist ${protoDist}` })];
}

function blankFindings({ installDirectory }: ClusterNode, platform: IPlatformProfile): readonly Finding[] {
  if (platform.needsPlainPaths !== true || isPlainPath(installDirectory)) return [];
  return [
    finding('path-split-by-platform', {
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
      finding('plain-text-matches-own-node', {
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
    .map((member) => finding('node-unknown', { subject: 'unsafePlainTextMembers', got: member }));
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
    finding('port-shared-with-tools', {
      subject: 'distribution port',
      got: portWithoutEpmd ?? firstPort,
      detail: `${platform.name}'s tools read the same flags`,
    }),
  ];
}

function elsewhereFindings(distribution: DistributionInput, platform: IPlatformProfile): readonly Finding[] {
  const given = new Map<string, unknown>(Object.entries(distribution).filter(([, value]) => value !== undefined));
  return Object.entries(platform.settingsElsewhere ?? {})
    .filter(([setting]) => given.has(setting))
    .map(([setting, place]) =>
      finding('setting-elsewhere', {
        subject: `distribution.${setting}`,
        got: given.get(setting),
        detail: `${platform.name}: ${place}`,
      }),
    );
}

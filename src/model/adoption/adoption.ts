import { isDnsName, parseNodeName } from '../cluster/node-name';
import { Releases } from '../otp/releases';
import { type ClusterPlan, planCluster } from '../plan/cluster-plan';
import type { ClusterSpec } from '../plan/cluster-spec';
import type { IPlatformProfile } from '../platforms/profile';
import type { PlatformRecognition } from '../platforms/reader';
import { platformsSeenIn } from '../platforms/registry';
import type { Judgement } from '../rules/judgement';
import { type Authorities, authoritiesOf } from './authorities';
import { type AdoptedFlags, adoptedFlags } from './flags';
import { type FoundCluster, type FoundMember, nodesOf } from './found-cluster';
import { installDirectoryFor } from './places';
import { type AdoptedTls, adoptedTls } from './tls-options';

/** A cluster that was configured by hand, as a stack would declare it. */
export interface Adoption {
  readonly cluster: FoundCluster;
  readonly platform: PlatformRecognition;
  /** Other servers of which the files may be. */
  readonly otherPlatforms: readonly PlatformRecognition[];
  readonly platformProperties: Readonly<Record<string, unknown>>;
  readonly profile: IPlatformProfile;
  readonly authorities: Authorities;
  readonly tls: AdoptedTls;
  readonly flags: AdoptedFlags;
  readonly nodes: readonly AdoptedNode[];
  readonly plan: ClusterPlan;
}

export interface AdoptedNode {
  readonly member: FoundMember;
  readonly installDirectory: string;
  /** Names of its certificate beside its host. */
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  /** Names that no certificate for one node can have. */
  readonly namesLeft: readonly string[];
}

/** Finds out how a cluster has to be declared, and plans it. */
export function adopt(cluster: FoundCluster, judgement: Omit<Judgement, 'releases'>): Adoption {
  const context = { ...judgement, releases: Releases.only(cluster.otp) };
  const members = nodesOf(cluster);
  const uses = members.flatMap(({ installed }) => installed.flags?.uses ?? []);
  const [platform, ...otherPlatforms] = platformsOf(members);
  const platformProperties = platform.propertiesIn(uses);
  const profile = platform.profileWith(platformProperties);
  const found = {
    ...{ cluster, platform, otherPlatforms, platformProperties, profile },
    authorities: authoritiesOf(cluster, context),
    tls: adoptedTls(cluster),
    flags: adoptedFlags(cluster, platform, profile),
    nodes: members.map((one) => adoptedNode(one, installDirectoryFor(one.name, cluster))),
  };
  return { ...found, plan: planCluster(specOf(found), profile) };
}

/** The most likely platform first. Plain Erlang is what every node is. */
function platformsOf(members: readonly FoundMember[]): readonly [PlatformRecognition, ...PlatformRecognition[]] {
  const signs = members.map(({ name, installed: { flags }, fileNames }) => ({
    ...{ name, fileNames },
    protocol: flags?.uses.find((use) => use.name === 'proto_dist')?.values[0],
  }));
  const [first, ...others] = platformsSeenIn(signs);
  if (first === undefined) throw new Error('every node is one of plain Erlang');
  return [first, ...others.slice(0, -1)];
}

/** Other nodes and clients may know the node by the names that its certificate has. */
function adoptedNode(member: FoundMember, installDirectory: string): AdoptedNode {
  const { host } = parseNodeName(member.name);
  const leaves = member.installed.sides.flatMap(({ material }) => material.identity?.certificates[0] ?? []);
  const beside = (names: readonly string[]): readonly string[] => [
    ...new Set(names.filter((name) => name.toLowerCase() !== host.text.toLowerCase())),
  ];
  const dnsNames = beside(leaves.flatMap((leaf) => leaf.dnsNames));
  const isOwn = (name: string): boolean => isDnsName(name) && name !== 'localhost';
  return {
    ...{ member, installDirectory },
    dnsNames: dnsNames.filter(isOwn),
    namesLeft: dnsNames.filter((name) => !isOwn(name)),
    ipAddresses: beside(leaves.flatMap(({ ipAddresses }) => ipAddresses)),
  };
}

type Unplanned = Omit<Adoption, 'plan'>;

/** The directory of all nodes, unless one has its files elsewhere. */
export function commonDirectory(nodes: readonly AdoptedNode[]): string | undefined {
  const [first, ...others] = new Set(nodes.map(({ installDirectory }) => installDirectory));
  return others.length === 0 ? first : undefined;
}

function specOf({ cluster, tls, flags, nodes }: Unplanned): ClusterSpec {
  const { otp } = cluster;
  const installDirectory = nodes[0]?.installDirectory ?? '';
  return {
    ...{ otp, installDirectory, flags: flags.flags },
    nodes: nodes.map(({ member: { name }, installDirectory: own, dnsNames, ipAddresses }) => ({
      node: { id: name, name: parseNodeName(name), installDirectory: own },
      label: name,
      hasOwnDirectory: commonDirectory(nodes) === undefined,
      certificate: { additionalDnsNames: dnsNames, additionalIpAddresses: ipAddresses },
    })),
    tls: {
      versions: tls.versions,
      unsafeVerifyNone: false,
      serverOptions: tls.options.server,
      clientOptions: tls.options.client,
    },
    distribution: { buffers: true, ...flags.distribution, otp },
    certificates: {},
    separateKeyFile: false,
    trustedGenerations: [],
    alarms: {},
    ...{ toolsId: 'tools', takenIds: [] },
  };
}

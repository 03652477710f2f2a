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
  readonly installDirectory: string;
  readonly authorities: Authorities;
  readonly tls: AdoptedTls;
  readonly flags: AdoptedFlags;
  readonly nodes: readonly AdoptedNode[];
  readonly plan: ClusterPlan;
}

export interface AdoptedNode {
  readonly member: FoundMember;
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
    installDirectory: installDirectoryFor(cluster),
    authorities: authoritiesOf(cluster, context),
    tls: adoptedTls(cluster),
    flags: adoptedFlags(cluster, platform, profile),
    nodes: members.map(adoptedNode),
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
function adoptedNode(member: FoundMember): AdoptedNode {
  const { host } = parseNodeName(member.name);
  const leaves = member.installed.sides.flatMap(({ material }) => material.identity?.certificates[0] ?? []);
  const beside = (names: readonly string[]): readonly string[] => [
    ...new Set(names.filter((name) => name.toLowerCase() !== host.text.toLowerCase())),
  ];
  const dnsNames = beside(leaves.flatMap((leaf) => leaf.dnsNames));
  const isOwn = (name: string): boolean => isDnsName(name) && name !== 'localhost';
  return {
    member,
    dnsNames: dnsNames.filter(isOwn),
    namesLeft: dnsNames.filter((name) => !isOwn(name)),
    ipAddresses: beside(leaves.flatMap(({ ipAddresses }) => ipAddresses)),
  };
}

type Unplanned = Omit<Adoption, 'plan'>;

function specOf({ cluster, installDirectory, tls, flags, nodes }: Unplanned): ClusterSpec {
  const { otp } = cluster;
  return {
    ...{ otp, installDirectory, flags: flags.flags },
    nodes: nodes.map(({ member: { name }, dnsNames, ipAddresses }) => ({
      node: { id: name, name: parseNodeName(name), installDirectory },
      label: name,
      hasOwnDirectory: false,
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

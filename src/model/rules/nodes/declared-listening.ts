import type { NodeName } from '../../cluster/node-name';
import type { DistributionInput } from '../../erlang/flags/distribution-flags';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { readIpAddress } from '../../network/ip-address';
import type { IPlatformProfile } from '../../platforms/profile';
import { interfaceFamilyFindings, interfaceHostFindings, type Listening } from '../flags/interfaces';

/** Judges how nodes listen: other programs may read the same flags, and the platform may have its own place for a setting. */
export function listenFindings(
  distribution: DistributionInput,
  nodes: readonly NodeName[],
  platform: IPlatformProfile,
): readonly Finding[] {
  return [
    ...sharedPortFindings(distribution, platform),
    ...elsewhereFindings(distribution, platform),
    ...addressFindings(distribution, nodes, platform.protoDist),
  ];
}

/** Judges the address at which every node listens, and the one at which every epmd does. */
export function addressFindings(
  { interfaceAddress, epmdAddress }: DistributionInput,
  nodes: readonly NodeName[],
  protocol: string,
): readonly Finding[] {
  // A host that only Terraform knows is not judged.
  const hosts = nodes.filter(({ host }) => host.kind !== 'deferred').map(({ host }) => host.text);
  const [node, epmd] = [
    listeningAt('distribution.interfaceAddress', interfaceAddress),
    listeningAt('distribution.epmdAddress', epmdAddress),
  ];
  return [
    ...(node === undefined ? [] : interfaceFamilyFindings(node, protocol)),
    ...[node, epmd].flatMap((one) => (one === undefined ? [] : interfaceHostFindings(one, hosts))),
  ];
}

/** What is no address is refused where the flag is written. */
function listeningAt(subject: string, got: string | undefined): Listening | undefined {
  const address = got === undefined ? undefined : readIpAddress(got);
  return got === undefined || address === undefined ? undefined : { subject, got, address };
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
  source: 'test/real/listening.test.ts: a node whose ports are all taken does not start',
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
  source: 'the page of the platform in docs/platforms',
});

import { knownValue } from '../../erlang/flags/flag-use';
import type { Releases } from '../../otp/releases';
import type { NodeAtMoment, ShownCertificate, SideAtMoment, Situation, TrustBundle } from '../situation';
import { discoveryBy } from './boot-settings';
import { type ChainContext, chainShownBy } from './chain';
import type { InstalledNode } from './installed-node';
import { isWhole, leafOf, type Material } from './material';

/** Circumstances in which installed nodes meet. */
export interface MeetingContext extends ChainContext {
  readonly releases: Releases;
}

/** Nodes as they are installed. */
export function installedSituation(nodes: readonly InstalledNode[], context: MeetingContext): Situation {
  return { surface: 'installed', members: nodes.map((node) => memberOf(node, context)), releases: context.releases };
}

function memberOf(node: InstalledNode, context: ChainContext): NodeAtMoment {
  const { label, name, isTools, flags, settings = {}, sides } = node;
  return {
    node,
    label,
    name,
    // Tools whose options have a server side are nodes as well, such as an Elixir release that runs a task.
    isServer: !isTools || settings.server !== undefined,
    flags: flags?.uses,
    protocol: knownValue('proto_dist', flags?.uses),
    discovery: flags && discoveryBy(flags.uses),
    settings,
    sides: Object.fromEntries(sides.map(({ side, material }) => [side, sideOf(material, context)])),
  };
}

function sideOf(material: Material, context: ChainContext): SideAtMoment {
  return { shown: shownBy(material, context), trust: trustOf(material, context) };
}

function shownBy(material: Material, context: ChainContext): ShownCertificate | undefined {
  const leaf = leafOf(material);
  if (leaf === undefined) return undefined;
  const chain = chainShownBy(material, [], context) ?? [leaf];
  const issuers = new Set(chain.map(({ issuer }) => issuer.identity));
  const { fingerprint } = context.signatures;
  return {
    // Several CAs may have the same name: their keys tell them apart.
    issuer: `${leaf.issuer.identity} ${chain[1]?.publicKey.identity ?? ''}`,
    issuerName: chain.at(-1)?.issuer.text ?? '',
    needsTls13: leaf.publicKey.kind.startsWith('Ed'),
    isTrustedBy: ({ certificates, authorities }) => {
      // With many clusters at once, most pairs have no CA in common: a look at the names saves the signatures.
      if (!certificates.some(({ subject }) => issuers.has(subject.identity))) return false;
      const last = chainShownBy(material, certificates, context)?.at(-1);
      return last !== undefined && authorities.has(fingerprint(last));
    },
  };
}

function trustOf({ trust }: Material, { signatures }: ChainContext): TrustBundle | undefined {
  if (!isWhole(trust)) return undefined;
  const { certificates } = trust;
  const fingerprints = certificates.map((one) => signatures.fingerprint(one));
  return { identity: fingerprints.join(), authorities: new Set(fingerprints), certificates };
}

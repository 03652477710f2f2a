import { Releases } from '../../otp/releases';
import { type Moment, MOMENTS } from '../../terraform/resources';
import { type BootSettings, readBootSettings } from '../files/boot-settings';
import type { NodeAtMoment, ShownCertificate, SideAtMoment, Situation } from '../situation';
import type { CaGenerationFacts, CaIdentity, Member, MemberChange } from './member';

/** A node, or the tools, with the files that it has before the deploy, or after it. */
export interface PlannedNode extends NodeAtMoment {
  readonly node: MemberChange;
  readonly moment: Moment;
  /** Absent if the text of its files is not in the plan. */
  readonly boot?: BootSettings;
}

export interface PlannedSituation extends Situation {
  readonly members: readonly PlannedNode[];
}

/** Nodes on the way from one deploy to the next. */
export function plannedSituation(
  members: readonly MemberChange[],
  generations: ReadonlyMap<CaIdentity, CaGenerationFacts>,
): PlannedSituation {
  const all = members.flatMap((change) => momentsOf(change, generations));
  // A plan does not say which release the nodes run.
  return { surface: 'planned', members: all, releases: Releases.EVERY };
}

function momentsOf(
  change: MemberChange,
  generations: ReadonlyMap<CaIdentity, CaGenerationFacts>,
): readonly PlannedNode[] {
  const moments = MOMENTS.flatMap((moment) => {
    const member = change[moment];
    return member === undefined ? [] : [memberAt(moment, member, change, generations)];
  });
  const namesProtocol = moments.some(({ protocol }) => protocol !== undefined);
  // A node's files that name a protocol at one moment carry the flags: at the other moment they name none. Tools may get it from their command.
  return moments.map((one) => ({
    ...one,
    protocol: one.protocol ?? (namesProtocol && one.isServer && one.flags ? 'none' : undefined),
  }));
}

function memberAt(
  moment: Moment,
  member: Member,
  change: MemberChange,
  generations: ReadonlyMap<CaIdentity, CaGenerationFacts>,
): PlannedNode {
  const { name, before, after } = change;
  const boot = member.bootFiles && readBootSettings(member.bootFiles);
  const side = sideOf(member, change, generations);
  return {
    node: change,
    label: name,
    moment,
    name: name.includes('@') ? name : undefined,
    isServer: (after ?? before)?.isServer === true,
    ...factsOf(boot),
    sides: { client: side, server: side },
    boot,
  };
}

function factsOf(boot: BootSettings | undefined): Pick<PlannedNode, 'flags' | 'protocol' | 'discovery' | 'settings'> {
  if (boot === undefined) return { settings: {} };
  const { flags, protocol, discovery, settings } = boot;
  return { flags, protocol, discovery, settings };
}

/** Both sides have the same files. */
function sideOf(
  { issuer, trusts }: Member,
  { before, after }: MemberChange,
  generations: ReadonlyMap<CaIdentity, CaGenerationFacts>,
): SideAtMoment {
  const shown: ShownCertificate = {
    issuer,
    issuerName: generations.get(issuer)?.name ?? 'an unknown CA',
    // The CAs of a plan are self-signed.
    isBelowRoot: generations.has(issuer) ? true : undefined,
    needsTls13: [before, after].some((one) => one?.keyAlgorithm === 'ED25519'),
    isTrustedBy: ({ authorities }) => authorities.has(issuer),
  };
  return { shown, trust: { identity: [...trusts].sort().join(), authorities: trusts, certificates: [] } };
}

import type { Side } from '../../erlang/options/ssl-option';
import { isAtom, valueOf } from '../../erlang/options/tls-settings';
import { Releases } from '../../otp/releases';
import { type Moment, MOMENTS } from '../../terraform/resources';
import { type BootSettings, readBootSettings } from '../files/boot-settings';
import type { NodeAtMoment, ShownCertificate, SideAtMoment, Situation } from '../situation';
import { type CaGenerationFacts, type CaIdentity, labelOf, type Member, type MemberChange } from './member';

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
  const reading = { generations, bootOf: bootReader() };
  const all = members.flatMap((change) => momentsOf(change, reading));
  // A plan does not say which release the nodes run.
  return { surface: 'planned', members: all, releases: Releases.EVERY };
}

interface Reading {
  readonly generations: ReadonlyMap<CaIdentity, CaGenerationFacts>;
  readonly bootOf: (files: ReadonlyMap<string, string>) => BootSettings;
}

/** Many nodes have the same boot files, and most nodes keep theirs. */
function bootReader(): Reading['bootOf'] {
  const known = new Map<string, BootSettings>();
  return (files) => {
    const key = JSON.stringify([...files]);
    const boot = known.get(key) ?? readBootSettings(files);
    known.set(key, boot);
    return boot;
  };
}

function momentsOf(change: MemberChange, reading: Reading): readonly PlannedNode[] {
  const moments = MOMENTS.flatMap((moment) => {
    const member = change[moment];
    return member === undefined ? [] : [memberAt(moment, member, change, reading)];
  });
  const namesProtocol = moments.some(({ protocol }) => protocol !== undefined);
  // A node's files that name a protocol at one moment carry the flags: at the other moment they name none. Tools may get it from their command.
  return moments.map((one) => ({
    ...one,
    protocol: one.protocol ?? (namesProtocol && one.isServer && one.flags ? 'none' : undefined),
  }));
}

function memberAt(moment: Moment, member: Member, change: MemberChange, { generations, bootOf }: Reading): PlannedNode {
  const { name, before, after } = change;
  const boot = member.bootFiles && bootOf(member.bootFiles);
  const side = sideOf(member, change, generations);
  return {
    node: change,
    label: labelOf(change),
    moment,
    name: name.includes('@') ? name : undefined,
    isServer: (after ?? before)?.isServer === true,
    ...factsOf(boot),
    sides: { client: listed('client', side, member, boot), server: listed('server', side, member, boot) },
    boot,
  };
}

function factsOf(boot: BootSettings | undefined): Pick<PlannedNode, 'flags' | 'protocol' | 'discovery' | 'settings'> {
  if (boot === undefined) return { settings: {} };
  const { flags, protocol, discovery, settings } = boot;
  return { flags, protocol, discovery, settings };
}

/** The side with the lists that it needs. */
function listed(side: Side, at: SideAtMoment, { lists }: Member, boot: BootSettings | undefined): SideAtMoment {
  const isNeeded = isAtom(valueOf('crl_check', boot?.settings[side]), 'true', 'peer');
  return isNeeded && lists !== undefined ? { ...at, lists: new Set(lists.keys()) } : at;
}

/** Both sides have the same files. */
function sideOf(
  member: Member,
  { before, after }: MemberChange,
  generations: ReadonlyMap<CaIdentity, CaGenerationFacts>,
): SideAtMoment {
  const { issuer, trusts } = member;
  const trust =
    member.mayTrustMore === true
      ? undefined
      : { identity: [...trusts].sort().join(), authorities: trusts, certificates: [] };
  // A certificate that the plan does not show is reported as such.
  if (issuer === undefined && member.unseen !== undefined) return { trust };
  const above = authoritiesAbove(member, generations);
  const authority = generations.get(issuer ?? '');
  const shown: ShownCertificate = {
    issuer: above.join(),
    issuerName: authority?.name ?? 'an unknown CA',
    issuerSubject: authority?.subject,
    isBelowRoot: authority && authority.issuers === undefined,
    needsTls13: [before, after].some((one) => one?.keyAlgorithm === 'ED25519'),
    isTrustedBy: ({ authorities }) => above.some((one) => authorities.has(one)),
  };
  return { shown, trust };
}

/** The CA of a certificate, and those above it by the CAs that the member sends, or adds from its trust bundle as OTP does. */
function authoritiesAbove(
  { issuer, sends, trusts }: Member,
  generations: ReadonlyMap<CaIdentity, CaGenerationFacts>,
): readonly CaIdentity[] {
  const above = issuer === undefined ? [] : [issuer];
  for (const one of above) {
    if (sends?.has(one) === false && !trusts.has(one)) continue;
    const issuers = generations.get(one)?.issuers ?? [];
    above.push(...issuers.filter((next) => !above.includes(next)));
  }
  return above;
}

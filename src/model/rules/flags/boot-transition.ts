import { type Finding, finding } from '../../errors';
import type { MemberChange } from '../../observed/terraform/member';
import { clashes, type Speaker, speakersOf, spokenName, spokenNames } from '../moments';
import { algorithmFindings } from '../options/agreement-of-moments';
import { unjudgedFindings } from './unjudged';

/** What nodes read at boot: while one after the other is restarted, some have the old text and some the new one. */
export function bootTransitionFindings(members: readonly MemberChange[]): readonly Finding[] {
  const speakers = speakersOf(members);
  return [
    ...discoveryFindings(speakers),
    ...versionFindings(speakers),
    ...algorithmFindings(speakers),
    ...members.flatMap((member) => protocolFindings(member, speakers)),
    ...unjudgedFindings(members),
  ];
}

/** Who dials asks epmd for the port of a node, or takes the port that it was told itself. */
function discoveryFindings(speakers: readonly Speaker[]): readonly Finding[] {
  const discoveryOf = ({ boot }: Speaker): string | undefined => boot.discovery;
  return clashes(speakers, discoveryOf, discoveryOf, (looked, found) => looked === found).map((clash) =>
    finding('plan-changes-port', {
      subject: `${spokenName(clash.client)} which looks for nodes ${clash.clientFact},`,
      detail: `${spokenName(clash.server)} is found ${clash.serverFact}`,
    }),
  );
}

/** Where options name versions, old and new must have one in common. */
function versionFindings(speakers: readonly Speaker[]): readonly Finding[] {
  return clashes(
    speakers,
    spokenNames('versions', 'client'),
    spokenNames('versions', 'server'),
    (dialling, listening) => listening.some((version) => dialling.includes(version)),
  ).map(({ client, clientFact, server, serverFact }) =>
    finding('plan-changes-versions', {
      subject: `${spokenName(client)} with ${clientFact.join(', ')},`,
      detail: `${spokenName(server)} listens with ${serverFact.join(', ')}`,
    }),
  );
}

/** A node speaks one protocol, whoever dials. One that joins speaks what those that are there speak. */
function protocolFindings(member: MemberChange, speakers: readonly Speaker[]): readonly Finding[] {
  const ofMember = (moment: string): Speaker | undefined =>
    speakers.find((one) => one.member === member && one.moment === moment);
  const next = ofMember('after');
  const old = member.before === undefined ? present(member, speakers) : ofMember('before');
  if (next === undefined || old === undefined || old.boot.protocol === next.boot.protocol) return [];
  return [
    finding('plan-changes-protocol', {
      subject: `-proto_dist of ${member.name}`,
      got: next.boot.protocol ?? 'none',
      detail: `${old.member === member ? 'it was' : `${old.member.name} has`} ${old.boot.protocol ?? 'none'}`,
    }),
  ];
}

/** Any node that was there before, for one that joins. */
function present({ after }: MemberChange, speakers: readonly Speaker[]): Speaker | undefined {
  if (after?.isServer !== true) return undefined;
  return speakers.find(({ member, moment, isServer }) => moment === 'before' && isServer && member.after !== undefined);
}

import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
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
    finding(PORT_DISCOVERY_MISMATCH, {
      subject: `${spokenName(clash.client)} which looks for nodes ${clash.clientFact},`,
      detail: `${spokenName(clash.server)} is found ${clash.serverFact}`,
    }),
  );
}

export const PORT_DISCOVERY_MISMATCH = rule({
  code: 'port-discovery-mismatch',
  severity: 'error',
  problem: 'would not find another node on the way',
  expected: 'one way to find nodes, the same before and after: epmd, or one port for all',
  remedy: 'put the port back; a change of it takes a stop of all nodes',
});

/** Where options name versions, old and new must have one in common. */
function versionFindings(speakers: readonly Speaker[]): readonly Finding[] {
  return clashes(
    speakers,
    spokenNames('versions', 'client'),
    spokenNames('versions', 'server'),
    (dialling, listening) => listening.some((version) => dialling.includes(version)),
  ).map(({ client, clientFact, server, serverFact }) =>
    finding(PLAN_CHANGES_VERSIONS, {
      subject: `${spokenName(client)} with ${clientFact.join(', ')},`,
      detail: `${spokenName(server)} listens with ${serverFact.join(', ')}`,
    }),
  );
}

export const PLAN_CHANGES_VERSIONS = rule({
  code: 'plan-changes-versions',
  severity: 'error',
  problem: 'has no TLS version in common with another node on the way',
  expected: 'one version that old and new have in common',
  remedy: 'take a step in between with TlsVersions.TLS_1_3_AND_1_2, and restart all nodes after it',
});

/** A node speaks one protocol, whoever dials. One that joins speaks what those that are there speak. */
function protocolFindings(member: MemberChange, speakers: readonly Speaker[]): readonly Finding[] {
  const ofMember = (moment: string): Speaker | undefined =>
    speakers.find((one) => one.member === member && one.moment === moment);
  const next = ofMember('after');
  const old = member.before === undefined ? present(member, speakers) : ofMember('before');
  if (next === undefined || old === undefined || old.boot.protocol === next.boot.protocol) return [];
  return [
    finding(PLAN_CHANGES_PROTOCOL, {
      subject: `-proto_dist of ${member.name}`,
      got: next.boot.protocol ?? 'none',
      detail: `${old.member === member ? 'it was' : `${old.member.name} has`} ${old.boot.protocol ?? 'none'}`,
    }),
  ];
}

export const PLAN_CHANGES_PROTOCOL = rule({
  code: 'plan-changes-protocol',
  severity: 'error',
  problem: 'changes',
  expected: 'the same -proto_dist before and after',
  remedy: `a node speaks one protocol: stop all nodes, or take the steps of ${documentation('migration')}`,
});

/** Any node that was there before, for one that joins. */
function present({ after }: MemberChange, speakers: readonly Speaker[]): Speaker | undefined {
  if (after?.isServer !== true) return undefined;
  return speakers.find(({ member, moment, isServer }) => moment === 'before' && isServer && member.after !== undefined);
}

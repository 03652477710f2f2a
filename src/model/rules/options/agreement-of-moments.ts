import { agreedVersion, haveOneInCommon, offerIn } from '../../erlang/options/algorithm-offers';
import { NEGOTIATED_OPTIONS } from '../../erlang/options/ssl-option-table';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { KEY_NEEDS_TLS_1_3 } from '../certificates/key-types';
import { clashes, type Speaker, spokenName, spokenNames } from '../moments';

/** What two nodes have to agree on beside the version: what options name on both sides must have something in common. */
export function algorithmFindings(speakers: readonly Speaker[]): readonly Finding[] {
  return [
    ...NEGOTIATED_OPTIONS.flatMap(([option, what]) => listFindings(option, what, speakers)),
    ...keyFindings(speakers),
  ];
}

function listFindings(option: string, what: string, speakers: readonly Speaker[]): readonly Finding[] {
  return clashes(
    speakers,
    ({ boot }) => offerIn(option, boot.settings.client),
    ({ boot }) => offerIn(option, boot.settings.server),
    haveOneInCommon,
  ).map((clash) =>
    finding(PLAN_CHANGES_ALGORITHMS, {
      subject: `${spokenName(clash.client)} with ${option} ${clash.clientFact.names.join(', ')},`,
      got: what,
      detail: `${spokenName(clash.server)} has ${clash.serverFact.names.join(', ')}`,
    }),
  );
}

export const PLAN_CHANGES_ALGORITHMS = rule({
  code: 'plan-changes-algorithms',
  severity: 'error',
  problem: 'has none in common with another node on the way',
  expected: 'at least one that old and new have in common',
  remedy: 'take a step in between with both, and restart all nodes after it',
});

interface Shown {
  readonly versions: readonly string[];
  /** Whether one of its certificates, old or new, has such a key: a running node reads the new one without a restart. */
  readonly needsTls13: boolean;
}

/** Ed25519 works with TLS 1.3 only. Each side shows its certificate. */
function keyFindings(speakers: readonly Speaker[]): readonly Finding[] {
  const shownBy =
    (side: 'client' | 'server') =>
    (speaker: Speaker): Shown | undefined => {
      const versions = spokenNames('versions', side)(speaker);
      return versions && { versions, needsTls13: hasEd25519(speaker) };
    };
  return clashes(
    speakers,
    shownBy('client'),
    shownBy('server'),
    (client, server) =>
      !(client.needsTls13 || server.needsTls13) || agreedVersion(client.versions, server.versions) !== 'tlsv1.2',
  ).map(({ client, server }) =>
    finding(KEY_NEEDS_TLS_1_3, {
      subject: spokenName(client),
      detail: `TLS 1.2 would be spoken with ${spokenName(server).replace(/,$/, '')}`,
    }),
  );
}

function hasEd25519({ member: { before, after } }: Speaker): boolean {
  return [before, after].some((one) => one?.keyAlgorithm === 'ED25519');
}

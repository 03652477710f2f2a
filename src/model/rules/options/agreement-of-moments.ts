import { agreedVersion, ALGORITHM_LISTS, haveOneInCommon, offerIn } from '../../erlang/options/algorithm-offers';
import { type Finding, finding } from '../../errors';
import { clashes, type Speaker, spokenName, spokenNames } from '../moments';

/** What two nodes have to agree on beside the version: what options name on both sides must have something in common. */
export function algorithmFindings(speakers: readonly Speaker[]): readonly Finding[] {
  return [
    ...ALGORITHM_LISTS.flatMap(([option, what]) => listFindings(option, what, speakers)),
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
    finding('plan-changes-algorithms', {
      subject: `${spokenName(clash.client)} with ${option} ${clash.clientFact.names.join(', ')},`,
      got: what,
      detail: `${spokenName(clash.server)} has ${clash.serverFact.names.join(', ')}`,
    }),
  );
}

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
    finding('plan-key-needs-tls-1-3', { subject: spokenName(client), detail: `with ${spokenName(server)}` }),
  );
}

function hasEd25519({ member: { before, after } }: Speaker): boolean {
  return [before, after].some((one) => one?.keyAlgorithm === 'ED25519');
}

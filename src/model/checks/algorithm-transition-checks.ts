import { type Finding, finding } from '../errors';
import { clashes, namesIn, type Speaker, spokenName } from './speakers';

/** What two nodes have to agree on beside the version: what options name on both sides must have something in common. */
export function algorithmFindings(speakers: readonly Speaker[]): readonly Finding[] {
  return [...LISTS.flatMap(([option, what]) => listFindings(option, what, speakers)), ...keyFindings(speakers)];
}

const LISTS: readonly (readonly [option: string, what: string])[] = [
  ['ciphers', 'cipher suite'],
  ['supported_groups', 'group'],
  ['signature_algs', 'signature algorithm'],
];

interface Offer {
  readonly versions: readonly string[];
  readonly names: readonly string[];
}

function listFindings(option: string, what: string, speakers: readonly Speaker[]): readonly Finding[] {
  const offerOf =
    (side: 'client' | 'server') =>
    (speaker: Speaker): Offer | undefined => {
      const [versions, names] = [namesIn('versions', side, speaker), namesIn(option, side, speaker)];
      return versions === undefined || names === undefined ? undefined : { versions, names };
    };
  return clashes(speakers, offerOf('client'), offerOf('server'), (client, server) => {
    const version = agreed(client.versions, server.versions);
    return version === undefined || server.names.some((name) => client.names.includes(name) && isOf(version, name));
  }).map((clash) =>
    finding('plan-changes-algorithms', {
      subject: `${spokenName(clash.client)} with ${option} ${clash.clientFact.names.join(', ')},`,
      got: what,
      detail: `${spokenName(clash.server)} has ${clash.serverFact.names.join(', ')}`,
    }),
  );
}

/** The version that two nodes speak: the best that both have. OTP names them so that the better one comes later. */
function agreed(client: readonly string[], server: readonly string[]): string | undefined {
  return server
    .filter((version) => client.includes(version))
    .sort()
    .at(-1);
}

/** A cipher suite is for one version (RFC 8446, appendix B.4): those of TLS 1.2 and before say `WITH`, or have OpenSSL's short names. */
function isOf(version: string, name: string): boolean {
  if (!/^[A-Z]/.test(name)) return true;
  return (version === 'tlsv1.3') === (name.startsWith('TLS_') && !name.includes('_WITH_'));
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
      const versions = namesIn('versions', side, speaker);
      return versions && { versions, needsTls13: hasEd25519(speaker) };
    };
  return clashes(
    speakers,
    shownBy('client'),
    shownBy('server'),
    (client, server) =>
      !(client.needsTls13 || server.needsTls13) || agreed(client.versions, server.versions) !== 'tlsv1.2',
  ).map(({ client, server }) =>
    finding('plan-key-needs-tls-1-3', { subject: spokenName(client), detail: `with ${spokenName(server)}` }),
  );
}

function hasEd25519({ member: { before, after } }: Speaker): boolean {
  return [before, after].some((one) => one?.keyAlgorithm === 'ED25519');
}

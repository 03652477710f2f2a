import { agreedVersion, type AlgorithmOffer, haveOneInCommon, offerIn } from '../../erlang/options/algorithm-offers';
import { NEGOTIATED_OPTIONS } from '../../erlang/options/ssl-option-table';
import { versionsOf } from '../../erlang/options/tls-settings';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { Situation } from '../../observed/situation';
import type { Releases } from '../../otp/releases';
import { KEY_NEEDS_TLS_1_3 } from '../certificates/key-types';
import { nodePhrase, oddNodes } from '../node-phrases';
import { type Clash, dialClashes, type End } from '../pairs';

/** Nodes with no TLS version in common. */
export function versionFindings({ members, releases }: Situation): readonly Finding[] {
  return dialClashes(
    members,
    (end) => versionsAt(end, releases),
    (client, server) => server.some((version) => client.includes(version)),
  ).map((clash) =>
    finding(NO_COMMON_TLS_VERSION, {
      subject: nodePhrase(clash.nodes),
      nodes: oddNodes(clash.nodes, clash.others),
      detail: offered('versions', clash, clash.fact, clash.otherFact),
    }),
  );
}

export const NO_COMMON_TLS_VERSION = rule({
  code: 'no-common-tls-version',
  severity: 'error',
  problem: 'cannot agree on a TLS version with another node',
  expected: 'at least one version that both have',
  remedy:
    'set the same versions on all nodes; to change them in a running cluster, deploy TlsVersions.TLS_1_3_AND_1_2 first and restart all nodes',
  inErlang: '"Protocol Version"',
  source: 'RFC 8446, section 4.2.1; "TLS 1.2 beside TLS 1.3" in docs/in-erlang.md',
});

/** Nodes whose lists of algorithms have nothing in common. */
export function algorithmFindings({ members, releases }: Situation): readonly Finding[] {
  return NEGOTIATED_OPTIONS.flatMap(([option, what]) =>
    dialClashes(
      members,
      ({ at, side }): AlgorithmOffer | undefined => offerIn(option, at.settings[side], releases),
      haveOneInCommon,
    ).map((clash) =>
      finding(NO_COMMON_ALGORITHM, {
        subject: nodePhrase(clash.nodes),
        nodes: oddNodes(clash.nodes, clash.others),
        detail: offered(`${what}s`, clash, clash.fact.names, clash.otherFact.names),
      }),
    ),
  );
}

export const NO_COMMON_ALGORITHM = rule({
  code: 'no-common-algorithm',
  severity: 'error',
  problem: 'cannot agree on an algorithm with another node',
  expected: 'at least one cipher suite, group and signature algorithm that both name, for the version that they speak',
  remedy:
    'name the same on all nodes, or take the option out; to change it in a running cluster, deploy a list with both first and restart all nodes',
  inErlang: '"no_suitable_cipher", "no_suitable_groups" or the like, where the node is dialled',
  source: 'RFC 8446, section 4.1.1; "other cipher suites than the other node" in docs/in-erlang.md',
});

function offered(
  what: string,
  { others }: Clash<unknown>,
  names: readonly string[],
  otherNames: readonly string[],
): string {
  return `${what} offered: ${names.join(', ')}; accepted by ${nodePhrase(others)}: ${otherNames.join(', ')}`;
}

interface VersionsAndKey {
  readonly versions: readonly string[];
  readonly needsTls13: boolean;
}

/** Nodes that would agree on TLS 1.2 although one of them has a key for TLS 1.3. Each side shows its certificate. */
export function keyFindings({ members, releases, surface }: Situation): readonly Finding[] {
  const factOf = (end: End): VersionsAndKey | undefined => {
    const versions = versionsAt(end, releases);
    if (versions === undefined) return undefined;
    const needsTls13 = end.at.sides[end.side]?.shown?.needsTls13 === true;
    // Installed nodes that do not speak TLS 1.3 themselves are reported separately.
    return { versions, needsTls13: needsTls13 && (surface === 'planned' || versions.includes('tlsv1.3')) };
  };
  return dialClashes(
    members,
    factOf,
    (client, server) =>
      !(client.needsTls13 || server.needsTls13) || agreedVersion(client.versions, server.versions) !== 'tlsv1.2',
  ).map(({ fact, nodes, others }) => {
    const [keyed, peers] = fact.needsTls13 ? [nodes, others] : [others, nodes];
    return finding(KEY_NEEDS_TLS_1_3, {
      subject: `the certificate of ${nodePhrase(keyed)}`,
      nodes: oddNodes(keyed, peers),
      detail: `TLS 1.2 would be spoken with ${nodePhrase(peers)}`,
    });
  });
}

function versionsAt({ at, side }: End, releases: Releases): readonly string[] | undefined {
  const options = at.settings[side];
  return options && versionsOf(options, releases);
}

import { firstValue } from '../../erlang/flags/flag-use';
import { type AlgorithmOffer, haveOneInCommon, offerIn } from '../../erlang/options/algorithm-offers';
import type { Side } from '../../erlang/options/ssl-option';
import { NEGOTIATED_OPTIONS } from '../../erlang/options/ssl-option-table';
import { versionsOf } from '../../erlang/options/tls-settings';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { InstalledNode } from '../../observed/files/installed-node';
import type { Releases } from '../../otp/releases';
import type { ProtocolFacts } from '../../platforms/protocol';
import { PROTOCOLS, spokenProtocol } from '../../platforms/registry';
import { type Clash, clashesAmong } from '../pairs';

/** What two nodes have to agree on, each of them perhaps right by itself. */
export function agreementFindings(nodes: readonly InstalledNode[], releases: Releases): readonly Finding[] {
  return [
    ...protocolFindings(nodes),
    ...versionFindings(nodes, releases),
    ...NEGOTIATED_OPTIONS.flatMap(([option, what]) => algorithmFindings(option, what, nodes, releases)),
  ];
}

function protocolFindings(nodes: readonly InstalledNode[]): readonly Finding[] {
  const given = nodes.flatMap((node) => {
    const protocol = firstValue('proto_dist', node.flags?.uses);
    return protocol === undefined ? [] : [{ node, protocol, kind: spokenProtocol(protocol) }];
  });
  const [first] = given;
  return given
    .filter(({ kind }) => kind !== first?.kind)
    .map(({ node, protocol }) =>
      finding(PROTOCOL_MISMATCH, {
        subject: node.label,
        got: protocol,
        detail: `${first?.node.label} has ${first?.protocol}`,
      }),
    );
}

function equivalence({ name, speaks }: ProtocolFacts): readonly string[] {
  return name === speaks ? [] : [`${name} and ${speaks} understand each other`];
}

export const PROTOCOL_MISMATCH = rule({
  code: 'protocol-mismatch',
  severity: 'error',
  problem: 'has another -proto_dist than another node',
  expected: ['the same protocol on every node', ...PROTOCOLS.flatMap(equivalence)].join('; '),
  remedy: 'set the same on all',
  inErlang: 'nothing, or "unsupported_record_type"',
});

function versionFindings(nodes: readonly InstalledNode[], releases: Releases): readonly Finding[] {
  return clashesBetween(
    nodes,
    ({ settings }, side) => settings?.[side] && versionsOf(settings[side], releases),
    (client, server) => server.some((version) => client.includes(version)),
  ).map(({ client, clientFact, server, serverFact }) =>
    finding(NO_COMMON_TLS_VERSION, {
      subject: client.label,
      got: clientFact.join(', '),
      detail: `${server.label} has ${serverFact.join(', ')}`,
    }),
  );
}

export const NO_COMMON_TLS_VERSION = rule({
  code: 'no-common-tls-version',
  severity: 'error',
  problem: 'has no TLS version in common with another node',
  expected: 'one version that both name',
  remedy: 'set the same versions on all',
  inErlang: '"Protocol Version"',
});

function algorithmFindings(
  option: string,
  what: string,
  nodes: readonly InstalledNode[],
  releases: Releases,
): readonly Finding[] {
  const offer = (node: InstalledNode, side: Side): AlgorithmOffer | undefined =>
    offerIn(option, node.settings?.[side], releases);
  return clashesBetween(nodes, offer, haveOneInCommon).map(({ client, clientFact, server, serverFact }) =>
    finding(NO_COMMON_ALGORITHM, {
      subject: `${what} of ${client.label}`,
      got: clientFact.names.join(', '),
      detail: `${server.label} has ${serverFact.names.join(', ')}`,
    }),
  );
}

export const NO_COMMON_ALGORITHM = rule({
  code: 'no-common-algorithm',
  severity: 'error',
  problem: 'has none in common with another node',
  expected: 'at least one cipher suite, group and signature algorithm that both name, for the version that they speak',
  remedy: 'name the same on all, or take the option out',
  inErlang: '"no_suitable_cipher", "no_suitable_groups" or the like, where the node is dialled',
});

/** Whoever has a server side is dialled. */
function clashesBetween<T>(
  nodes: readonly InstalledNode[],
  factOf: (node: InstalledNode, side: Side) => T | undefined,
  goTogether: (client: T, server: T) => boolean,
): readonly Clash<InstalledNode, T, T>[] {
  return clashesAmong(
    { all: nodes, isServer: () => true, nodeOf: (node) => node },
    (node) => factOf(node, 'client'),
    (node) => factOf(node, 'server'),
    goTogether,
  );
}

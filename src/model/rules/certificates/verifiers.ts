import type { Option } from '../../erlang/options/option-file-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { PEER_JUDGING_OPTIONS } from '../../erlang/options/ssl-option-table';
import { valueOf } from '../../erlang/options/tls-settings';
import { writeTerm } from '../../erlang/terms/term-writer';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { InstalledNode } from '../../observed/files/installed-node';
import type { Releases } from '../../otp/releases';
import type { CertificateFacts } from '../../x509/certificate-reader';
import { kindsOf } from '../pairs';
import { hostFindings } from './host-names';

/** The nodes that a node connects with, one for each way of judging certificates. */
export type PartnersOf = (node: InstalledNode) => readonly InstalledNode[];

/** If no other node is known, others are assumed to use the same options. */
export function partnersAmong(nodes: readonly InstalledNode[]): PartnersOf {
  const kinds = kindsOf(nodes, (node) => [
    node.isTools,
    ...PEER_JUDGING_OPTIONS.map(([side, name]) => valueText(node, side, name)),
  ]);
  return (node) => {
    const others = kinds.flatMap(({ all }) => all.find((one) => one !== node) ?? []);
    return others.some(({ isTools }) => !isTools) ? others : [node, ...others];
  };
}

/** The client options of nodes and tools, one for each way of judging certificates. Absent if none are known. */
export function diallersAmong(nodes: readonly InstalledNode[]): readonly (readonly Option[])[] | undefined {
  const dialling = nodes.filter(({ settings }) => settings?.client !== undefined);
  const kinds = kindsOf(dialling, (node) => PEER_JUDGING_OPTIONS.map(([side, name]) => valueText(node, side, name)));
  const clients = kinds.flatMap(({ all: [one] }) => (one?.settings?.client === undefined ? [] : [one.settings.client]));
  return clients.length === 0 ? undefined : clients;
}

function valueText({ settings }: InstalledNode, side: Side, name: string): string {
  const options = settings?.[side];
  const value = valueOf(name, options);
  return options === undefined ? 'no side' : value === undefined ? '' : writeTerm(value);
}

/** Judges a certificate by the options of the nodes that verify it: its names if the node is dialled, and the CAs above it on both sides. */
export function verifiedFindings(
  path: string,
  [leaf, ...authorities]: readonly [CertificateFacts, ...CertificateFacts[]],
  side: Side,
  host: string | undefined,
  partners: readonly InstalledNode[],
  releases: Releases,
): readonly Finding[] {
  const subject = `certificate in ${path}`;
  const verifying = partners.map(({ settings }) => settings?.[side === 'server' ? 'client' : 'server']);
  return [
    ...(side === 'server' ? hostFindings(subject, leaf, host, verifying, releases) : []),
    ...verifying.flatMap((options) => depthFindings(subject, authorities.length - 1, options)),
  ];
}

/** A finding if more CAs are between a certificate and its root than the verifying side allows. */
function depthFindings(subject: string, count: number, options: readonly Option[] | undefined): readonly Finding[] {
  const depth = valueOf('depth', options);
  if (depth?.kind !== 'integer' || count <= depth.value) return [];
  return [finding(CHAIN_EXCEEDS_DEPTH, { subject, detail: `${count} of ${depth.value}` })];
}

export const CHAIN_EXCEEDS_DEPTH = rule({
  code: 'chain-exceeds-depth',
  severity: 'error',
  problem: 'has more CAs between it and the root than the option depth allows',
  expected: 'at most as many as depth allows, on the other side of the connection, which verifies',
  remedy: 'remove the option, or raise it to the number of CAs between',
  inErlang: 'the node that verifies logs "max_path_length_reached"',
  source: 'depth in the ssl manual; docs/in-erlang.md',
});

import type { ClusterNode } from '../../cluster/cluster-node';
import { isShortName } from '../../cluster/node-name';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { IPlatformProfile } from '../../platforms/profile';
import { ipVersionOf } from '../../platforms/registry';
import { OTP_PROTOCOLS } from '../../platforms/tls-protocol';

/** Judges whether nodes with these names can connect to each other with the protocol of the platform. */
export function nodeNameFindings(nodes: readonly ClusterNode[], platform: IPlatformProfile): readonly Finding[] {
  return [...mixedNameFindings(nodes), ...nodes.flatMap((node) => addressFamilyFindings(node, platform))];
}

/** A VM has either long or short names, and refuses to connect to a node with the other kind. */
function mixedNameFindings(nodes: readonly ClusterNode[]): readonly Finding[] {
  const short = nodes.find(({ name }) => isShortName(name));
  const long = nodes.find(({ name }) => name.host.kind !== 'deferred' && !isShortName(name));
  if (short === undefined || long === undefined) return [];
  return [
    finding(NODE_NAMES_MIXED, { subject: 'node name', got: short.name.text, detail: `beside ${long.name.text}` }),
  ];
}

export const NODE_NAMES_MIXED = rule({
  code: 'node-names-mixed',
  severity: 'warning',
  problem: 'is a short name in a cluster with long ones',
  expected: 'one kind in a cluster',
  remedy: 'give every host its domain: a VM started with -name and one started with -sname refuse to connect',
  source: 'Distributed Erlang, Nodes: nodes with long names and nodes with short names cannot communicate',
});

function addressFamilyFindings({ name }: ClusterNode, { protoDist }: IPlatformProfile): readonly Finding[] {
  const isMismatch = name.host.kind === (ipVersionOf(protoDist) === 6 ? 'ipv4' : 'ipv6');
  if (!isMismatch) return [];
  return [
    finding(NODE_ADDRESS_FAMILY_MISMATCH, { subject: 'node name', got: name.text, detail: `-proto_dist ${protoDist}` }),
  ];
}

export const NODE_ADDRESS_FAMILY_MISMATCH = rule({
  code: 'node-address-family-mismatch',
  severity: 'error',
  problem: 'has an address of the other IP version than the distribution protocol',
  expected: OTP_PROTOCOLS.map(({ name, ipVersion }) => `IPv${ipVersion} literals with ${name}`).join(', '),
  remedy: 'use a DNS name, or the other protocol',
  source: 'erl(1), -proto_dist; test/real/deferred-host.test.ts',
});

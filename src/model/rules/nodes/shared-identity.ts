import type { ClusterNode } from '../../cluster/cluster-node';
import { isShortName } from '../../cluster/node-name';
import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { namesInCertificate, type SharedIdentity } from '../../pki/shared-identity';
import { NODE_NAMES_MIXED } from './node-names';

/** What is declared beside a shared identity. */
export interface BesideIdentity {
  readonly nodes: readonly ClusterNode[];
  /** The options that nodes have of their own, by the names of the nodes. */
  readonly ownOptions: ReadonlyMap<string, readonly string[]>;
  readonly isKeyOnNode: boolean;
}

/** Judges a shared identity, and what goes with none. */
export function sharedIdentityFindings(
  identity: SharedIdentity,
  { nodes, ownOptions, isKeyOnNode }: BesideIdentity,
): readonly Finding[] {
  const subject = 'identity';
  return [
    ...(isKeyOnNode ? [finding(SHARED_KEY_ON_NODE, { subject: 'certificates.key' })] : []),
    ...nodes.flatMap((node) => nodeFindings(node, ownOptions.get(node.name.text) ?? [])),
    ...nameKindFindings(identity, nodes),
    finding(IDENTITY_SHARED, { subject, detail: namesInCertificate(identity.names).join(', ') }),
  ];
}

export const IDENTITY_SHARED = rule({
  code: 'identity-shared',
  severity: 'warning',
  problem: 'gives every machine the same private key',
  expected: 'machines that come and go, whose names nobody knows beforehand',
  remedy: `nothing, if that is so: whoever takes over one machine takes over all, no host is told apart from another, and net_kernel:allow/1 and the revocation of one machine are lost (${documentation('autoscaling')}); else leave identity out`,
  inErlang: 'nothing: the connection forms',
  source: 'docs/autoscaling.md; test/real/shared-identity.test.ts',
});

export const SHARED_KEY_ON_NODE = rule({
  code: 'shared-key-on-node',
  severity: 'error',
  problem: 'is made on one node, and cannot be that of many',
  expected: 'a key that Terraform makes, beside a shared identity',
  remedy:
    'leave the key out; to keep the key of the CA out of the state, use an issuer; to keep keys on nodes, give each node an identity of its own',
  source: 'docs/autoscaling.md; docs/keys-on-nodes.md',
});

function nodeFindings({ name: { text, host } }: ClusterNode, ownOptions: readonly string[]): readonly Finding[] {
  const isUnknown = host.kind === 'deferred';
  const detail = isUnknown ? 'only Terraform knows its host' : `it has ${ownOptions.join(', ')}`;
  return isUnknown || ownOptions.length > 0
    ? [finding(NODE_BESIDE_SHARED_IDENTITY, { subject: 'node name', got: text, detail })]
    : [];
}

export const NODE_BESIDE_SHARED_IDENTITY = rule({
  code: 'node-beside-shared-identity',
  severity: 'error',
  problem: 'cannot be declared beside a shared identity',
  expected: 'nodes with a name that is known at synth, and nothing else',
  remedy: 'leave the options out, or the node: it needs no entry to show the shared certificate',
  source: 'docs/autoscaling.md',
});

function nameKindFindings({ longNames }: SharedIdentity, nodes: readonly ClusterNode[]): readonly Finding[] {
  if (longNames === undefined)
    return nodes.length > 0 ? [] : [finding(NAME_KIND_UNKNOWN, { subject: 'identity.longNames' })];
  const other = nodes.find(({ name }) => isShortName(name) === longNames);
  if (other === undefined) return [];
  const detail = `beside longNames: ${longNames}`;
  return [finding(NODE_NAMES_MIXED, { subject: 'node name', got: other.name.text, detail })];
}

export const NAME_KIND_UNKNOWN = rule({
  code: 'name-kind-unknown',
  severity: 'error',
  problem: 'is missing, and no node says it',
  expected: 'true if the part of node names after "@" has a dot or is an address, else false',
  remedy: 'set longNames, or name a node in nodes',
  source: 'Distributed Erlang, Nodes: nodes with long names and nodes with short names cannot communicate',
});

export const ALLOW_WITH_SHARED_IDENTITY = rule({
  code: 'allow-with-shared-identity',
  severity: 'error',
  problem: 'does not exist for nodes that share an identity',
  expected: 'a certificate for each node',
  remedy: 'do not call net_kernel:allow/1 on these nodes, or leave identity out',
  inErlang: '"Connection attempt from disallowed node" for every node that dials, whatever the list has',
  source: 'allowed_nodes/2 in erlang/otp:lib/ssl/src/inet_tls_dist.erl; test/real/shared-identity.test.ts',
});

import { atomsOf } from '../erlang/option-file-reader';
import type { Side } from '../erlang/ssl-option';
import { type Finding, finding } from '../errors';
import type { InstalledNode } from '../installed/installed-node';
import { candidatesOf, chainOf, leafOf, type Material, type Signatures } from '../installed/material';
import { isWhole } from './installed-judgement';

/** What is wrong between the nodes of one cluster, each of them perhaps right by itself. */
export function peerFindings(nodes: readonly InstalledNode[], signatures: Signatures): readonly Finding[] {
  return [
    ...sharedKeyFindings(nodes),
    ...protocolFindings(nodes),
    ...versionFindings(nodes),
    ...trustFindings(nodes, signatures),
  ];
}

function sharedKeyFindings(nodes: readonly InstalledNode[]): readonly Finding[] {
  const owners = new Map<string, InstalledNode>();
  return nodes.flatMap((node) => {
    const key = node.sides.map(({ material }) => leafOf(material)?.publicKey.identity).find((one) => one !== undefined);
    const other = key === undefined ? undefined : owners.get(key);
    if (key !== undefined && other === undefined) owners.set(key, node);
    return other === undefined ? [] : [finding('nodes-share-key', { subject: node.label, detail: other.label })];
  });
}

/** CouchDB's protocol is `inet_tls` with exceptions. */
const SAME: Readonly<Record<string, string>> = { couch: 'inet_tls' };

function protocolFindings(nodes: readonly InstalledNode[]): readonly Finding[] {
  const given = nodes.flatMap((node) => {
    const protocol = node.flags?.uses.find(({ name }) => name === 'proto_dist')?.values[0];
    return protocol === undefined ? [] : [{ node, protocol: SAME[protocol] ?? protocol }];
  });
  const [first] = given;
  return given
    .filter(({ protocol }) => protocol !== first?.protocol)
    .map(({ node, protocol }) =>
      finding('nodes-differ-in-protocol', {
        subject: node.label,
        got: protocol,
        detail: `${first?.node.label} has ${first?.protocol}`,
      }),
    );
}

function versionFindings(nodes: readonly InstalledNode[]): readonly Finding[] {
  const versions = (node: InstalledNode, side: Side): readonly string[] | undefined =>
    atomsOf('versions', node.settings?.[side]);
  const dialling = firsts(nodes, (node) => versions(node, 'client')?.join());
  const listening = firsts(nodes, (node) => versions(node, 'server')?.join());
  return dialling.flatMap((client) =>
    listening
      .filter((server) => !versions(server, 'server')?.some((one) => versions(client, 'client')?.includes(one)))
      .map((server) =>
        finding('nodes-differ-in-versions', {
          subject: client.label,
          got: versions(client, 'client')?.join(', '),
          detail: `${server.label} has ${versions(server, 'server')?.join(', ')}`,
        }),
      ),
  );
}

/** Both sides of a connection verify the other one: whoever dials, each needs the other one's CA. */
function trustFindings(nodes: readonly InstalledNode[], signatures: Signatures): readonly Finding[] {
  const materials = nodes.flatMap((node) => node.sides.map(({ material, side }) => ({ node, material, side })));
  // CAs of one name may be several: the key that signed tells them apart.
  const showing = kinds(materials, ({ material }) => {
    const leaf = leafOf(material);
    const [, issuer] = leaf === undefined ? [] : chainOf(leaf, candidatesOf(material), signatures);
    return leaf && `${leaf.issuer.identity} ${issuer?.publicKey.identity ?? ''}`;
  });
  const trusting = kinds(materials, ({ material }) =>
    isWhole(material.trust) ? material.trust.certificates.map((one) => signatures.fingerprint(one)).join() : undefined,
  );
  const found = showing.flatMap((some) =>
    trusting.flatMap((others) => {
      const [one, other] =
        some
          .flatMap((left) => others.map((right) => [left, right] as const))
          .find(([left, right]) => left.node !== right.node) ?? [];
      if (one === undefined || other === undefined || trusts(other.material, one.material, signatures)) return [];
      const detail = `${other.node.label} does not trust its certificate`;
      return [finding('nodes-apart', { subject: one.node.label, detail })];
    }),
  );
  return found.filter((one, index) => found.findIndex(({ message }) => message === one.message) === index);
}

/** A node has two sides, so among three of a kind there is another node. */
const FEW = 3;

function firsts<T>(all: readonly T[], keyOf: (one: T) => string | undefined): readonly T[] {
  return kinds(all, keyOf).flatMap((some) => some.slice(0, 1));
}

/** Those that are alike in what counts: a thousand nodes are a handful of kinds. */
function kinds<T>(all: readonly T[], keyOf: (one: T) => string | undefined): readonly (readonly T[])[] {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), one].slice(0, FEW));
  }
  return [...found.values()];
}

function trusts({ trust }: Material, other: Material, signatures: Signatures): boolean {
  const leaf = leafOf(other);
  if (leaf === undefined || trust === undefined) return true;
  const chain = chainOf(leaf, [...trust.certificates, ...candidatesOf(other)], signatures);
  const last = chain.at(-1);
  return (
    last !== undefined && trust.certificates.some((one) => signatures.fingerprint(one) === signatures.fingerprint(last))
  );
}

import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { chainShownBy } from '../../observed/files/chain';
import type { InstalledNode } from '../../observed/files/installed-node';
import { leafOf, type Material } from '../../observed/files/material';
import { isWhole, type Judgement } from '../judgement';
import { agreementFindings } from '../options/agreement';

/** What is wrong between the nodes of one cluster, each of them perhaps right by itself. */
export function peerFindings(nodes: readonly InstalledNode[], judgement: Judgement): readonly Finding[] {
  return [
    ...flaglessFindings(nodes),
    ...sharedKeyFindings(nodes),
    ...agreementFindings(nodes, judgement.releases),
    ...trustFindings(nodes, judgement),
  ];
}

/** Where one node has its flags beside its options, the others should, too: without them a node speaks plain text. */
function flaglessFindings(nodes: readonly InstalledNode[]): readonly Finding[] {
  const [one] = nodes.filter(({ isTools, flags }) => !isTools && flags !== undefined);
  if (one === undefined) return [];
  const without = nodes.filter(({ isTools, flags }) => !isTools && flags === undefined);
  return without.map(({ label }) => finding(NODE_FLAGS_MISSING, { subject: label, detail: `${one.label} has one` }));
}

export const NODE_FLAGS_MISSING = rule({
  code: 'node-flags-missing',
  severity: 'error',
  problem: 'has no file of flags',
  expected: 'a file that names -proto_dist and the options, as other nodes have one',
  remedy: `install the file, and look at its name: *.args, or what the platform reads (${documentation('check')})`,
});

function sharedKeyFindings(nodes: readonly InstalledNode[]): readonly Finding[] {
  const owners = new Map<string, InstalledNode>();
  return nodes.flatMap((node) => {
    const keys = new Set(node.sides.flatMap(({ material }) => leafOf(material)?.publicKey.identity ?? []));
    const others = [...keys].flatMap((key) => owners.get(key) ?? []);
    for (const key of keys) owners.set(key, owners.get(key) ?? node);
    const [other] = others.filter((one) => !isToolBeside(one, node) && !isSameNode(one, node));
    return other === undefined ? [] : [finding(NODES_SHARE_KEY, { subject: node.label, detail: other.label })];
  });
}

export const NODES_SHARE_KEY = rule({
  code: 'nodes-share-key',
  severity: 'error',
  problem: 'has the same private key as another node',
  expected: 'a key for each node',
  remedy: 'issue a certificate with a key of its own: who takes one node over takes both',
  inErlang: 'nothing',
});

/** Versions of one release lie side by side. */
function isSameNode(one: InstalledNode, other: InstalledNode): boolean {
  return one.name !== undefined && one.name === other.name;
}

/** A tool on the machine of a node may read the node's own files. */
function isToolBeside(one: InstalledNode, other: InstalledNode): boolean {
  const paths = ({ sides }: InstalledNode): string[] =>
    sides.flatMap(({ material }) => material.identity?.file.path ?? []);
  return (one.isTools || other.isTools) && paths(one).some((path) => paths(other).includes(path));
}

/** Both sides of a connection verify the other one: whoever dials, each needs the other one's CA. */
function trustFindings(nodes: readonly InstalledNode[], judgement: Judgement): readonly Finding[] {
  const { signatures } = judgement;
  const materials = nodes.flatMap((node) => node.sides.map(({ material, side }) => ({ node, material, side })));
  // CAs of one name may be several: the key that signed tells them apart.
  const showing = kinds(materials, ({ material, side }) => {
    const leaf = leafOf(material);
    const [, issuer] = chainShownBy(material, [], judgement) ?? [];
    return leaf && `${side} ${leaf.issuer.identity} ${issuer?.publicKey.identity ?? ''}`;
  });
  const trusting = kinds(materials, ({ material, side }) =>
    isWhole(material.trust)
      ? `${side} ${material.trust.certificates.map((one) => signatures.fingerprint(one)).join()}`
      : undefined,
  );
  return showing.flatMap((some) => {
    const apart = trusting.flatMap((others) => {
      const [one, other] = twoNodes(some, others, ({ node }) => node);
      const isApart = one !== undefined && other !== undefined && one.side !== other.side;
      return isApart && !trusts(other.material, one.material, judgement)
        ? [{ node: one.node, by: other.node.label }]
        : [];
    });
    const [first] = apart;
    if (first === undefined) return [];
    const more = apart.length > 1 ? ` and ${apart.length - 1} more do` : ' does';
    return [
      finding(UNTRUSTED_BY_PEER, { subject: first.node.label, detail: `${first.by}${more} not trust its certificate` }),
    ];
  });
}

export const UNTRUSTED_BY_PEER = rule({
  code: 'untrusted-by-peer',
  severity: 'error',
  problem: 'could not be connected with another node',
  expected: 'a certificate of a CA that the other one trusts, in both directions',
  remedy: 'install the files of one deploy on both',
  inErlang: '"Unknown CA" on one of the two',
});

/** The first two that are not of one node: nobody dials itself. */
function twoNodes<T>(
  some: readonly T[],
  others: readonly T[],
  nodeOf: (one: T) => InstalledNode,
): readonly [T, T] | readonly [] {
  const pairs = some.flatMap((one) => others.map((other) => [one, other] as const));
  return pairs.find(([one, other]) => nodeOf(one) !== nodeOf(other)) ?? [];
}

/** A node has two sides, so among three of a kind there is another node. */
const FEW = 3;

/** Those that are alike in what counts: a thousand nodes are a handful of kinds. */
function kinds<T>(all: readonly T[], keyOf: (one: T) => string | undefined): readonly (readonly T[])[] {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), one].slice(0, FEW));
  }
  return [...found.values()];
}

function trusts({ trust }: Material, other: Material, judgement: Judgement): boolean {
  const leaf = leafOf(other);
  if (leaf === undefined || trust === undefined) return true;
  // Of many clusters at once there are many pairs: most have nothing to do with each other.
  const own = chainShownBy(other, [], judgement) ?? [];
  const issuers = new Set(own.map(({ issuer }) => issuer.identity));
  if (!trust.certificates.some(({ subject }) => issuers.has(subject.identity))) return false;
  const { fingerprint } = judgement.signatures;
  const last = chainShownBy(other, trust.certificates, judgement)?.at(-1);
  return last !== undefined && trust.certificates.some((one) => fingerprint(one) === fingerprint(last));
}

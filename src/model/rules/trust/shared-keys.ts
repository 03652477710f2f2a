import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { InstalledNode } from '../../observed/files/installed-node';
import { leafOf } from '../../observed/files/material';
import { isForManyNodes } from '../certificates/host-names';

/** Nodes that have one private key. */
export function sharedKeyFindings(nodes: readonly InstalledNode[]): readonly Finding[] {
  const owners = new Map<string, InstalledNode>();
  return nodes.flatMap((node) => {
    const keys = new Set(node.sides.flatMap(({ material }) => leafOf(material)?.publicKey.identity ?? []));
    const others = [...keys].flatMap((key) => owners.get(key) ?? []);
    for (const key of keys) owners.set(key, owners.get(key) ?? node);
    const [other] = others.filter((one) => !isToolBeside(one, node) && !isSameNode(one, node) && !isShared(one, node));
    return other === undefined
      ? []
      : [finding(NODES_SHARE_KEY, { subject: node.label, detail: other.label, nodes: [node, other] })];
  });
}

export const NODES_SHARE_KEY = rule({
  code: 'nodes-share-key',
  severity: 'error',
  problem: 'has the same private key as another node',
  expected: 'a key for each node, or a certificate with the name that both expect of every node',
  remedy: 'issue a certificate with a key of its own: whoever takes over one node takes over both',
  inErlang: 'nothing',
  source: '"the key of the other node" in docs/in-erlang.md',
});

/** Machines that come and go may have one certificate for all of them. That they verify less is another finding. */
function isShared(...nodes: readonly InstalledNode[]): boolean {
  return nodes.every(({ sides, settings }) =>
    sides.every(({ material }) => {
      const leaf = leafOf(material);
      return leaf !== undefined && isForManyNodes(leaf, settings?.client);
    }),
  );
}

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

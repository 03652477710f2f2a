import { absolutePath } from '../../model/cluster/absolute-path';
import type { ClusterNode } from '../../model/cluster/cluster-node';
import { NODE_ID_NEEDED } from '../../model/cluster/cluster-node';
import { NODE_RANGE_NOT_POSSIBLE } from '../../model/cluster/node-range';
import { expandRanges } from '../../model/cluster/node-range';
import { refuse } from '../../model/findings/finding';
import { concrete, isToken, readNodeName, showTokens, splitAtTokens, withoutListToken } from '../terraform/tokens';
import type { TlsClusterNodeProps } from './tls-cluster-node';

/** A node as the user declared it and in the form of the model. */
export interface DeclaredNode<T = TlsClusterNodeProps> {
  readonly props: T;
  readonly node: ClusterNode;
}

/** The declared nodes, with ranges expanded. */
export function declareNodes<T extends TlsClusterNodeProps>(
  nodes: readonly T[],
  installDirectory: string,
): DeclaredNode<T>[] {
  return nodes.flatMap((node) => expandNode(node)).map((node) => declareNode(node, installDirectory));
}

/** The nodes that a name with a range stands for. The braces of a token are no range. */
function expandNode<T extends TlsClusterNodeProps>(node: T): T[] {
  withoutListToken('node name', node.name);
  const hasBraces = splitAtTokens(node.name).some((part) => !isToken(part) && /[{}]/.test(part));
  if (!hasBraces) return [node];
  if (isToken(node.name) || node.id !== undefined) {
    refuse(NODE_RANGE_NOT_POSSIBLE, { subject: 'node name', got: showTokens(node.name) });
  }
  return expandRanges(node.name).map((name) => ({ ...node, name }));
}

function declareNode<T extends TlsClusterNodeProps>(node: T, installDirectory: string): DeclaredNode<T> {
  const name = readNodeName(node.name);
  if (node.id === undefined && isToken(node.name)) {
    refuse(NODE_ID_NEEDED, { subject: 'node name', got: showTokens(node.name) });
  }
  const directory = concrete('installDirectory', node.installDirectory ?? installDirectory);
  return {
    props: node,
    node: {
      id: concrete('node id', node.id ?? node.name),
      name,
      installDirectory: absolutePath('installDirectory', directory),
    },
  };
}

import { absolutePath, inDirectory } from '../../model/cluster/absolute-path';
import {
  type ClusterNode,
  directoryName,
  NODE_DIRECTORY_SHARED,
  NODE_ID_NEEDED,
} from '../../model/cluster/cluster-node';
import { NODE_RANGE_NOT_POSSIBLE } from '../../model/cluster/node-range';
import { expandRanges } from '../../model/cluster/node-range';
import { refuse } from '../../model/findings/finding';
import { IDS } from '../terraform/ids';
import { concrete, isToken, readNodeName, showTokens, splitAtTokens, withoutListToken } from '../terraform/tokens';
import type { TlsClusterNodeProps } from './tls-cluster-node';
import type { ClusterOptions, TlsClusterProps } from './tls-cluster-props';

/** A node as the user declared it and in the form of the model. */
export interface DeclaredNode<T = TlsClusterNodeProps> {
  readonly props: T;
  readonly node: ClusterNode;
  /** Whether its directory is another one than that of the cluster. */
  readonly hasOwnDirectory: boolean;
}

type Places = Pick<ClusterOptions, 'installDirectory' | 'delivery'> & Pick<TlsClusterProps, 'identity'>;

/** The declared nodes, with ranges expanded. */
export function declareNodes<T extends TlsClusterNodeProps>(nodes: readonly T[], places: Places): DeclaredNode<T>[] {
  const declared = nodes.flatMap((node) => expandNode(node)).map((node) => declareNode(node, places));
  // Nodes that share an identity share its directory.
  if (places.delivery.directoryPerNode === true && places.identity === undefined) checkDirectories(declared, places);
  return declared;
}

/** In one place, the files of two nodes would have the same paths. */
function checkDirectories(declared: readonly DeclaredNode<unknown>[], { installDirectory }: Places): void {
  const taken = new Map<string, string>([[inDirectory(installDirectory, IDS.TOOLS), IDS.TOOLS]]);
  for (const { node } of declared) {
    const { installDirectory: directory, name } = node;
    const other = taken.get(directory);
    if (other !== undefined) {
      const detail = `${directory} belongs to ${other}`;
      refuse(NODE_DIRECTORY_SHARED, { subject: 'node', got: showTokens(name.text), detail });
    }
    taken.set(directory, showTokens(name.text));
  }
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

function declareNode<T extends TlsClusterNodeProps>(node: T, places: Places): DeclaredNode<T> {
  const name = readNodeName(node.name);
  if (node.id === undefined && isToken(node.name)) {
    refuse(NODE_ID_NEEDED, { subject: 'node name', got: showTokens(node.name) });
  }
  const id = concrete('node id', node.id ?? node.name);
  const own = ownDirectory(node, directoryName({ id, name }), places);
  const installDirectory = absolutePath(
    'installDirectory',
    own ?? concrete('installDirectory', places.installDirectory),
  );
  return { props: node, node: { id, name, installDirectory }, hasOwnDirectory: own !== undefined };
}

/** The directory that the user gives to the node, or else the one that a delivery to a common place needs. */
function ownDirectory(
  { installDirectory: given }: TlsClusterNodeProps,
  name: string,
  { installDirectory, delivery }: Places,
): string | undefined {
  if (given !== undefined || delivery.directoryPerNode !== true) return concrete('installDirectory', given);
  return inDirectory(absolutePath('installDirectory', concrete('installDirectory', installDirectory)), name);
}

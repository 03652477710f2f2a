import type { NodePlan, ToolPlan } from '../../model/plan/cluster-plan';
import type { IPlatformProfile } from '../../model/platforms/profile';
import type { Identity } from '../certificates/identity';
import type { DeliveryRequest } from '../deliveries/delivery';
import type { DeclaredNode } from './declared-nodes';

export type Hosts = Readonly<Record<string, string>>;

/** Host parts of the names of nodes, by the ids of the nodes. */
export function hostsOf(declared: readonly DeclaredNode[]): Hosts {
  return Object.fromEntries(declared.map(({ node }) => [node.id, node.name.host.text]));
}

/** What a delivery has to know of a node, apart from its files. With a shared identity, these are for the hosts of all nodes. */
export function nodeRequest(
  { id, installDirectory }: NodePlan,
  { reload, reloadIsCommand = false }: IPlatformProfile,
  { [id]: host, ...others }: Hosts,
  identity: Identity | undefined,
): Omit<DeliveryRequest, 'files'> {
  return {
    ...{ nodeId: id, installDirectory, reload },
    reloadCommand: reloadIsCommand ? reload : undefined,
    hosts: { ...(host !== undefined && { [id]: host }), ...(identity && others) },
  };
}

/** The files of the tools, which no running node reads. */
export function toolRequest(
  { id, installDirectory }: ToolPlan,
  hosts: Hosts,
  files: Pick<DeliveryRequest, 'files' | 'keyOnNode'>,
): DeliveryRequest {
  return { nodeId: id, installDirectory, reload: '', hosts, ...files };
}

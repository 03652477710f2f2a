import type { NodeAtMoment } from '../../observed/situation';
import type { NodeWithExceptions, PlainTextExceptions, ProtocolFacts } from '../../platforms/protocol';
import { protocolNamed } from '../../platforms/registry';

/** A node with the exceptions from TLS that it is started with. */
export interface Excepting {
  readonly at: NodeAtMoment;
  readonly node: NodeWithExceptions;
}

/** The nodes of this protocol, or of the one that it builds on: such a node excepts nobody. */
export function exceptingNodes(
  members: readonly NodeAtMoment[],
  { name, speaks }: ProtocolFacts,
  exceptions: PlainTextExceptions,
): readonly Excepting[] {
  return members.flatMap((at): Excepting[] => {
    const own = protocolNamed(at.protocol);
    if (!at.isServer || own?.speaks !== speaks) return [];
    const values = own.name === name ? exceptions.valuesIn(at.flags ?? []) : [];
    return [{ at, node: { name: at.name ?? at.label, exceptions: values } }];
  });
}

/** The name of a node is not in the plan if the user gave the node an id. */
export function isKnown({ node: { name, exceptions } }: Excepting, protocol: PlainTextExceptions): boolean {
  return exceptions.every((value) => protocol.isLegal(value) && (name.includes('@') || protocol.isForEveryNode(value)));
}

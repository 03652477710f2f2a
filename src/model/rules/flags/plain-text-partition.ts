import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { nameList } from '../../findings/name-list';
import { rule } from '../../findings/rule';
import type { NodeAtMoment, Situation } from '../../observed/situation';
import type { NodeWithExceptions, PlainTextExceptions, ProtocolFacts } from '../../platforms/protocol';
import { protocolNamed, PROTOCOLS } from '../../platforms/registry';
import { nodePhrase, oddNodes } from '../node-phrases';
import { mutualClashes } from '../pairs';
import { PLAN_CHANGE_NOT_EXAMINED } from './unexamined';

/**
 * Pairs of nodes that connect in neither direction because their exceptions from TLS differ. A node dials with the transport that its own list has
 * for the other node, and listens with the transport that its own list has for itself. In a plan this happens if one deploy takes two nodes out
 * of the list.
 */
export function plainTextPartitionFindings({ members }: Situation): readonly Finding[] {
  return PROTOCOLS.flatMap((protocol) =>
    protocol.exceptions === undefined ? [] : partitionFindings(members, protocol, protocol.exceptions),
  );
}

export const PLAIN_TEXT_PARTITION = rule({
  code: 'plain-text-partition',
  severity: 'error',
  problem:
    'cannot connect with another node in either direction: each dials with another transport than the other one listens with',
  expected: 'one node less in unsafePlainTextMembers with each deploy, after a first deploy with all of them',
  remedy: `take the steps of ${documentation('migration')} one by one`,
  source: 'docs/migration.md, which test/real/migration.test.ts walks through',
});

/** A node with the exceptions that it is started with. */
interface Excepting {
  readonly at: NodeAtMoment;
  readonly node: NodeWithExceptions;
}

function partitionFindings(
  members: readonly NodeAtMoment[],
  protocol: ProtocolFacts,
  exceptions: PlainTextExceptions,
): readonly Finding[] {
  const excepting = members.flatMap((at) => exceptingNode(at, protocol, exceptions));
  const lists = new Map(excepting.map(({ node }) => [keyOf(node), node.exceptions]));
  // If all nodes have the same list, each dials a node as that node listens.
  if (lists.size < 2) return [];
  const unknown = new Set(excepting.filter((one) => !isKnown(one, exceptions)).map(({ at }) => at.node));
  return [
    ...clashFindings(
      excepting.filter(({ at }) => !unknown.has(at.node)),
      [...lists.values()],
      exceptions,
    ),
    ...notExamined(
      excepting.map(({ at }) => at).filter(({ node }) => unknown.has(node)),
      exceptions,
    ),
  ];
}

/** A node of this protocol, or of the one that it builds on: such a node excepts nobody. */
function exceptingNode(
  at: NodeAtMoment,
  { name, speaks }: ProtocolFacts,
  protocolExceptions: PlainTextExceptions,
): readonly Excepting[] {
  const own = protocolNamed(at.protocol);
  if (!at.isServer || own?.speaks !== speaks) return [];
  const exceptions = own.name === name ? protocolExceptions.valuesIn(at.flags ?? []) : [];
  return [{ at, node: { name: at.name ?? at.label, exceptions } }];
}

/** Nodes with the same list of exceptions, whose names are matched by the same lists, are alike. */
function clashFindings(
  excepting: readonly Excepting[],
  lists: readonly (readonly string[])[],
  protocol: PlainTextExceptions,
): readonly Finding[] {
  const likenesses = new Map<NodeAtMoment, string>();
  const examples = new Map<string, NodeWithExceptions>();
  for (const { at, node } of excepting) {
    const matches = lists.map((exceptions) => protocol.listensInPlainText({ name: node.name, exceptions }));
    const likeness = [matches.join(), keyOf(node)].join('\n');
    likenesses.set(at, likeness);
    examples.set(likeness, node);
  }
  const canConnect = (one: string, other: string): boolean => {
    const [left, right] = [examples.get(one), examples.get(other)];
    // One direction is enough: a connection serves both.
    return left === undefined || right === undefined || protocol.canDial(left, right) || protocol.canDial(right, left);
  };
  return mutualClashes([...likenesses.keys()], (one) => likenesses.get(one), canConnect).map(({ nodes, others }) =>
    finding(PLAIN_TEXT_PARTITION, {
      subject: nodePhrase(nodes),
      nodes: oddNodes(nodes, others),
      detail: nodePhrase(others),
    }),
  );
}

/** The name of a node is not in the plan if the user gave the node an id. */
function isKnown({ node: { name, exceptions } }: Excepting, protocol: PlainTextExceptions): boolean {
  return exceptions.every((value) => protocol.isLegal(value) && (name.includes('@') || protocol.isForEveryNode(value)));
}

function notExamined(nodes: readonly NodeAtMoment[], { notation }: PlainTextExceptions): readonly Finding[] {
  // Only plans are compared with an earlier state.
  const planned = nodes.filter(({ moment }) => moment !== undefined);
  if (planned.length === 0) return [];
  const subject = `what ${nameList([...new Set(planned.map(({ label }) => label))])} read at boot`;
  const detail = `the name of the node, or a ${notation}, cannot be read`;
  return [finding(PLAN_CHANGE_NOT_EXAMINED, { subject, detail })];
}

function keyOf({ exceptions }: NodeWithExceptions): string {
  return exceptions.join('\n');
}

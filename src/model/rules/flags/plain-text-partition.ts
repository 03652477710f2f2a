import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { nameList } from '../../findings/name-list';
import { rule } from '../../findings/rule';
import type { NodeAtMoment, Situation } from '../../observed/situation';
import type { NodeWithExceptions, PlainTextExceptions, ProtocolFacts } from '../../platforms/protocol';
import { PROTOCOLS } from '../../platforms/registry';
import { nodePhrase, oddNodes } from '../node-phrases';
import { mutualClashes } from '../pairs';
import { type Excepting, exceptingNodes, isKnown } from './plain-text-nodes';
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

function partitionFindings(
  members: readonly NodeAtMoment[],
  protocol: ProtocolFacts,
  exceptions: PlainTextExceptions,
): readonly Finding[] {
  const excepting = exceptingNodes(members, protocol, exceptions);
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

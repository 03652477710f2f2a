import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { nameList } from '../../findings/name-list';
import { rule } from '../../findings/rule';
import type { Situation } from '../../observed/situation';
import type { PlainTextExceptions } from '../../platforms/protocol';
import { PROTOCOLS } from '../../platforms/registry';
import { type Excepting, exceptingNodes, isKnown } from './plain-text-nodes';

/**
 * What a plan does to nodes on their way between plain text and TLS. Other nodes dial a node that has moved as it listened before, in vain, so it has to
 * dial them. Erlang lets the greater name win if two nodes dial each other at once: a node with a greater name refuses the one that has moved
 * while it dials, and under load it always does.
 */
export interface PlainTextMove {
  readonly toTls: readonly string[];
  readonly toPlainText: readonly string[];
  /** The nodes with greater names, which dial as the moved nodes listen once they are restarted too. */
  readonly restartAfterwards: readonly string[];
  /** The node to take next, on the way back if the plan goes back. Absent if it is the last one. */
  readonly next?: string;
}

/** Absent if no node is on the way: none moves, and none is left in plain text. */
export function plainTextMove({ members }: Situation): PlainTextMove | undefined {
  const nodes = PROTOCOLS.flatMap((protocol) =>
    protocol.exceptions === undefined
      ? []
      : nodesOnTheWay(exceptingNodes(members, protocol, protocol.exceptions), protocol.exceptions),
  );
  const toTls = namesOf(nodes.filter(({ before, after }) => before === 'plain' && after === 'tls'));
  const toPlainText = namesOf(nodes.filter(({ before, after }) => before === 'tls' && after === 'plain'));
  const left = toPlainText.length > 0 ? 'tls' : 'plain';
  const next = namesOf(nodes.filter(({ after }) => after === left)).at(-1);
  const moving = [...toTls, ...toPlainText].sort();
  const [least = ''] = moving;
  if (moving.length === 0 && next === undefined) return undefined;
  const isMoving = new Set(moving);
  // Without a moving node, none is restarted.
  const restartAfterwards = namesOf(nodes).filter((name) => isMoving.size > 0 && !isMoving.has(name) && name > least);
  return { toTls, toPlainText, restartAfterwards, next };
}

/** On the way back every order costs the same restarts, and a step may be taken back by itself. */
export function plainTextOrderFindings(situation: Situation): readonly Finding[] {
  const { toTls = [], toPlainText = [], next = '' } = plainTextMove(situation) ?? {};
  const early = toPlainText.length > 0 ? [] : toTls.filter((name) => name < next);
  return early.length === 0 ? [] : [finding(PLAIN_TEXT_ORDER, { subject: nameList(early), detail: next })];
}

export const PLAIN_TEXT_ORDER = rule({
  code: 'plain-text-order',
  severity: 'error',
  problem: 'moves to TLS before a node with a greater name, which under load keeps the two apart until both have moved',
  expected: 'the node with the greatest name to leave unsafePlainTextMembers first',
  remedy: `leave this node in the list, and take the named one out (${documentation('migration')})`,
  source: 'erlang/otp:lib/kernel/src/net_kernel.erl, accept_pending; test/real/migration.test.ts',
});

interface NodeOnTheWay {
  readonly name: string;
  /** How it listens before and after the deploy. `before` is absent if the node is new. */
  readonly before?: 'plain' | 'tls';
  readonly after?: 'plain' | 'tls';
}

function nodesOnTheWay(excepting: readonly Excepting[], protocol: PlainTextExceptions): readonly NodeOnTheWay[] {
  const nodes = new Map<object, NodeOnTheWay>();
  for (const one of excepting) {
    const { at, node } = one;
    const listens = protocol.listensInPlainText(node) ? 'plain' : 'tls';
    const isForEvery = node.exceptions.some((value) => protocol.isForEveryNode(value));
    // An exception for every node is no list that one node could leave.
    if (!isKnown(one, protocol) || (listens === 'plain' && isForEvery)) continue;
    nodes.set(at.node, { ...nodes.get(at.node), name: node.name, [at.moment ?? 'after']: listens });
  }
  return [...nodes.values()].filter(({ name }) => name.includes('@'));
}

/** In Erlang's order of names. */
function namesOf(nodes: readonly NodeOnTheWay[]): readonly string[] {
  return nodes.map(({ name }) => name).sort();
}

import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { readBootSettings } from '../../observed/files/boot-settings';
import { listed, type MemberChange } from '../../observed/terraform/member';
import type { NodeWithExceptions, PlainTextExceptions } from '../../platforms/protocol';
import { protocolNamed } from '../../platforms/registry';
import type { Moment } from '../../terraform/resources';
import { WORDS } from '../moments';
import { PLAN_CHANGE_NOT_EXAMINED } from './unjudged';

interface NodeAt {
  readonly moment: Moment;
  readonly node: NodeWithExceptions;
  readonly protocol: PlainTextExceptions;
}

/**
 * Where nodes except others from TLS, each pair must find one direction while one after the other is restarted: both with the old flags, one
 * with the new ones, or both. It fails where one deploy takes two nodes out of the list of those without TLS.
 */
export function plainTextTransitionFindings(members: readonly MemberChange[]): readonly Finding[] {
  const excepting = members.map(nodesAt).filter((moments) => moments.length > 0);
  const lists = new Set(excepting.flat().map(({ node }) => node.exceptions.join('\n')));
  // Where all have one list, each dials a node as that node listens.
  if (lists.size < 2) return [];
  const judged = excepting.filter((moments) => moments.every(isKnown));
  const others = excepting.filter((moments) => !judged.includes(moments));
  return [
    ...judged.flatMap((one, index) => judged.slice(index + 1).flatMap((other) => apartFindings(one, other))),
    ...unjudged(others),
  ];
}

/** Under an id of the user's, a node's name is not in the plan. */
function isKnown({ node: { name, exceptions }, protocol }: NodeAt): boolean {
  return exceptions.every((value) => protocol.isLegal(value) && (name.includes('@') || protocol.isForEveryNode(value)));
}

function unjudged(members: readonly (readonly NodeAt[])[]): readonly Finding[] {
  const [first] = members.flat();
  if (first === undefined) return [];
  const subject = `what ${listed(members.map(([one]) => one?.node.name ?? ''))} read at boot`;
  const detail = `the name of the node, or a ${first.protocol.notation}, cannot be read`;
  return [finding(PLAN_CHANGE_NOT_EXAMINED, { subject, detail })];
}

function apartFindings(one: readonly NodeAt[], other: readonly NodeAt[]): readonly Finding[] {
  return one.flatMap((left) =>
    other
      .filter((right) => !canConnect(left, right))
      .map((right) =>
        finding(PLAIN_TEXT_PARTITION, {
          subject: `${left.node.name}, ${WORDS[left.moment]},`,
          detail: `${right.node.name}, ${WORDS[right.moment]}`,
        }),
      ),
  );
}

export const PLAIN_TEXT_PARTITION = rule({
  code: 'plain-text-partition',
  severity: 'error',
  problem: 'could not connect with another node while the nodes are restarted one after the other',
  expected: 'one node less in unsafePlainTextMembers with each deploy, after a first deploy with all of them',
  remedy: `take the steps of ${documentation('migration')} one by one`,
});

/** One direction is enough: a connection serves both. */
function canConnect(left: NodeAt, right: NodeAt): boolean {
  return left.protocol.canDial(left.node, right.node) || right.protocol.canDial(right.node, left.node);
}

/** Nothing for a member whose protocol excepts no nodes. */
function nodesAt({ name, ...member }: MemberChange): readonly NodeAt[] {
  return (['before', 'after'] as const).flatMap((moment) => {
    const bootFiles = member[moment]?.bootFiles;
    if (bootFiles === undefined) return [];
    const { protocol: protoDist, flags } = readBootSettings(bootFiles);
    const protocol = protocolNamed(protoDist)?.exceptions;
    return protocol === undefined ? [] : [{ moment, node: { name, exceptions: protocol.valuesIn(flags) }, protocol }];
  });
}

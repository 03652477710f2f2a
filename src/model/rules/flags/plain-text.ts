import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { readBootSettings } from '../../observed/files/boot-settings';
import { listed, type Member, type MemberChange } from '../../observed/terraform/member';
import { canDial, type DispatchingNode, isNoTlsValue } from '../../platforms/couchdb/no-tls';
import type { Moment } from '../../terraform/resources';
import { WORDS } from '../moments';
import { PLAN_CHANGE_NOT_EXAMINED } from './unjudged';

interface DispatchingAt {
  readonly moment: Moment;
  readonly node: DispatchingNode;
}

/**
 * Where nodes run CouchDB's protocol, each pair must find one direction while one after the other is restarted: both with the old flags, one
 * with the new ones, or both. It fails where one deploy takes two nodes out of the list of those without TLS.
 */
export function plainTextTransitionFindings(members: readonly MemberChange[]): readonly Finding[] {
  const dispatching = members.map(dispatchingAt).filter((moments) => moments.length > 0);
  const lists = new Set(dispatching.flat().map(({ node }) => node.noTls.join('\n')));
  // Where all have one list, each dials a node as that node listens.
  if (lists.size < 2) return [];
  const judged = dispatching.filter((moments) => moments.every(({ node }) => isKnown(node)));
  const others = dispatching.filter((moments) => !judged.includes(moments));
  return [
    ...judged.flatMap((one, index) => judged.slice(index + 1).flatMap((other) => apartFindings(one, other))),
    ...(others.length === 0 ? [] : [unjudged(others.map(([first]) => first?.node.name ?? ''))]),
  ];
}

/** Under an id of the user's, a node's name is not in the plan. */
function isKnown({ name, noTls }: DispatchingNode): boolean {
  return noTls.every((value) => isNoTlsValue(value) && (name.includes('@') || ['true', 'false'].includes(value)));
}

function unjudged(names: readonly string[]): Finding {
  const detail = 'the name of the node, or a -couch_dist no_tls, cannot be read';
  return finding(PLAN_CHANGE_NOT_EXAMINED, { subject: `what ${listed(names)} read at boot`, detail });
}

function apartFindings(one: readonly DispatchingAt[], other: readonly DispatchingAt[]): readonly Finding[] {
  return one.flatMap((left) =>
    other
      .filter((right) => !canDial(left.node, right.node) && !canDial(right.node, left.node))
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
  remedy: 'take the steps of docs/migration.md one by one',
});

function dispatchingAt({ name, ...member }: MemberChange): readonly DispatchingAt[] {
  return (['before', 'after'] as const).flatMap((moment) => {
    const noTls = noTlsOf(member[moment]);
    return noTls === undefined ? [] : [{ moment, node: { name, noTls } }];
  });
}

/** Undefined where the node does not run CouchDB's protocol. */
function noTlsOf(member: Member | undefined): readonly string[] | undefined {
  if (member?.bootFiles === undefined) return undefined;
  const { protocol, flags } = readBootSettings(member.bootFiles);
  if (protocol !== 'couch') return undefined;
  return flags
    .filter(({ name, values }) => name === 'couch_dist' && values[0] === 'no_tls')
    .map(({ values }) => values[1] ?? '');
}

import { groupFlags, readArgsFile } from '../erlang/args-file-reader';
import { canDial, type DispatchingNode } from '../erlang/no-tls';
import { type Finding, finding } from '../errors';
import type { Member, MemberChange } from '../trust/member';
import type { Moment } from '../trust/terraform-resources';
import { WORDS } from './boot-transition-checks';

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
  return dispatching.flatMap((one, index) =>
    dispatching.slice(index + 1).flatMap((other) => apartFindings(one, other)),
  );
}

function apartFindings(one: readonly DispatchingAt[], other: readonly DispatchingAt[]): readonly Finding[] {
  return one.flatMap((left) =>
    other
      .filter((right) => !canDial(left.node, right.node) && !canDial(right.node, left.node))
      .map((right) =>
        finding('plan-parts-plain-text', {
          subject: `${left.node.name}, ${WORDS[left.moment]},`,
          detail: `${right.node.name}, ${WORDS[right.moment]}`,
        }),
      ),
  );
}

function dispatchingAt({ name, ...member }: MemberChange): readonly DispatchingAt[] {
  return (['before', 'after'] as const).flatMap((moment) => {
    const noTls = noTlsOf(member[moment]);
    return noTls === undefined ? [] : [{ moment, node: { name, noTls } }];
  });
}

/** Undefined where the node does not run CouchDB's protocol. */
function noTlsOf(member: Member | undefined): readonly string[] | undefined {
  const flags = [...(member?.bootFiles?.values() ?? [])].flatMap((text) => groupFlags(readArgsFile(text)));
  const couch = flags.some(({ name, values }) => name === 'proto_dist' && values[0] === 'couch');
  if (!couch) return undefined;
  return flags
    .filter(({ name, values }) => name === 'couch_dist' && values[0] === 'no_tls')
    .map(({ values }) => values[1] ?? '');
}

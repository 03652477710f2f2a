import { addTo } from '../../findings/lists';
import type { MemberChange } from './member';

/**
 * The members of one cluster, of which some go from one plan to another. A member that leaves in one plan and joins under the same name in another
 * one is one member: it has its old files until it gets the new ones.
 */
export function withMoved(members: readonly MemberChange[]): readonly MemberChange[] {
  const leaving = new Map<string, MemberChange[]>();
  const joining = new Map<string, MemberChange[]>();
  for (const member of members) {
    if (member.plan === undefined) continue;
    if (member.after === undefined) addTo(leaving, member.name, member);
    else if (member.before === undefined) addTo(joining, member.name, member);
  }
  const moves = [...leaving].flatMap(([name, [from, ...more]]) => {
    const [to, ...others] = joining.get(name) ?? [];
    const isMove = more.length + others.length === 0 && from?.plan !== to?.plan;
    return from !== undefined && to !== undefined && isMove ? [{ from, to }] : [];
  });
  const left = new Set(moves.map(({ from }) => from));
  const moved = new Map(moves.map(({ from, to }) => [to, { ...to, before: from.before }]));
  return members.filter((one) => !left.has(one)).map((one) => moved.get(one) ?? one);
}

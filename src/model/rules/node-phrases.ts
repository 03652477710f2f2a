import { nameList } from '../findings/name-list';
import type { NodeAtMoment } from '../observed/situation';
import type { Moment } from '../terraform/resources';

/** Names of nodes in messages, and which of their files are meant: `a@h1.x.test, b@h2.x.test with old files`. */
export function nodePhrase(nodes: readonly NodeAtMoment[]): string {
  const moments = new Set(nodes.map(({ moment }) => moment));
  const [moment] = moments;
  return labelList(nodes) + (moments.size > 1 || moment === undefined ? '' : ` with ${ADJECTIVES[moment]} files`);
}

/** Something that nodes have at one moment: `the old certificate of a@h1.x.test`. */
export function possession(thing: string, moment: Moment | undefined, nodes: readonly NodeAtMoment[]): string {
  return `the ${moment === undefined ? '' : `${ADJECTIVES[moment]} `}${thing} of ${labelList(nodes)}`;
}

/** Of two groups of nodes that disagree, those to look at: the smaller group, or both if they are equal. */
export function oddNodes(nodes: readonly NodeAtMoment[], others: readonly NodeAtMoment[]): readonly NodeAtMoment[] {
  const count = (group: readonly NodeAtMoment[]): number => new Set(group.map(({ label }) => label)).size;
  const difference = count(nodes) - count(others);
  if (difference === 0) return [...nodes, ...others];
  return difference < 0 ? nodes : others;
}

const ADJECTIVES: Readonly<Record<Moment, string>> = { before: 'old', after: 'new' };

function labelList(nodes: readonly NodeAtMoment[]): string {
  return nameList([...new Set(nodes.map(({ label }) => label))]);
}

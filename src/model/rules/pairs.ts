import type { Side } from '../erlang/options/ssl-option';
import type { NodeAtMoment } from '../observed/situation';

/** One end of a connection: the client side of a node, or the server side of one that can be dialled. */
export interface End {
  readonly at: NodeAtMoment;
  readonly side: Side;
}

/** A property of an end by which connections succeed or fail. Absent if it is not known, or sets no condition. */
export type FactOf<F> = (end: End) => F | undefined;

/** Two facts that do not go together, and the nodes that would meet with them. */
export interface Clash<F, G = F> {
  readonly fact: F;
  readonly nodes: readonly NodeAtMoment[];
  readonly otherFact: G;
  readonly others: readonly NodeAtMoment[];
}

export function endsOf(members: readonly NodeAtMoment[]): readonly End[] {
  return members.flatMap((at): End[] => [
    { at, side: 'client' },
    ...(at.isServer ? [{ at, side: 'server' } as const] : []),
  ]);
}

/** Clashes between nodes that dial and nodes that are dialled. */
export function dialClashes<F>(
  members: readonly NodeAtMoment[],
  factOf: FactOf<F>,
  goTogether: (client: F, server: F) => boolean,
): readonly Clash<F>[] {
  const ends = endsOf(members);
  const kindsAt = (side: Side): readonly EndKind<F>[] =>
    kindsOfEnds(
      ends.filter((end) => end.side === side),
      factOf,
    );
  const servers = kindsAt('server');
  return kindsAt('client').flatMap((client) => servers.flatMap((server) => clash(client, server, goTogether)));
}

/** Clashes in a matter that is the same whichever node dials. */
export function mutualClashes<F>(
  members: readonly NodeAtMoment[],
  factOf: (node: NodeAtMoment) => F | undefined,
  goTogether: (one: F, other: F) => boolean,
): readonly Clash<F>[] {
  const kinds = kindsOfEnds(endsOf(members), ({ at }) => factOf(at));
  return kinds.flatMap((one, index) => kinds.slice(index + 1).flatMap((other) => clash(one, other, goTogether)));
}

/** What one end of a connection shows, and by what the other end accepts it or not, whichever of the two dials. */
export interface Acceptance<F, G> {
  readonly shownBy: FactOf<F>;
  readonly shownKey: (shown: F) => string;
  readonly acceptedBy: FactOf<G>;
  readonly acceptedKey: (accepted: G) => string;
  readonly isAccepted: (shown: F, accepted: G) => boolean;
  /** Ends that refuse one thing are one clash for each of these groups. */
  readonly groupOf: (accepted: G) => unknown;
}

/** Clashes between what ends show and what other ends accept. */
export function acceptanceClashes<F, G>(
  members: readonly NodeAtMoment[],
  { shownBy, shownKey, acceptedBy, acceptedKey, isAccepted, groupOf }: Acceptance<F, G>,
): readonly Clash<F, G>[] {
  const ends = endsOf(members);
  const accepting = kindsOfEnds(ends, acceptedBy, acceptedKey);
  return kindsOfEnds(ends, shownBy, shownKey).flatMap((shown) => {
    const refusing = accepting.filter(({ fact }) => !isAccepted(shown.fact, fact));
    const groups = [...new Set(refusing.map(({ fact }) => groupOf(fact)))];
    return groups.flatMap((group) => {
      const [first, ...others] = refusing.filter(({ fact }) => groupOf(fact) === group);
      return first === undefined ? [] : clash(shown, withEnds(first, others), () => false);
    });
  });
}

/** Things that are alike in one matter. */
export interface Kind<T, F> {
  readonly fact: F;
  readonly all: readonly T[];
}

/** Groups things by a fact: a thousand nodes are a handful of kinds, and it is enough to compare those. */
export function kindsOf<T, F>(
  all: readonly T[],
  factOf: (one: T) => F | undefined,
  keyOf: (fact: F) => string = (fact) => JSON.stringify(fact),
): readonly Kind<T, F>[] {
  const kinds = new Map<string, { readonly fact: F; readonly all: T[] }>();
  for (const one of all) {
    const fact = factOf(one);
    if (fact === undefined) continue;
    const key = keyOf(fact);
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { fact, all: [one] });
    else kind.all.push(one);
  }
  return [...kinds.values()];
}

/** A kind with its nodes by side. */
interface EndKind<F> extends Kind<End, F> {
  readonly nodes: Readonly<Record<Side, ReadonlySet<object>>>;
}

function kindsOfEnds<F>(ends: readonly End[], factOf: FactOf<F>, keyOf?: (fact: F) => string): readonly EndKind<F>[] {
  return kindsOf(ends, factOf, keyOf).map((kind) => ({
    ...kind,
    nodes: { client: nodesAt('client', kind.all), server: nodesAt('server', kind.all) },
  }));
}

/** A kind together with the ends of others. */
function withEnds<F>(kind: EndKind<F>, others: readonly EndKind<F>[]): EndKind<F> {
  if (others.length === 0) return kind;
  const all = [kind, ...others].flatMap((one) => one.all);
  return { ...kind, all, nodes: { client: nodesAt('client', all), server: nodesAt('server', all) } };
}

function nodesAt(side: Side, ends: readonly End[]): ReadonlySet<object> {
  return new Set(ends.filter((end) => end.side === side).map(({ at }) => at.node));
}

function clash<F, G>(
  one: EndKind<F>,
  other: EndKind<G>,
  goTogether: (one: F, other: G) => boolean,
): readonly Clash<F, G>[] {
  if (goTogether(one.fact, other.fact)) return [];
  const nodes = meeting(one, other);
  if (nodes.length === 0) return [];
  return [{ fact: one.fact, nodes, otherFact: other.fact, others: meeting(other, one) }];
}

/** The nodes of a kind that connect with another node of the other kind. No node connects with itself. */
function meeting(kind: EndKind<unknown>, { nodes }: EndKind<unknown>): readonly NodeAtMoment[] {
  const found = kind.all.filter(({ at, side }) => {
    const peers = nodes[side === 'client' ? 'server' : 'client'];
    return peers.size > (peers.has(at.node) ? 1 : 0);
  });
  return [...new Set(found.map(({ at }) => at))];
}

/** Who may dial whom. */
export interface Parties<P> {
  readonly all: readonly P[];
  readonly isServer: (party: P) => boolean;
  /** What two parties have in common that do not dial each other. */
  readonly nodeOf: (party: P) => unknown;
}

/** What a party that dials, or one that is dialled, has to say about one matter; undefined where that is nothing. */
export type FactOf<P, T> = (party: P) => T | undefined;

/** Two parties of which one dials the other. */
export interface Clash<P, C, S> {
  readonly client: P;
  readonly clientFact: C;
  readonly server: P;
  readonly serverFact: S;
}

/** Facts that do not go together: each two of them once, with the first two parties that have them. Nobody dials itself. */
export function clashesAmong<P, C, S>(
  { all, isServer, nodeOf }: Parties<P>,
  clientFactOf: FactOf<P, C>,
  serverFactOf: FactOf<P, S>,
  goTogether: (client: C, server: S) => boolean,
): readonly Clash<P, C, S>[] {
  const servers = byFact(all.filter(isServer), serverFactOf);
  return byFact(all, clientFactOf).flatMap(({ fact: clientFact, parties: dialling }) =>
    servers.flatMap(({ fact: serverFact, parties: dialled }) => {
      if (goTogether(clientFact, serverFact)) return [];
      const [pair] = dialling.flatMap((client) => {
        const server = dialled.find((one) => nodeOf(one) !== nodeOf(client));
        return server === undefined ? [] : [{ client, clientFact, server, serverFact }];
      });
      return pair === undefined ? [] : [pair];
    }),
  );
}

interface Group<P, T> {
  readonly fact: T;
  readonly parties: P[];
}

/** A thousand nodes are a handful of kinds. */
function byFact<P, T>(all: readonly P[], factOf: FactOf<P, T>): readonly Group<P, T>[] {
  const groups = new Map<string, Group<P, T>>();
  for (const party of all) {
    const fact = factOf(party);
    if (fact === undefined) continue;
    const key = JSON.stringify(fact);
    const group = groups.get(key) ?? { fact, parties: [] };
    group.parties.push(party);
    groups.set(key, group);
  }
  return [...groups.values()];
}

import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { SecretStoreFacts } from './stores';

/** Where in a store the secrets of one cluster are. */
export interface SecretPlace {
  readonly prefix: string;
  /** Id of the shard. Absent if the cluster has no shards. */
  readonly shard?: string;
}

/** The prefix as it was given, if the store allows it. */
export function checkedPrefix(store: SecretStoreFacts, prefix: string): string {
  if (store.prefix.test(prefix) && !prefix.includes('..')) return prefix;
  return refuse(SECRET_NAME_ILLEGAL, { subject: 'prefix', got: prefix, detail: store.name, expected: store.prefixes });
}

/** Name of the secret of a node. Different ids have different names, also in a store that ignores case. */
export function secretName(store: SecretStoreFacts, place: SecretPlace, nodeId: string): string {
  return nameIn(store, place, encoded(store, nodeId));
}

/** Name of a part of the body that several nodes read. No node has it, because what follows the escape is no code of a character. */
export function pieceName(store: SecretStoreFacts, place: SecretPlace, digest: string, number: number): string {
  return nameIn(store, place, `${store.escape}script-${digest}-${number}`);
}

function nameIn(store: SecretStoreFacts, { prefix, shard }: SecretPlace, last: string): string {
  const name = [prefix, ...(shard === undefined ? [] : [encoded(store, shard)]), last].join(store.separator);
  if (name.length <= store.longestName) return name;
  const expected = `at most ${store.longestName} characters`;
  return refuse(SECRET_NAME_ILLEGAL, { subject: 'secret', got: name, detail: store.name, expected });
}

function encoded({ kept, escape }: SecretStoreFacts, id: string): string {
  return [...id].map((character) => (kept.test(character) ? character : `${escape}${codeOf(character)}`)).join('');
}

/** Ids have characters of ASCII only. */
function codeOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, '0');
}

export const SECRET_NAME_ILLEGAL = rule({
  code: 'secret-store-name-illegal',
  severity: 'error',
  problem: 'cannot be a name in this secret store',
  expected: 'a name that the store takes',
  remedy: 'choose another prefix, or give the node a shorter id of its own',
  source: 'docs/secret-stores.md; src/model/deliveries/secret-stores/stores.ts',
});

export const SECRET_WRITTEN_TWICE = rule({
  code: 'secret-written-twice',
  severity: 'error',
  problem: 'is written twice',
  expected: 'one node for each secret',
  remedy: 'give each cluster a prefix of its own',
  source: 'test/constructs/refusals.test.ts',
});

import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import { placeOf } from './rendezvous';
import type { Shard, ShardStanding } from './shard';

/** A node to be placed, and the shard that the user chose for it. */
export interface Placed {
  readonly id: string;
  readonly shard?: string;
}

/** The shard of each node, by the node's id. While no shard is a member, in a first set-up, no node has one. */
export function divide(nodes: readonly Placed[], shards: readonly Shard[]): ReadonlyMap<string, string> {
  checkShards(shards);
  const members = idsOf(shards, 'member');
  const waiting = members.length === 0 ? idsOf(shards, 'joining') : [];
  const placed = nodes.map(({ id, shard }) => {
    if (shard !== undefined && ![...members, ...waiting].includes(shard)) {
      refuse(NODE_SHARD_ILLEGAL, {
        subject: `shard of node "${id}"`,
        got: shard,
        detail: `members: ${inWords(members)}`,
      });
    }
    return [id, members.length === 0 ? undefined : (shard ?? placeOf(id, members))] as const;
  });
  const found = placed.filter((one): one is readonly [string, string] => one[1] !== undefined);
  const empty = members.find((member) => !found.some(([, shard]) => shard === member));
  if (empty !== undefined) refuse(SHARD_WITHOUT_NODES, { subject: 'shard', got: empty });
  return new Map(found);
}

/** The ids of the shards with that standing, sorted, because the order of the list has no effect. */
export function idsOf(shards: readonly Shard[], standing: ShardStanding): readonly string[] {
  return shards
    .filter((shard) => shard.standing === standing)
    .map(({ id }) => id)
    .sort();
}

function inWords(ids: readonly string[]): string {
  return ids.length === 0 ? 'none' : ids.join(', ');
}

function checkShards(shards: readonly Shard[]): void {
  // Directories and files are named after them, on file systems to which case has no meaning too.
  const ids = shards.map(({ id }) => id.toLowerCase());
  const twice = shards.find((_shard, index) => ids.indexOf(ids[index] ?? '') !== index);
  if (twice !== undefined) refuse(SHARD_DECLARED_TWICE, { subject: 'shard', got: twice.id });
  if (shards.every(({ standing }) => standing === 'leaving')) {
    refuse(SHARDS_WITHOUT_MEMBER, { subject: 'shards', got: shards.map(({ id }) => id) });
  }
}

export const SHARD_DECLARED_TWICE = rule({
  code: 'shard-declared-twice',
  severity: 'error',
  problem: 'is declared twice',
  expected: 'each shard once',
  remedy: 'remove one of the two, or give it an id that differs in more than case',
  source: 'test/model/cluster/shard.test.ts',
});

export const SHARDS_WITHOUT_MEMBER = rule({
  code: 'shards-without-member',
  severity: 'error',
  problem: 'have none that nodes can go to',
  expected: 'at least one Shard.member(…), or in the first deploy Shard.joining(…)',
  remedy: 'list the shards of the cluster; a cluster that ends is removed with cdktf destroy',
  source: 'docs/shards.md; test/model/cluster/shard.test.ts',
});

export const SHARD_WITHOUT_NODES = rule({
  code: 'shard-without-nodes',
  severity: 'error',
  problem: 'is a member and gets no node',
  expected: 'at least one node in each shard',
  remedy: 'declare fewer shards, or name the shard at a node (shard: …)',
  source: 'docs/shards.md; test/model/cluster/shard.test.ts',
});

export const NODE_SHARD_ILLEGAL = rule({
  code: 'node-shard-illegal',
  severity: 'error',
  problem: 'is no shard that nodes go to',
  expected: 'the id of a Shard.member(…)',
  remedy: 'correct the id; a new shard is first deployed as Shard.joining(…), before nodes name it',
  source: 'docs/shards.md; test/model/cluster/shard.test.ts',
});

import { checkCall } from '../api/check-call';
import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';

/** Whether nodes go to a shard. */
export type ShardStanding = 'joining' | 'member' | 'leaving';

/**
 * A part of the nodes of a cluster, with a stack and an intermediate CA of its own.
 *
 * A shard is *joining* (it makes its key and a request, which the root CA signs in the next deploy), a *member* (nodes go to it) or
 * *leaving* (its nodes have gone to the other shards, and its stack is empty).
 */
export class Shard {
  /** A shard with nodes. It has been deployed as `Shard.joining` before. */
  public static member(id: string): Shard {
    checkCall('Shard.member', id);
    return new Shard(id, 'member');
  }

  /** A new shard, which hands over a request for its CA. No nodes go to it. */
  public static joining(id: string): Shard {
    checkCall('Shard.joining', id);
    return new Shard(id, 'joining');
  }

  /** A shard whose stack becomes empty. Remove it from the list after that. */
  public static leaving(id: string): Shard {
    checkCall('Shard.leaving', id);
    return new Shard(id, 'leaving');
  }

  /** Id of the shard, which names its directory and its file in the hand-over directory. A new id moves nodes, which makes new keys. */
  public readonly id: string;
  /** What the shard is: `joining`, `member` or `leaving`. */
  public readonly standing: string;

  private constructor(id: string, standing: ShardStanding) {
    this.id = shardId(id);
    this.standing = standing;
  }
}

/** File of the root CA in the hand-over directory, beside those of the shards. */
export const AUTHORITY = 'authority';

function shardId(id: string): string {
  const isLegal = /^[0-9A-Za-z][0-9A-Za-z_-]{0,15}$/.test(id) && !(id in Object.prototype);
  return isLegal && id.toLowerCase() !== AUTHORITY ? id : refuse(SHARD_ID_ILLEGAL, { subject: 'shard id', got: id });
}

export const SHARD_ID_ILLEGAL = rule({
  code: 'shard-id-illegal',
  severity: 'error',
  problem: 'is no id of a shard',
  expected: `one to 16 letters, digits, "_" and "-", beginning with a letter or digit, and not "${AUTHORITY}"`,
  remedy: 'use something like the region or a letter, e.g. "a"',
  source: 'test/model/cluster/shard.test.ts',
});

export const SHARD_UNKNOWN = rule({
  code: 'shard-unknown',
  severity: 'error',
  problem: 'is not in the list of shards',
  expected: 'the id of a shard of this cluster',
  remedy: 'correct the id, or add the shard as Shard.joining(…)',
  source: 'docs/shards.md; test/support/refusals.ts',
});

/** What is refused of a cluster in several stacks. */
import { App, TerraformStack } from 'cdktf';
import {
  Delivery,
  OtpRelease,
  Platform,
  Shard,
  ShardedCluster,
  type ShardedClusterProps,
  TlsClusterAuthority,
  TlsClusterShard,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** A cluster that is fine but for these properties. */
export function sharded(props: Partial<ShardedClusterProps> = {}): ShardedCluster {
  return new ShardedCluster({
    name: 'couch',
    platform: Platform.couchDb(),
    otp: OtpRelease.OTP_27,
    nodes: [
      { name: 'couchdb@db1.example.com', shard: 'a' },
      { name: 'couchdb@db2.example.com', shard: 'b' },
    ],
    shards: [Shard.member('a'), Shard.member('b')],
    handoverDirectory: 'shards',
    installDirectory: '/etc/couchdb/tls',
    delivery: Delivery.localFiles({ outputDirectory: '/srv/out' }),
    ...props,
  });
}

const given =
  (props: Partial<ShardedClusterProps>): (() => ShardedCluster) =>
  () =>
    sharded(props);

export const SHARD_REFUSALS = [
  { code: 'cluster-name-illegal', provoke: given({ name: 'a/b' }), says: 'name "a/b" is no name of a cluster' },
  {
    code: 'handover-directory-illegal',
    provoke: given({ handoverDirectory: 'a"b' }),
    says: 'handoverDirectory "a\\"b" is no path that can stand in an expression',
  },
  { code: 'shard-id-illegal', provoke: () => Shard.member('a/b'), says: 'shard id "a/b" is no id of a shard' },
  {
    code: 'shard-declared-twice',
    provoke: given({ shards: [Shard.member('a'), Shard.member('b'), Shard.joining('B')] }),
    says: 'shard "B" is declared twice',
  },
  {
    code: 'shards-without-member',
    provoke: given({ shards: [Shard.leaving('a')] }),
    says: 'shards ["a"] have none that nodes can go to',
  },
  {
    code: 'shard-without-nodes',
    provoke: given({ nodes: [{ name: 'couchdb@db1.example.com', shard: 'a' }] }),
    says: 'shard "b" is a member and gets no node',
  },
  {
    code: 'node-shard-illegal',
    provoke: given({ nodes: [{ name: 'couchdb@db1.example.com', shard: 'c' }] }),
    says: 'shard of node "couchdb@db1.example.com" "c" is no shard that nodes go to (members: a, b)',
  },
  {
    code: 'shard-unknown',
    provoke: (scope: Construct) => new TlsClusterShard(scope, 'c', { cluster: sharded(), shard: 'c' }),
    says: 'shard "c" is not in the list of shards (a, b)',
  },
  ...(
    [
      [
        'the root CA and a shard in one stack',
        ['root', 'a'],
        ['one', 'one'],
        'shard "a" has no stack of its own (the root CA is in stack "one")',
      ],
      [
        'a shard and the root CA in one stack',
        ['a', 'root'],
        ['one', 'one'],
        'the root CA has no stack of its own (shard "a" is in stack "one")',
      ],
      [
        'two shards in one stack',
        ['a', 'b'],
        ['one', 'one'],
        'shard "b" has no stack of its own (shard "a" is in stack "one")',
      ],
      [
        'a shard in two stacks',
        ['a', 'a'],
        ['one', 'two'],
        'shard "a" has no stack of its own (shard "a" is in stack "one")',
      ],
      [
        'two root CAs',
        ['root', 'root'],
        ['one', 'two'],
        'the root CA has no stack of its own (the root CA is in stack "one")',
      ],
    ] as const
  ).map(([title, parts, stacks, says]) => ({
    code: 'shard-without-own-stack' as const,
    title,
    provoke: (): void => {
      const cluster = sharded();
      const app = new App({ stackTraces: false });
      const made = new Map([...new Set<string>(stacks)].map((name) => [name, new TerraformStack(app, name)]));
      parts.forEach((part, index) => {
        const stack = made.get(stacks[index] ?? '');
        if (stack === undefined) throw new Error('a stack for each part');
        if (part === 'root') new TlsClusterAuthority(stack, `part${index}`, { cluster });
        else new TlsClusterShard(stack, `part${index}`, { cluster, shard: part });
      });
    },
    says,
  })),
] as const;

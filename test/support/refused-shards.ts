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
  {
    code: 'shard-in-stack-of-authority',
    provoke: (scope: Construct): void => {
      const cluster = sharded();
      new TlsClusterAuthority(scope, 'authority', { cluster });
      new TlsClusterShard(scope, 'c', { cluster, shard: 'a' });
    },
    says: 'shard "stack" is in the stack of the root CA',
  },
  {
    code: 'shard-in-stack-of-authority',
    title: 'the shard first',
    provoke: (): void => {
      const cluster = sharded();
      const stack = new TerraformStack(new App({ stackTraces: false }), 'stack');
      new TlsClusterShard(stack, 'c', { cluster, shard: 'a' });
      new TlsClusterAuthority(stack, 'authority', { cluster });
    },
    says: 'shard "stack" is in the stack of the root CA',
  },
] as const;

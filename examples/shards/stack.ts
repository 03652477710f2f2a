import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import {
  CaGeneration,
  Delivery,
  OtpRelease,
  Platform,
  Shard,
  ShardedCluster,
  TlsClusterAuthority,
  TlsClusterShard,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** What changes from deploy to deploy. */
export interface ShardsProps {
  /** In the first deploy `Shard.joining(…)`, from the second one on `Shard.member(…)`. */
  readonly shards?: Shard[];
  /** For a rollover, as in any cluster. */
  readonly generations?: CaGeneration[];
}

/** A stack with the providers. */
class ShardsStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');
  }
}

/** One cluster of sixty nodes in four stacks: one for the root CA, and one for each shard. */
export function defineShards(scope: Construct, props: ShardsProps = {}): TerraformStack[] {
  const shards = props.shards ?? ['a', 'b', 'c'].map((id) => Shard.member(id));
  const cluster = new ShardedCluster({
    name: 'app',
    platform: Platform.erl(),
    otp: OtpRelease.OTP_25,
    nodes: [{ name: 'app@node{1..60}.example.com' }],
    shards,
    handoverDirectory: 'handover',
    installDirectory: '/etc/app/tls',
    certificateAuthority: { generations: props.generations ?? [CaGeneration.signing('2026')] },
    delivery: Delivery.installScript({ outputDirectory: 'out' }),
  });

  const root = new ShardsStack(scope, 'shards-root');
  new TlsClusterAuthority(root, 'app', { cluster });
  const stacks = shards.map(({ id }) => {
    const stack = new ShardsStack(scope, `shards-${id}`);
    new TlsClusterShard(stack, 'app', { cluster, shard: id });
    return stack;
  });
  return [root, ...stacks];
}

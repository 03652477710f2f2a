/** One cluster in several stacks, applied by real Terraform as `cdktf deploy '*'` does. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { App, TerraformStack, Testing } from 'cdktf';
import { ShardedCluster, type ShardedClusterProps, TlsClusterAuthority, TlsClusterShard } from 'cdktf-erlang-tls';

import { newSecond } from '../programs/eventually';
import { mustSucceed, type PlanResult, prepareProviders, type ProviderSource, TerraformDirectory } from '../terraform';

/** The name of the stack with the root CA. Those of the shards have their ids. */
export const ROOT = 'root';

/** A directory with the project, and one for each stack. */
export class ShardedDeployment {
  static async create(): Promise<ShardedDeployment> {
    const providers = await prepareProviders();
    return new ShardedDeployment(await TerraformDirectory.create(providers), providers);
  }

  private readonly stacks = new Map<string, TerraformDirectory>();

  private constructor(
    private readonly project: TerraformDirectory,
    private readonly providers: ProviderSource,
  ) {}

  path(...names: readonly string[]): string {
    return join(this.project.path, ...names);
  }

  /** The directory of a stack: `root`, or the id of a shard. */
  stack(name: string): TerraformDirectory {
    const found = this.stacks.get(name);
    if (found === undefined) throw new Error(`no stack ${name} among ${[...this.stacks.keys()].join(', ')}`);
    return found;
  }

  /** Puts other stacks in place of those before. `handoverDirectory` is relative, as a user writes it. */
  async declare(props: Omit<ShardedClusterProps, 'handoverDirectory'>): Promise<ReadonlyMap<string, TlsClusterShard>> {
    const app = new App({ outdir: this.path('cdktf.out'), stackTraces: false });
    const cluster = new ShardedCluster({ ...props, handoverDirectory: this.path('handover') });
    const stacks = [ROOT, ...props.shards.map(({ id }) => id)].map((name) => {
      const stack = new TerraformStack(app, name);
      new TlsProvider(stack, 'tls');
      new LocalProvider(stack, 'local');
      return stack;
    });
    const shards = new Map<string, TlsClusterShard>();
    for (const stack of stacks) {
      const { id } = stack.node;
      if (id === ROOT) new TlsClusterAuthority(stack, 'c', { cluster });
      else shards.set(id, new TlsClusterShard(stack, 'c', { cluster, shard: id }));
    }
    for (const stack of stacks) await this.write(stack.node.id, Testing.synth(stack, true));
    return shards;
  }

  /** Applies the stack of the root CA first, if it is named, and the others side by side. */
  async deploy(...names: readonly string[]): Promise<void> {
    const apply = async (name: string): Promise<unknown> => mustSucceed(await this.stack(name).apply());
    await newSecond();
    if (names.includes(ROOT)) await apply(ROOT);
    await Promise.all(names.filter((name) => name !== ROOT).map(apply));
  }

  async plan(name: string): Promise<PlanResult> {
    await newSecond();
    return this.stack(name).plan();
  }

  async remove(): Promise<void> {
    await this.project.remove();
  }

  private async write(name: string, configuration: string): Promise<void> {
    const known = this.stacks.get(name);
    const directory = known ?? new TerraformDirectory(this.path('cdktf.out', 'stacks', name), this.providers);
    if (known === undefined) await mkdir(directory.path, { recursive: true });
    await directory.write(configuration);
    if (known === undefined) mustSucceed(await directory.init());
    this.stacks.set(name, directory);
  }
}

/** Three real nodes with hand-made certificates, which call each other continuously while they are adopted. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { HandMade } from '../../../test/support/adoption/hand-made';
import { ErlangCluster, type ErlangNode, type Runtime, Traffic } from '../../../test/support/erlang';
import { readAgain } from '../../../test/support/installing/operator';
import { hostOf } from '../../../test/support/stacks/running-cluster';
import { DemoFailed } from '../problems';
import { type Removal, removed } from './instructions';

/** A node that is never part of the cluster, and has a certificate of its old CA. */
export const LEFT_BEHIND = 'app@old.x.test';

export class AdoptedNodes {
  /** Starts the nodes, each with the next one of the runtimes. */
  static async start(made: HandMade, runtimes: readonly Runtime[]): Promise<AdoptedNodes> {
    const hosts = [...made.nodes, LEFT_BEHIND].map(hostOf);
    const nodes = new AdoptedNodes(made, runtimes, await ErlangCluster.create({ hosts }));
    for (const name of made.nodes) nodes.running.set(name, await nodes.startNode(name));
    nodes.traffic = await Traffic.start([...nodes.running.values()]);
    return nodes;
  }

  private readonly running = new Map<string, ErlangNode>();
  private traffic: Traffic | undefined;

  private constructor(
    private readonly made: HandMade,
    private readonly runtimes: readonly Runtime[],
    private readonly erlang: ErlangCluster,
  ) {}

  get names(): readonly string[] {
    return this.made.nodes;
  }

  /** A file of a node, by its path there. */
  fileOf(name: string, path: string): string {
    return join(this.made.directory, name, path);
  }

  /** Runs the script of a node. */
  install(name: string, directory: string): void {
    execFileSync('sh', [join(directory, `${name}.sh`)], { stdio: 'pipe' });
  }

  /** Names the files of the stack in the flags of a node, in place of what `adopt` says. */
  nameNewFiles(name: string, removals: readonly Removal[]): void {
    for (const { file, flags } of removals) {
      const text = removed(readFileSync(file, 'utf8'), flags);
      writeFileSync(file, `${text}-args_file ${this.fileOf(name, 'etc/app/tls/vm.args')}\n`);
    }
  }

  /** Arguments of a node with the hand-made files that the first one has now. */
  copyOfOld(): string[] {
    const [name = ''] = this.names;
    const [bundle, left] = [this.fileOf(name, 'etc/app/ssl/ca.crt'), this.fileOf(name, 'etc/app/left.crt')];
    copyFileSync(bundle, left);
    const options = this.fileOf(name, 'etc/app/left.conf');
    writeFileSync(options, readFileSync(this.fileOf(name, 'etc/app/dist.conf'), 'utf8').replaceAll(bundle, left));
    const [, cookie = ''] =
      /^-setcookie (\S+)$/m.exec(readFileSync(this.fileOf(name, 'etc/app/vm.args'), 'utf8')) ?? [];
    return ['-proto_dist', 'inet_tls', '-ssl_dist_optfile', options, '-setcookie', cookie];
  }

  /** Does at once what a node does within two minutes. */
  async readAgain(name: string): Promise<void> {
    await readAgain(this.nodeOf(name));
  }

  /** Takes a node out of the traffic, and starts it with the files that it has now. */
  async restart(name: string, { isExpected = true } = {}): Promise<void> {
    await this.traffic?.remove(this.nodeOf(name));
    await this.nodeOf(name).stop();
    const node = await this.startNode(name);
    this.running.set(name, node);
    if (isExpected) await this.traffic?.add(node);
  }

  /** What a restarted node and another one say of each other. */
  async reconnects(name: string, other: string): Promise<string[]> {
    await this.restart(name, { isExpected: false });
    return [await this.nodeOf(name).ping(other), await this.nodeOf(other).ping(name)];
  }

  /** The release of a node. */
  versionOf(name: string): string {
    return this.runtimeOf(name).version;
  }

  /** One line about what the nodes noticed. Throws if they lost anything. */
  async verdict(): Promise<string> {
    await this.traffic?.flows();
    const losses = (await this.traffic?.losses()) ?? [];
    if (losses.length > 0) throw new DemoFailed(`The nodes lost each other: ${losses.join('; ')}`);
    const answered = [...((await this.traffic?.answered()) ?? new Map<string, number>()).values()];
    const calls = answered.reduce((sum, one) => sum + one, 0);
    return `${calls} calls between the nodes so far; none was lost, and no node was missed`;
  }

  /** Whether a node with files of before gets a connection to one of the cluster, in either direction. */
  async letsIn(name: string, args: readonly string[]): Promise<boolean> {
    const stranger = await this.erlang.startNode({ runtime: this.runtimeOf(name), name: LEFT_BEHIND, args });
    const answers = [await stranger.ping(this.nodeOf(name)), await this.nodeOf(name).ping(stranger)];
    await stranger.stop();
    return answers.includes('pong');
  }

  async stop(): Promise<void> {
    await this.erlang.stop();
  }

  private async startNode(name: string): Promise<ErlangNode> {
    const args = ['-args_file', this.fileOf(name, 'etc/app/vm.args')];
    return this.erlang.startNode({ runtime: this.runtimeOf(name), name, args, leaveOut: ['name', 'mesh'] });
  }

  private nodeOf(name: string): ErlangNode {
    const node = this.running.get(name);
    if (node === undefined) throw new DemoFailed(`There is no node ${name}.`);
    return node;
  }

  private runtimeOf(name: string): Runtime {
    const runtime = this.runtimes[this.made.nodes.indexOf(name) % this.runtimes.length];
    if (runtime === undefined) throw new DemoFailed('There is no erl with TLS.');
    return runtime;
  }
}

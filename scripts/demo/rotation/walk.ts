/** One directory with the example's stack in it, which is deployed again and again. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { App, Testing } from 'cdktf';
import type { TlsCluster, TlsClusterNodeProps } from 'cdktf-erlang-tls';

import { RotationStack } from '../../../examples/rotation/stack';
import { erlangTls } from '../../../src/cli/erlang-tls';
import { newSecond } from '../../../test/support/programs/eventually';
import { mustSucceed, type PlanResult, type ProviderSource, TerraformDirectory } from '../../../test/support/terraform';
import { say } from '../output';
import { DemoFailed } from '../problems';
import { generationsOf, sourceOf, type Step } from './steps';

export const NODE_NAMES = ['app@node1.example.com', 'app@node2.example.com', 'app@node3.example.com'];

export class Walk {
  static async start(providers: ProviderSource): Promise<Walk> {
    return new Walk(await TerraformDirectory.create(providers));
  }

  private isInitialized = false;

  private constructor(private readonly terraform: TerraformDirectory) {}

  /** Declares the step. */
  async declare(step: Step): Promise<TlsCluster> {
    // Terraform cannot distinguish two deploys in the same second.
    await newSecond();
    say(`  ${sourceOf(step)}`);
    const { cluster, configuration } = this.synthesize(step);
    await this.terraform.write(configuration);
    if (!this.isInitialized) mustSucceed(await this.terraform.init());
    this.isInitialized = true;
    return cluster;
  }

  /** Plans a step that must be refused, and shows the refusal. */
  async refuse(): Promise<void> {
    say('\n  terraform plan');
    const { exitCode, stdout, stderr } = await this.terraform.plan();
    if (exitCode === 0 || exitCode === 2) throw new DemoFailed('The plan should have been refused.');
    // Terraform draws a frame around its messages, and breaks their lines.
    const text = `${stdout}${stderr}`.replace(/[\s│╷╵]+/g, ' ');
    const messages = text.match(/generation-[a-z-]+: .*?(?= Error:| *$)/g) ?? [];
    say(...[...new Set(messages)].map((message) => `    ${message.trim()}`));
  }

  /** Plans, checks the plan, and applies it. */
  async deploy(): Promise<void> {
    const plan = await this.terraform.plan();
    if (plan.exitCode !== 0 && plan.exitCode !== 2)
      throw new DemoFailed(`The plan failed:\n${plan.stdout}${plan.stderr}`);
    await this.check(plan);
    say('\n  terraform apply');
    const { stdout } = mustSucceed(await this.terraform.apply({ planFile: plan.planFile }));
    say(...(/Apply complete!.*/.exec(stdout) ?? []).map((line) => `    ${line}`));
  }

  /** Runs the script of a node, and returns what it installed. */
  install({ delivered: { outputs } }: TlsCluster['nodes'][number]): string[] {
    const output = execFileSync('sh', outputs, { encoding: 'utf8' });
    return output.split('\n').flatMap((line) => /^put into place: .*\/(.*)$/.exec(line)?.[1] ?? []);
  }

  private async check({ json }: PlanResult): Promise<void> {
    const file = join(this.terraform.path, 'plan.json');
    writeFileSync(file, JSON.stringify(json), { mode: 0o600 });
    say('\n  terraform show -json plan.tfplan | erlang-tls check-plan -');
    const world = { err: indented, out: indented, env: {}, now: Date.now(), isTerminal: false };
    if ((await erlangTls(['check-plan', file], world)) !== 0)
      throw new DemoFailed('check-plan found errors in the plan.');
  }

  /** Each node has a directory on this machine instead of its own machine. */
  private synthesize(step: Step): { cluster: TlsCluster; configuration: string } {
    const nodes = NODE_NAMES.map((name): TlsClusterNodeProps => {
      const installDirectory = join(this.terraform.path, 'nodes', name);
      mkdirSync(installDirectory, { recursive: true });
      return { name, installDirectory };
    });
    const app = new App({ outdir: join(this.terraform.path, 'cdktf.out'), stackTraces: false });
    const stack = new RotationStack(app, 'rotation', {
      ...{ nodes, generations: generationsOf(step), settleMinutes: 0 },
      // Terraform runs here, and not in a project's cdktf.out.
      outputDirectory: join(this.terraform.path, 'out/rotation'),
    });
    return { cluster: stack.cluster, configuration: Testing.synth(stack, true) };
  }
}

function indented(text: string): void {
  say(text.trimEnd().replace(/^(?=.)/gm, '    '));
}

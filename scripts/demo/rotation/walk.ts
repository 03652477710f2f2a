/** The example's stack, which is deployed again and again. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

import { App, Testing } from 'cdktf';
import type { TlsCluster, TlsClusterNodeProps } from 'cdktf-erlang-tls';

import { RotationStack } from '../../../examples/rotation/stack';
import type { ProviderSource } from '../../../test/support/terraform';
import { say } from '../output';
import { TerraformSteps } from '../terraform-steps';
import { generationsOf, sourceOf, type Step } from './steps';

export const NODE_NAMES = ['app@node1.example.com', 'app@node2.example.com', 'app@node3.example.com'];

export class Walk {
  static async start(providers: ProviderSource): Promise<Walk> {
    return new Walk(await TerraformSteps.start(providers));
  }

  private constructor(private readonly steps: TerraformSteps) {}

  /** Declares the step. */
  async declare(step: Step): Promise<TlsCluster> {
    say(`  ${sourceOf(step)}`);
    const { cluster, configuration } = this.synthesize(step);
    await this.steps.write(configuration);
    return cluster;
  }

  /** Plans a step that must be refused, and shows the refusal. */
  async refuse(): Promise<void> {
    await this.steps.refuse();
  }

  /** Plans, checks the plan, and applies it. */
  async deploy(): Promise<void> {
    await this.steps.deploy();
  }

  /** Runs the script of a node, and returns what it installed. */
  install({ delivered: { outputs } }: TlsCluster['nodes'][number]): string[] {
    const output = execFileSync('sh', outputs, { encoding: 'utf8' });
    return output.split('\n').flatMap((line) => /^put into place: .*\/(.*)$/.exec(line)?.[1] ?? []);
  }

  /** Each node has a directory on this machine instead of its own machine. */
  private synthesize(step: Step): { cluster: TlsCluster; configuration: string } {
    const nodes = NODE_NAMES.map((name): TlsClusterNodeProps => {
      const installDirectory = this.steps.path('nodes', name);
      mkdirSync(installDirectory, { recursive: true });
      return { name, installDirectory };
    });
    const app = new App({ outdir: this.steps.path('cdktf.out'), stackTraces: false });
    const stack = new RotationStack(app, 'rotation', {
      ...{ nodes, generations: generationsOf(step), settleMinutes: 0 },
      // Terraform runs here, and not in a project's cdktf.out.
      outputDirectory: this.steps.path('out/rotation'),
    });
    return { cluster: stack.cluster, configuration: Testing.synth(stack, true) };
  }
}

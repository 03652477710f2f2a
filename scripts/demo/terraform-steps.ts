/** One directory in which a configuration after the other is planned, checked and applied, with what people see of it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { erlangTls } from '../../src/cli/erlang-tls';
import { newSecond } from '../../test/support/programs/eventually';
import { mustSucceed, type PlanResult, type ProviderSource, TerraformDirectory } from '../../test/support/terraform';
import { say } from './output';
import { DemoFailed } from './problems';

export class TerraformSteps {
  static async start(providers: ProviderSource): Promise<TerraformSteps> {
    return new TerraformSteps(await TerraformDirectory.create(providers));
  }

  private isInitialized = false;

  private constructor(private readonly terraform: TerraformDirectory) {}

  /** A path in the directory. */
  path(...names: readonly string[]): string {
    return join(this.terraform.path, ...names);
  }

  /** Puts another configuration in place of the one before. */
  async write(configuration: string): Promise<void> {
    // Terraform cannot distinguish two deploys in the same second.
    await newSecond();
    await this.terraform.write(configuration);
    if (!this.isInitialized) mustSucceed(await this.terraform.init());
    this.isInitialized = true;
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

  private async check({ json }: PlanResult): Promise<void> {
    const file = this.path('plan.json');
    writeFileSync(file, JSON.stringify(json), { mode: 0o600 });
    say('\n  terraform show -json plan.tfplan | erlang-tls check-plan -');
    const world = { err: indented, out: indented, env: {}, now: Date.now(), isTerminal: false };
    if ((await erlangTls(['check-plan', file], world)) !== 0)
      throw new DemoFailed('check-plan found errors in the plan.');
  }
}

export function indented(text: string): void {
  say(text.trimEnd().replace(/^(?=.)/gm, '    '));
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

import { mustSucceed, type PlanJson, type PlanResult, type StateJson } from './plan';
import type { ProgramResult } from './program';
import type { ProviderSource } from './providers';
import { runTerraform, terraformEnvironment } from './terraform-program';

// The name that CDKTF gives to a synthesized stack.
const CONFIGURATION = 'cdk.tf.json';

/** For programs that live for a second: Terraform and its providers take an eighth less of the processor if they collect garbage less often. */
const SHORT_LIVED = { GOGC: '400' };

/** Extra variables for one command, e.g. `OFFLINE_PROVIDERS_NOW`. */
export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments after ours, e.g. `-refresh=false`. */
  readonly args?: readonly string[];
  readonly timeoutMs?: number;
}

/**
 * A directory with a configuration in Terraform's JSON syntax, its state, and the commands on it.
 *
 * The commands return what happened, whatever it was; {@link mustSucceed} turns a failure into an error.
 *
 * ```ts
 * const directory = await TerraformDirectory.create(await prepareProviders(), synthesizedJson);
 * mustSucceed(await directory.init());
 * mustSucceed(await directory.apply());
 * ```
 */
export class TerraformDirectory {
  /** A fresh temporary directory. Call {@link remove} in `afterAll`. */
  static async create(providers: ProviderSource, configuration?: object | string): Promise<TerraformDirectory> {
    const directory = new TerraformDirectory(await mkdtemp(path.join(tmpdir(), 'erlang-tls-')), providers);
    if (configuration !== undefined) await directory.write(configuration);
    return directory;
  }

  /** Variables for every command in this directory. Change them at will, e.g. to move the offline providers' clock. */
  readonly env: Record<string, string> = {};

  constructor(
    readonly path: string,
    private readonly providers: ProviderSource,
  ) {}

  /** Put the configuration in place: an object, or the text that `Testing.synth` returned. */
  async write(configuration: object | string): Promise<void> {
    const text = typeof configuration === 'string' ? configuration : JSON.stringify(configuration, undefined, 2);
    await writeFile(path.join(this.path, CONFIGURATION), text);
  }

  init(options: CommandOptions = {}): Promise<ProgramResult> {
    return this.run(['init', '-input=false'], options);
  }

  validate(options: CommandOptions = {}): Promise<ProgramResult> {
    return this.run(['validate'], options);
  }

  /** Plan, save the plan, and read it. */
  async plan(options: CommandOptions = {}): Promise<PlanResult> {
    const planFile = path.join(this.path, 'plan.tfplan');
    const planned = await this.run(['plan', '-input=false', '-detailed-exitcode', `-out=${planFile}`], options);
    const failed = planned.exitCode !== 0 && planned.exitCode !== 2;
    const json = failed ? undefined : ((await this.showJson([planFile])) as PlanJson);
    return { ...planned, hasChanges: planned.exitCode === 2, planFile, json };
  }

  /** Apply without asking: a saved plan, or a new one. */
  apply(options: CommandOptions & { readonly planFile?: string } = {}): Promise<ProgramResult> {
    const planFile = options.planFile === undefined ? [] : [options.planFile];
    return this.run(['apply', '-input=false', '-auto-approve'], options, planFile);
  }

  destroy(options: CommandOptions = {}): Promise<ProgramResult> {
    return this.run(['destroy', '-input=false', '-auto-approve'], options);
  }

  /** The addresses in the state, sorted. */
  async stateList(): Promise<string[]> {
    const listed = await this.run(['state', 'list'], {});
    // Before the first apply there is no state file, and Terraform calls that an error.
    if (listed.stderr.includes('No state file was found')) return [];
    return mustSucceed(listed)
      .stdout.split('\n')
      .filter((line) => line !== '')
      .sort();
  }

  async show(): Promise<StateJson> {
    return (await this.showJson([])) as StateJson;
  }

  async providersSchema(): Promise<unknown> {
    return JSON.parse(mustSucceed(await this.run(['providers', 'schema', '-json'])).stdout);
  }

  /** Any other command, e.g. `run(['state', 'rm'], {}, [address])`; operands come after every flag. */
  run(
    command: readonly string[],
    options: CommandOptions = {},
    operands: readonly string[] = [],
  ): Promise<ProgramResult> {
    return runTerraform([...command, '-no-color', ...(options.args ?? []), ...operands], {
      cwd: this.path,
      env: terraformEnvironment(SHORT_LIVED, this.providers.env, this.env, options.env ?? {}),
      timeoutMs: options.timeoutMs,
    });
  }

  /** Delete the directory and everything in it. */
  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  private async showJson(operands: readonly string[]): Promise<unknown> {
    return JSON.parse(mustSucceed(await this.run(['show', '-json'], {}, operands)).stdout);
  }
}

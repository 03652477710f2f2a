/** One stack that Terraform plans and applies, edit after edit, with what each command costs. */
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import {
  mustSucceed,
  ProgramKilled,
  type ProgramResult,
  type ProviderSource,
  type RunOptions,
  runTerraform,
  terraformEnvironment,
} from '../../test/support/terraform';
import { costOf } from './cost';
import { HttpBackend } from './http-backend';
import { type Backend, type Cost, type Deployment, type Edit, type EditResult, isCost, type TooSlow } from './results';
import type { Declaration } from './stacks.cjs';
import { configurationFile, declaration, PATIENCE_MS, synthesize, taken } from './synthesis';

/** What an edit makes of the declaration before it. */
const EDITED: Record<Edit, (before: Declaration) => Declaration> = {
  'from nothing': (before) => before,
  'no change': (before) => before,
  'one node more': (before) => ({ ...before, nodes: before.nodes + 1 }),
  // Another validity is another certificate.
  'renewal of all leaves': (before) => ({ ...before, validityHours: before.validityHours + 24 }),
  'one rollover step': (before) => ({ ...before, generations: [...before.generations, '2'] }),
};

export interface Surroundings {
  readonly providers: ProviderSource;
  /** It is removed afterwards. */
  readonly directory: string;
  /** For each command of Terraform. */
  readonly deadlineSeconds: number;
}

type Say = (line: string) => void;

/** Takes stacks through the edits, each of them in turn after each command, and closes them. */
export async function deploy(stacks: readonly StackOfNodes[], edits: readonly Edit[], say: Say): Promise<Deployment[]> {
  try {
    for (const edit of edits) {
      for (const stack of stacks) await stack.plan(edit, say);
      for (const stack of stacks) await stack.apply(edit, say);
    }
    return stacks.map((stack) => stack.result());
  } finally {
    for (const stack of stacks) await stack.close();
  }
}

export class StackOfNodes {
  static async create(way: string, nodes: number, backend: Backend, around: Surroundings): Promise<StackOfNodes> {
    const server = backend === 'http' ? await HttpBackend.start() : undefined;
    return new StackOfNodes(way, nodes, server, around);
  }

  private readonly started = taken();
  private readonly bytes: { -readonly [K in keyof Deployment['bytes']]: Deployment['bytes'][K] } = {};
  private readonly edits: Partial<Record<Edit, EditResult>> = {};
  private declared: Declaration;
  private isInitialized = false;
  private isAbandoned = false;

  private constructor(
    private readonly way: string,
    private readonly nodes: number,
    private readonly server: HttpBackend | undefined,
    private readonly around: Surroundings,
  ) {
    this.declared = declaration(way, nodes, around.directory);
  }

  async plan(edit: Edit, say: Say = () => undefined): Promise<void> {
    if (this.isAbandoned) return;
    this.declared = EDITED[edit](this.declared);
    await synthesize(this.declared, 'node');
    if (!this.isInitialized) await this.initialize();
    const command = ['plan', '-input=false', '-detailed-exitcode', `-out=${PLAN}`];
    const { cost: plan, result } = await this.measured(command);
    if (result !== undefined) this.expectChanges(edit, result);
    this.edits[edit] = { plan, changes: result && changesIn(result.stdout) };
    say(`${this.title}, ${edit}: plan ${costText(plan)}`);
    if (edit === 'from nothing' && result !== undefined) await this.weighPlan();
  }

  async apply(edit: Edit, say: Say = () => undefined): Promise<void> {
    const planned = this.edits[edit];
    if (this.isAbandoned || planned === undefined || edit === 'no change') return;
    const { cost: apply, result } = await this.measured(['apply', '-input=false', PLAN]);
    if (result !== undefined) mustSucceed(result);
    this.edits[edit] = { ...planned, apply };
    say(`${this.title}, ${edit}: apply ${costText(apply)}`);
    if (edit === 'from nothing' && isCost(apply)) this.bytes.state = this.stateBytes();
  }

  result(): Deployment {
    const { way, nodes, bytes, edits } = this;
    return { ...this.started, way, nodes, backend: this.server === undefined ? 'local' : 'http', bytes, edits };
  }

  async close(): Promise<void> {
    await this.server?.stop();
    rmSync(this.around.directory, { recursive: true, force: true });
  }

  /** Where the files are written. */
  get output(): string {
    return this.declared.output;
  }

  private get title(): string {
    return `${this.way}, ${this.nodes} nodes, ${this.server === undefined ? 'local' : 'http'} backend`;
  }

  private get cwd(): string {
    return dirname(configurationFile(this.declared));
  }

  private async initialize(): Promise<void> {
    // CDKTF leaves a file of this name alone.
    const backend = this.server?.configuration ?? { local: { path: this.localState } };
    writeFileSync(join(this.cwd, 'backend_override.tf.json'), JSON.stringify({ terraform: { backend } }));
    mustSucceed(await this.terraform(['init', '-input=false'], { timeoutMs: PATIENCE_MS }));
    this.isInitialized = true;
  }

  private get localState(): string {
    return join(this.around.directory, 'terraform.tfstate');
  }

  private stateBytes(): number {
    return this.server?.state.length ?? statSync(this.localState).size;
  }

  /** The plan from nothing as a file and, if that is not too slow either, as JSON. */
  private async weighPlan(): Promise<void> {
    this.bytes.plan = statSync(join(this.cwd, PLAN)).size;
    try {
      const { stdout } = mustSucceed(await this.terraform(['show', '-json', PLAN]));
      this.bytes.planJson = Buffer.byteLength(stdout);
    } catch (error) {
      if (!isTimeout(error)) throw error;
    }
  }

  /** A comparison of anything but these changes would say nothing. */
  private expectChanges(edit: Edit, result: ProgramResult): void {
    const wanted = edit === 'no change' ? 0 : 2;
    if (result.exitCode === wanted) return;
    mustSucceed(result);
    throw new Error(
      `${this.title}, ${edit}: the plan ${wanted === 0 ? 'has changes' : 'has no change'}\n${result.stdout}`,
    );
  }

  /** The command and its cost, or the deadline that it missed. */
  private async measured(args: readonly string[]): Promise<{ cost: Cost | TooSlow; result?: ProgramResult }> {
    let result: ProgramResult | undefined;
    try {
      const cost = await costOf(async (onStart) => {
        result = await this.terraform(args, { onStart });
      });
      return { cost, result };
    } catch (error) {
      if (!isTimeout(error)) throw error;
      this.isAbandoned = true;
      return { cost: { abandonedAfterSeconds: this.around.deadlineSeconds } };
    }
  }

  private terraform(args: readonly string[], options: RunOptions = {}): Promise<ProgramResult> {
    return runTerraform([...args, '-no-color'], {
      cwd: this.cwd,
      env: terraformEnvironment(this.around.providers.env),
      timeoutMs: this.around.deadlineSeconds * 1000,
      ...options,
    });
  }
}

const PLAN = 'plan.tfplan';

function isTimeout(error: unknown): boolean {
  return error instanceof ProgramKilled && error.timedOut;
}

/** Terraform says "Plan: 1 to add, 2 to change, 3 to destroy.", or nothing of that kind if there is no change. */
function changesIn(stdout: string): EditResult['changes'] {
  const [add = 0, change = 0, destroy = 0] =
    /Plan: (\d+) to add, (\d+) to change, (\d+) to destroy/.exec(stdout)?.slice(1).map(Number) ?? [];
  return { add, change, destroy };
}

function costText(cost: Cost | TooSlow): string {
  return isCost(cost)
    ? `${cost.processorSeconds} s of the processor, ${cost.wallSeconds} s in all, ${cost.peakMegabytes} MB`
    : `not done after ${cost.abandonedAfterSeconds} s`;
}

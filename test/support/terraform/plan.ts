import type { ProgramResult } from './program';

/** One entry of `resource_changes` in `terraform show -json <plan>`. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly action_reason?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>>;
    readonly replace_paths?: readonly (readonly unknown[])[];
  };
}

/** What of `terraform show -json <plan>` the tests look at. */
export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** What of `terraform show -json` the tests look at. */
export interface StateJson {
  readonly values?: {
    readonly root_module: { readonly resources?: readonly StateResource[] };
    readonly outputs?: Readonly<Record<string, { readonly value: unknown; readonly sensitive: boolean }>>;
  };
  readonly [key: string]: unknown;
}

interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** `terraform plan -detailed-exitcode`, and the plan itself where there is one. */
export interface PlanResult extends ProgramResult {
  /** Exit code 2: the plan would change something. */
  readonly hasChanges: boolean;
  /** The saved plan, for `apply({ planFile })`. */
  readonly planFile: string;
  /** Absent when planning failed. */
  readonly json?: PlanJson;
}

export type PlannedAction = 'create' | 'read' | 'update' | 'delete' | 'replace' | 'replace-before-destroy' | 'forget';

/** All output as one line: Terraform draws a line beside its diagnostics, and breaks them anywhere at the width of a terminal. */
export function unwrapped({ stdout, stderr }: Pick<ProgramResult, 'stdout' | 'stderr'>): string {
  return `${stdout}${stderr}`.replace(/[\s│]+/g, ' ');
}

/** A command that had to work did not. The message holds Terraform's own diagnostics. */
export class TerraformFailed extends Error {
  constructor(public readonly result: ProgramResult) {
    super(`${result.command} ended with ${result.exitCode}\n${(result.stderr || result.stdout).trim()}`);
    this.name = 'TerraformFailed';
  }
}

/** Pass a result on, or throw {@link TerraformFailed}. A plan with changes (exit code 2) is a success. */
export function mustSucceed<T extends ProgramResult>(result: T): T {
  const planned = 'hasChanges' in result && result.exitCode === 2;
  if (result.exitCode !== 0 && !planned) throw new TerraformFailed(result);
  return result;
}

/** What a plan would do: address to action, without what stays as it is. */
export function plannedActions(plan: PlanResult): Record<string, PlannedAction> {
  const changes = mustSucceed(plan).json?.resource_changes ?? [];
  return Object.fromEntries(
    changes
      .filter(({ change }) => change.actions.join() !== 'no-op')
      .map(({ address, change }) => [address, actionName(change.actions)]),
  );
}

function actionName(actions: readonly string[]): PlannedAction {
  // The order of the pair is what `create_before_destroy` turns round.
  if (actions.join() === 'delete,create') return 'replace';
  if (actions.join() === 'create,delete') return 'replace-before-destroy';
  return actions.join() as PlannedAction;
}

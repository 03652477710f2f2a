/**
 * Real Terraform for tests and for the demo: which providers to use, and a directory to run commands in.
 *
 * Node built-ins only, so that `tsx` and jest load it alike.
 */
export type { PlanJson, PlannedAction, PlanResult, ResourceChange, StateJson } from './terraform/plan';
export { mustSucceed, plannedActions, TerraformFailed } from './terraform/plan';
export type { ProgramResult, RunOptions } from './terraform/program';
export { findProgram, MissingProgram, ProgramKilled, runProgram } from './terraform/program';
export { requiredProviders } from './terraform/provider-mirror';
export type { ProviderSource } from './terraform/providers';
export { prepareOfflineProviders, prepareProviders } from './terraform/providers';
export { TerraformDirectory } from './terraform/terraform-directory';
export { terraformEnvironment } from './terraform/terraform-program';

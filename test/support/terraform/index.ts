/**
 * Real Terraform for tests and for the demo: which providers to use, and a directory to run commands in.
 *
 * Node built-ins only, so that `tsx` and jest load it alike.
 */
export { contentOf } from './file-content';
export { TLS_WITH_WRITE_ONLY_KEYS } from './offline-providers';
export type { PlanResult } from './plan';
export { mustSucceed, plannedActions, TerraformFailed, unwrapped } from './plan';
export type { ProgramResult, RunOptions } from './program';
export { findProgram, MissingProgram, ProgramKilled, runProgram } from './program';
export { requiredProviders } from './provider-mirror';
export type { ProviderSource } from './providers';
export { prepareOfflineProviders, prepareProviders, WITHOUT_REGISTRY } from './providers';
export { TerraformDirectory } from './terraform-directory';
export { runTerraform, terraformEnvironment, terraformName, terraformProgram } from './terraform-program';

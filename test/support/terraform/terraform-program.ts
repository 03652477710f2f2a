import { findProgram, MissingProgram, type ProgramResult, type RunOptions, runProgram } from './program';

// The variable is CDKTF's own, so that the harness and `cdktf deploy` always run the same program.
export const terraformName = (): string => process.env.TERRAFORM_BINARY_NAME ?? 'terraform';

/** The path of Terraform, or of OpenTofu; {@link MissingProgram} says how to get it. */
export function terraformProgram(): string {
  return requireProgram(terraformName(), GET_TERRAFORM);
}

/** Run Terraform. */
export async function runTerraform(args: readonly string[], options: RunOptions = {}): Promise<ProgramResult> {
  return runProgram(terraformProgram(), args, options);
}

/** Run the Go tool; {@link MissingProgram} says how to get it. */
export async function runGo(args: readonly string[], options: RunOptions = {}): Promise<ProgramResult> {
  return runProgram(requireProgram('go', GET_GO), args, options);
}

/**
 * The environment for Terraform or CDKTF: that of this process without its Terraform settings, and the given ones.
 *
 * A `TF_WORKSPACE`, `TF_DATA_DIR` or `TF_CLI_ARGS` of the user would change what a test sees. With `TF_LOG` or `TF_LOG_PROVIDER`, the tls
 * provider would log private keys.
 */
export function terraformEnvironment(...settings: readonly NodeJS.ProcessEnv[]): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('TF_'));
  return Object.assign(Object.fromEntries(inherited), QUIET, ...settings) as NodeJS.ProcessEnv;
}

/** No calls home, no hints for people, no plugin cache that parallel processes would race for. */
export const QUIET: Readonly<Record<string, string>> = {
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
  DISABLE_VERSION_CHECK: '1',
  CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
};

const GET_TERRAFORM =
  'install Terraform 1.5 or newer; its documentation, "Install Terraform", names the package for each system';
const GET_GO =
  'install Go 1.25 or newer, e.g. the Debian package golang-go where it is new enough, or as go.dev/doc/install says';

function requireProgram(program: string, remedy: string): string {
  const found = findProgram(program);
  if (found === undefined) throw new MissingProgram(program, remedy);
  return found;
}

/** `cdktf deploy` on the examples. */
import { join } from 'node:path';

import {
  findProgram,
  type ProviderSource,
  runProgram,
  terraformEnvironment,
  WITHOUT_REGISTRY,
} from '../../test/support/terraform';
import { EXAMPLES } from './examples';
import { say } from './output';
import { DemoFailed } from './problems';

/** Deploys every example, and prints the result. */
export async function deploy(directory: string, { env }: ProviderSource): Promise<void> {
  const args = ['deploy', ...EXAMPLES.map(({ stack }) => stack), '--auto-approve', ...WITHOUT_REGISTRY];
  say(`cdktf ${args.join(' ')}`);
  if (findProgram('npx') === undefined) throw new DemoFailed('npx is missing: it comes with npm, and cdktf needs it.');

  const cli = join(directory, 'node_modules', 'cdktf-cli', 'bundle', 'bin', 'cdktf');
  const { exitCode, stdout, stderr } = await runProgram(process.execPath, [cli, ...args], {
    cwd: directory,
    env: terraformEnvironment(env, { CI: 'true', FORCE_COLOR: '0', CDKTF_HOME: join(directory, '.cdktf') }),
    timeoutMs: DEPLOY_TIMEOUT_MS,
  });
  if (exitCode !== 0) throw new DemoFailed(`cdktf deploy failed:\n\n${tail(stdout)}\n${tail(stderr)}`);
  say(...stdout.split('\n').flatMap((line) => /Apply complete!.*/.exec(line) ?? []));
}

/** Half a minute on two cores; real providers may have to be copied first. */
const DEPLOY_TIMEOUT_MS = 600_000;

/** Where programs put what is wrong. */
const TAIL_LINES = 30;

function tail(output: string): string {
  return output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

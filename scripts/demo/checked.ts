/** Runs `erlang-tls check` and `erlang-tls report` on the deployed files. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { erlangTls } from '../../src/cli/erlang-tls';
import { type ProviderSource, runProgram, terraformEnvironment } from '../../test/support/terraform';
import { EXAMPLES } from './examples';
import { say, title } from './output';
import { DemoFailed } from './problems';
import type { Workspace } from './workspace';

/** The number of examples with findings. The pages are kept in `pageDirectory`. */
export async function checkAndReport(place: Workspace, providers: ProviderSource): Promise<number> {
  const { outputDirectory, pageDirectory } = place;
  say(title('erlang-tls check'));
  let failures = 0;
  for (const { stack } of EXAMPLES) {
    const directory = join(outputDirectory, stack);
    const { exitCode, text } = await run(['check', '--fail-on=warning', directory]);
    say(`out/${stack}: ${text.trimEnd()}`);
    failures += exitCode === 0 ? 0 : 1;
  }

  say(title('erlang-tls report'));
  for (const { stack, name } of EXAMPLES) {
    const page = join(pageDirectory, `${stack}.html`);
    await withState(stack, place, providers, async (state) => {
      const args = [`--title=${name}`, `--state=${state}`, join(outputDirectory, stack)];
      say((await run(['report', '--format=text', ...args])).text);
      mkdirSync(pageDirectory, { recursive: true });
      writeFileSync(page, (await run(['report', ...args])).text);
    });
    say(`Report page: ${relative(process.cwd(), page)}\n`);
  }
  return failures;
}

/** The state tells when certificates are renewed. It holds private keys, and its text is a file for a moment only. */
async function withState(
  stack: string,
  { directory }: Workspace,
  { env }: ProviderSource,
  body: (file: string) => Promise<void>,
): Promise<void> {
  const { exitCode, stdout, stderr } = await runProgram('terraform', ['show', '-json'], {
    cwd: join(directory, 'cdktf.out/stacks', stack),
    env: terraformEnvironment(env),
    timeoutMs: SHOW_TIMEOUT_MS,
  });
  if (exitCode !== 0) throw new DemoFailed(`terraform show failed:\n\n${stderr}`);
  const file = join(directory, `${stack}.state.json`);
  try {
    writeFileSync(file, stdout, { mode: 0o600 });
    await body(file);
  } finally {
    rmSync(file, { force: true });
  }
}

/** It starts the providers once. */
const SHOW_TIMEOUT_MS = 120_000;

async function run(args: readonly string[]): Promise<{ exitCode: number; text: string }> {
  let text = '';
  const write = (more: string): void => void (text += more);
  const world = { out: write, err: write, env: {}, now: Date.now(), isTerminal: false };
  return { exitCode: await erlangTls(args, world), text };
}

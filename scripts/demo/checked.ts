/** Runs `erlang-tls check` and `erlang-tls report` on the deployed files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { erlangTls } from '../../src/cli/erlang-tls';
import { EXAMPLES } from './examples';
import { say, title } from './output';

/** The number of examples with findings. The pages are kept in `pageDirectory`. */
export async function checkAndReport(outputDirectory: string, pageDirectory: string): Promise<number> {
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
    const args = [`--title=${name}`, join(outputDirectory, stack)];
    say((await run(['report', '--format=text', ...args])).text);
    const page = join(pageDirectory, `${stack}.html`);
    mkdirSync(pageDirectory, { recursive: true });
    writeFileSync(page, (await run(['report', ...args])).text);
    say(`Report page: ${relative(process.cwd(), page)}\n`);
  }
  return failures;
}

async function run(args: readonly string[]): Promise<{ exitCode: number; text: string }> {
  let text = '';
  const write = (more: string): void => void (text += more);
  const world = { out: write, err: write, env: {}, now: Date.now(), isTerminal: false };
  return { exitCode: await erlangTls(args, world), text };
}

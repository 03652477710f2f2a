/** Templates of `vm.args`, through the programs that make text of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type CommandResult, mustRun, runCommand } from './commands';
import type { ReleaseSandbox } from './sandbox';

/** The files that `mix release` renders from these templates, all in one process. */
export async function throughEex(sandbox: ReleaseSandbox, templates: readonly string[]): Promise<string[]> {
  const { directory, environment } = await sandbox.install('app@127.0.0.1');
  const file = join(directory, 'templates');
  writeFileSync(file, templates.map((text) => `${Buffer.from(text, 'utf8').toString('base64')}\n`).join(''));
  const script = join(__dirname, 'elixir', 'templates.exs');
  const answer = await mustRun(['elixir', script, file, directory], { cwd: directory, env: environment });
  const lines = answer.trimEnd().split('\n');
  return lines.map((line) => Buffer.from(line, 'base64').toString('utf8'));
}

/** How the start script of a relx release ended, and the `vm.args` that it made of a `vm.args.src`. */
export interface Expansion {
  readonly status: CommandResult['status'];
  readonly text: string;
}

/** A template as the start script renders it with these environment variables. Nothing is started: the script only prints its help. */
export async function throughRelx(
  sandbox: ReleaseSandbox,
  template: string,
  variables: Readonly<Record<string, string>> = {},
  deadlineMs?: number,
): Promise<Expansion> {
  const release = await sandbox.install('app@127.0.0.1');
  release.write('vm.args.src', `${NAME_LINE}${template}`);
  const result = await runCommand([release.script, 'help', 'ping'], {
    cwd: release.directory,
    env: { ...release.environment, ...variables },
    deadlineMs,
  });
  const text = readFileSync(release.pathOf('vm.args'), 'utf8');
  return { status: result.status, text: text.startsWith(NAME_LINE) ? text.slice(NAME_LINE.length) : text };
}

/** Without a name the script gives up. */
const NAME_LINE = '-name app@127.0.0.1\n';

/** Tiny releases, built once by the real programs and cached outside the checkout. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { marks } from '../../../scripts/bootstrap/ends-with.cjs';
import { cacheDirectory } from '../erlang/runtimes';
import { mustRun } from './commands';
import type { ReleaseTools } from './tools';

/** Whose start script a release has. */
export type ReleaseKind = 'elixir' | 'relx';

/** Files that a project has beside the harness's own, by path: `rel/vm.args.eex`, `vm.args.src`. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** The directory of a release of that kind, not to be written to. By content: two runs of the tests at once cannot disturb each other. */
export async function cachedRelease(kind: ReleaseKind, tools: ReleaseTools): Promise<string> {
  const directory = join(cacheDirectory(), 'releases', `${kind}-${tools.runtime.otp}-${keyOf(kind, tools)}`);
  if (!existsSync(directory)) await buildRelease(directory, kind, tools);
  return directory;
}

const SOURCES: Readonly<Record<ReleaseKind, readonly string[]>> = {
  elixir: ['mix.exs', 'lib/app.ex'],
  relx: ['rebar.config', 'sys.config', 'vm.args.src', 'src/app.app.src', 'src/app.erl'],
};

const RESULTS: Readonly<Record<ReleaseKind, readonly string[]>> = {
  elixir: ['_build', 'prod', 'rel', 'app'],
  relx: ['_build', 'default', 'rel', 'app'],
};

function keyOf(kind: ReleaseKind, { runtime, versions }: ReleaseTools): string {
  const hash = createHash('sha256').update(`${runtime.version}\0${versions}\0`);
  for (const name of SOURCES[kind]) hash.update(readFileSync(join(__dirname, kind, name))).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** Builds a release into a directory that is not there yet, from a project with further files. */
export async function buildRelease(
  directory: string,
  kind: ReleaseKind,
  tools: ReleaseTools,
  files: ProjectFiles = {},
): Promise<void> {
  mkdirSync(dirname(directory), { recursive: true });
  const work = mkdtempSync(`${directory}.`);
  try {
    for (const name of SOURCES[kind]) cpSync(join(__dirname, kind, name), join(work, name), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeProjectFile(join(work, name), text);
    await mustRun(commandOf(kind, tools), {
      cwd: work,
      env: environmentOf(tools, work),
      deadlineMs: BUILD_DEADLINE_MS,
    });
    publish(join(work, ...RESULTS[kind]), directory);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Two seconds on an idle machine. */
const BUILD_DEADLINE_MS = 120_000;

/** rebar3 is an escript; this is what the program `escript` does, which an unpacked runtime has no working one of. */
function commandOf(kind: ReleaseKind, { rebar3 }: ReleaseTools): readonly [string, ...string[]] {
  if (kind === 'elixir') return ['mix', 'release', '--quiet'];
  return ['erl', '-boot', 'no_dot_erlang', '-noshell', '-run', 'escript', 'start', '-extra', rebar3, 'release'];
}

function environmentOf({ path, libraries }: ReleaseTools, home: string): Record<string, string> {
  return {
    ...marks(),
    ...{ PATH: path, ERL_LIBS: libraries, HOME: home, LANG: 'C.UTF-8', ERL_CRASH_DUMP_SECONDS: '0' },
    ...{ MIX_ENV: 'prod', HEX_OFFLINE: '1', REBAR_OFFLINE: '1' },
  };
}

function writeProjectFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function publish(result: string, directory: string): void {
  if (readdirSync(result).length === 0) throw new Error(`${result} is empty`);
  try {
    renameSync(result, directory);
  } catch (error) {
    // Another process was quicker, with the same content.
    if (!existsSync(directory)) throw error;
  }
}

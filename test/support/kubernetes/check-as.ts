/** The command line tool as the user of a node runs it in a container. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** A user and group of a node, with one more group. */
export const SERVICE = { uid: 61_235, gid: 61_236 } as const;

/** The tool in one file that everybody may read, below a directory that everybody can enter: checkouts are often closed to others. */
export function toolIn(directory: string): string {
  const { buildSync } = createRequire(require.resolve('tsx/package.json'))('esbuild') as {
    buildSync: (options: object) => void;
  };
  const outfile = join(directory, 'erlang-tls.js');
  const entry = resolve(__dirname, '../../../src/cli/main.ts');
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', logLevel: 'error' });
  return outfile;
}

/** Runs a program of Node.js as that user. */
export function asService(
  group: number,
  tool: string,
  args: readonly string[],
): { status: number | null; out: string } {
  const user = [`--reuid=${SERVICE.uid}`, `--regid=${SERVICE.gid}`, `--groups=${group}`];
  const { status, stdout, stderr } = spawnSync('setpriv', [...user, process.execPath, tool, ...args], {
    ...{ cwd: '/', encoding: 'utf8', env: { PATH: process.env.PATH } },
  });
  return { status, out: stdout + stderr };
}

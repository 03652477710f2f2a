import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Directory of the checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {string[]} segments */
export const inRoot = (...segments) => join(root, ...segments);

/**
 * Command line of a program that an npm package brings, run by this same Node and without a shell.
 *
 * @param {string} script path below `node_modules`
 * @param {string[]} args
 * @returns {[command: string, args: string[]]}
 */
export const nodeModule = (script, args) => [process.execPath, [inRoot('node_modules', script), ...args]];

/** Arguments of `nodeModule` that run a TypeScript file with the `cdktf-erlang-tls` import mapped to `src/`. */
export const tsx = (/** @type {string[]} */ ...args) =>
  nodeModule('tsx/dist/cli.mjs', ['--tsconfig', inRoot('tsconfig.dev.json'), ...args]);

/**
 * The npm that runs this script, if one does: on some machines it is not on the path.
 *
 * @param {string[]} args
 * @returns {[command: string, args: string[]]}
 */
export function npm(args) {
  const running = process.env.npm_execpath;
  return running?.endsWith('npm-cli.js') ? [process.execPath, [running, ...args]] : ['npm', args];
}

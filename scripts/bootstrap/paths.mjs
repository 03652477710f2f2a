import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

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

/**
 * Command line that runs a TypeScript file with the `cdktf-erlang-tls` import mapped to `src/`. Not through the program `tsx`: that one kills
 * a child that does not answer a signal within a tenth of a second, and then nobody stops the nodes.
 *
 * @param {string[]} args
 * @returns {[command: string, args: string[]]}
 */
export const tsx = (...args) => [
  process.execPath,
  [
    ...['--require', inRoot('node_modules/tsx/dist/preflight.cjs')],
    ...['--import', pathToFileURL(inRoot('node_modules/tsx/dist/loader.mjs')).href],
    ...args,
  ],
];

/** The environment of such a program. Its cache would stay in the directory for temporary files. */
export const tsxEnvironment = { TSX_TSCONFIG_PATH: inRoot('tsconfig.dev.json'), TSX_DISABLE_CACHE: '1' };

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

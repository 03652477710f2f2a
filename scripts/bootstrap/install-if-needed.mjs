import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { inRoot, npm } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Runs `npm ci` when `node_modules` is missing or is not what the lock file says. Compares versions, not times: a
 * fresh clone or a branch switch changes times without changing a package.
 *
 * Uses nothing but Node itself, because it runs before anything is installed.
 */
export async function installIfNeeded() {
  const reason = whyInstall();
  if (reason === undefined) {
    console.log('npm packages: up to date');
    return;
  }
  console.log(`npm packages: ${reason}, running npm ci`);
  const code = await run(npm(['ci', '--loglevel=error']));
  if (code !== 0) {
    console.error(`npm ci failed with exit code ${code}`);
    process.exit(1);
  }
}

/**
 * @typedef {{ version?: string, optional?: boolean, peer?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 */

/** @returns {string | undefined} */
function whyInstall() {
  const installed = readLock(inRoot('node_modules', '.package-lock.json'));
  if (installed === undefined) return 'not installed yet';
  const wanted = readLock(inRoot('package-lock.json'));
  if (wanted === undefined) throw new Error('package-lock.json is missing, run this in a checkout of the project');
  return packageThatDiffers(wanted, installed);
}

/**
 * @param {Lock} wanted
 * @param {Lock} installed
 */
function packageThatDiffers(wanted, installed) {
  for (const [path, { version, optional }] of Object.entries(wanted.packages)) {
    const found = installed.packages[path];
    if (path === '' || found?.version === version) continue;
    // An optional package may belong to another operating system.
    if (found === undefined && optional === true) continue;
    return `${path.replace(/^.*node_modules\//, '')} is ${found?.version ?? 'missing'}, wanted ${version}`;
  }
  return undefined;
}

/**
 * @param {string} path
 * @returns {Lock | undefined}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await installIfNeeded();

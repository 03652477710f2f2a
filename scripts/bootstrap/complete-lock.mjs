// Run after `npm install` has changed package-lock.json: adds the builds for other systems that the lock misses.
//
// A registry mirror does not always carry a package's prebuilt binaries for every system. npm leaves those it cannot
// see out of the lock file, and `npm ci` then refuses the lock as incomplete, on every machine. Their exact version
// is known from the package that wants them, and their system from their name. They get no hash: npm adds it when
// the lock is next written where the package can be seen.
import { readFileSync, writeFileSync } from 'node:fs';

import { inRoot } from './paths.mjs';

/**
 * @typedef {{ version?: string, dev?: boolean, optionalDependencies?: Record<string, string> }} LockedPackage
 * @typedef {LockedPackage & { cpu: string[], libc?: string[], optional: true, os: string[] }} PrebuiltPackage
 */

const path = inRoot('package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const added = complete(lock.packages);
writeFileSync(path, `${JSON.stringify(lock, undefined, 2)}\n`);
console.log(added.length === 0 ? 'package-lock.json is complete' : `added to package-lock.json: ${added.join(', ')}`);

/** @param {Record<string, LockedPackage>} packages */
function complete(packages) {
  const added = [];
  for (const [owner, { dev, optionalDependencies = {} }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (isLocked(packages, owner, name)) continue;
      packages[`node_modules/${name}`] = prebuilt(name, version, dev);
      added.push(name);
    }
  }
  const sorted = Object.entries(packages).sort(([one], [other]) => one.localeCompare(other, 'en'));
  for (const [key] of sorted) delete packages[key];
  Object.assign(packages, Object.fromEntries(sorted));
  return added;
}

/**
 * Node looks beside the owner first, then ever further up.
 *
 * @param {Record<string, LockedPackage>} packages
 * @param {string} owner
 * @param {string} name
 */
function isLocked(packages, owner, name) {
  const places = owner
    .split('/node_modules/')
    .map((_, index, parts) => parts.slice(0, index + 1).join('/node_modules/'));
  return ['', ...places].some((place) => `${place === '' ? '' : `${place}/`}node_modules/${name}` in packages);
}

/**
 * @param {string} name e.g. `@swc/core-linux-arm-gnueabihf`
 * @param {string} version
 * @param {boolean | undefined} dev
 * @returns {PrebuiltPackage}
 */
function prebuilt(name, version, dev) {
  const system = /-(?<os>android|darwin|freebsd|linux|openharmony|win32)-(?<cpu>[a-z0-9]+)(?:-(?<abi>[a-z]+))?$/.exec(
    name,
  );
  const { os, cpu, abi } = system?.groups ?? {};
  if (!/^\d/.test(version) || os === undefined || cpu === undefined) {
    throw new Error(`${name}@${version} is no prebuilt binary of one version, install it where the registry has it`);
  }
  const libc = abi?.startsWith('gnu') ? ['glibc'] : abi?.startsWith('musl') ? ['musl'] : undefined;
  return {
    version,
    cpu: [cpu],
    ...(dev && { dev }),
    ...(os === 'linux' && libc && { libc }),
    optional: true,
    os: [os],
  };
}

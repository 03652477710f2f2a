// Compiles src/ to lib/ with jsii, unless lib/ is up to date.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { inRoot, nodeModule } from '../bootstrap/paths.mjs';
import { run } from '../bootstrap/run.mjs';
import { embed } from './embed.mjs';
import { writePublicApi } from './public-api.mjs';

/** Lies in lib/, so that removing lib/ also removes the claim that it is current. Never packed. */
const stamp = inRoot('lib', '.sources.sha256');

embed();
if (isBuilt(hashOfSources())) console.log('lib/ is up to date');
else process.exitCode = await build();

/** @returns {Promise<number>} */
async function build() {
  // From scratch: a file whose source is gone would otherwise stay in lib/ and be published.
  rmSync(inRoot('lib'), { recursive: true, force: true });
  rmSync(inRoot('.jsii'), { force: true });
  const code = await compile();
  if (code !== 0) return code;
  // What the sources check of the public API comes from the assembly, so a change of the API is compiled once more.
  if (writePublicApi()) {
    console.log('the public API has changed: commit src/model/api/public-api.generated.ts');
    return process.env.CI === 'true' ? 1 : build();
  }
  // What package.json names as `bin`: npm makes it executable when it installs, other package managers take it as it is packed.
  chmodSync(inRoot('lib', 'cli', 'main.js'), 0o755);
  writeFileSync(stamp, hashOfSources());
  return 0;
}

function compile() {
  return run(nodeModule('jsii/bin/jsii', process.argv.slice(2)), {
    // jsii warns about Node 20; it is the oldest release that the package supports, so a build on it is intended.
    env: { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
}

/** @param {string} hash */
function isBuilt(hash) {
  return existsSync(inRoot('.jsii')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
}

/** Everything that jsii reads: the assembly quotes package.json and README.md, the lock file pins the compiler. */
function hashOfSources() {
  const hash = createHash('sha256');
  const sources = readdirSync(inRoot('src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src', name));
  for (const name of [...sources.sort(), 'package.json', 'package-lock.json', 'tsconfig.json', 'README.md']) {
    const path = inRoot(name);
    hash
      .update(`${name}\0`)
      .update(existsSync(path) ? readFileSync(path) : '')
      .update('\0');
  }
  return hash.digest('hex');
}

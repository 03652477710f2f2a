// Writes API.md from the built assembly; with --check only says whether it would change.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inRoot, nodeModule } from '../bootstrap/paths.mjs';
import { run } from '../bootstrap/run.mjs';

process.exitCode = process.argv.includes('--check') ? await check() : await generate(inRoot('API.md'));

/** @param {string} output */
function generate(output) {
  if (!existsSync(inRoot('.jsii'))) {
    console.error('.jsii is missing, run "npm run build" first');
    return 1;
  }
  return run(nodeModule('jsii-docgen/bin/jsii-docgen', ['--output', output]), {
    env: { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
}

async function check() {
  const directory = mkdtempSync(join(tmpdir(), 'cdktf-erlang-tls-docgen-'));
  try {
    const fresh = join(directory, 'API.md');
    const code = await generate(fresh);
    if (code !== 0) return code;
    if (existsSync(inRoot('API.md')) && readFileSync(fresh, 'utf8') === readFileSync(inRoot('API.md'), 'utf8')) {
      console.log('API.md is up to date');
      return 0;
    }
    console.error('API.md differs from the public API, run "npm run docgen" and commit it');
    return 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

// Packs the package, unpacks it as a user's npm would, and uses it from there: the examples are compiled against the
// packed types and run on the packed code. What the tests of src/ cannot see (a file left out of the package, a broken
// "exports", an import that is no peer) fails here.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { inRoot, nodeModule, npm } from '../bootstrap/paths.mjs';
import { run } from '../bootstrap/run.mjs';

const PEERS = ['@cdktf/provider-local', '@cdktf/provider-tls', 'cdktf', 'constructs'];

/** Node's own types, and nothing else of what happens to be installed here. */
const COMPILER_OPTIONS = {
  strict: true,
  rootDir: 'examples',
  target: 'es2022',
  module: 'node16',
  moduleResolution: 'node16',
  skipLibCheck: true,
  types: ['node'],
  typeRoots: [inRoot('node_modules', '@types')],
  outDir: 'out',
};

const directory = mkdtempSync(join(tmpdir(), 'cdktf-erlang-tls-pack-'));
try {
  process.exitCode = (await unpack()) || (await load()) || (await runTool()) || (await useInExamples());
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** The package in the place where `npm install` would put it, its peers beside it. */
async function unpack() {
  const packed = join(directory, 'packed');
  mkdirSync(packed);
  const code = await run(npm(['pack', '--silent', '--pack-destination', packed]));
  if (code !== 0) return code;
  const archive = readdirSync(packed)[0] ?? '';
  const target = join(directory, 'node_modules', 'cdktf-erlang-tls');
  mkdirSync(join(directory, 'node_modules', '@cdktf'), { recursive: true });
  mkdirSync(target);
  for (const peer of PEERS) symlinkSync(inRoot('node_modules', peer), join(directory, 'node_modules', peer));
  return run(['tar', ['-xzf', join(packed, archive), '--strip-components=1', '-C', target]]);
}

/** Each door that package.json opens, as a plain JavaScript program uses it. */
function load() {
  const program = `
    const assert = require('node:assert');
    const library = require('cdktf-erlang-tls');
    assert(Object.keys(library).length > 0, 'the package exports nothing');
    assert.strictEqual(require('cdktf-erlang-tls/package.json').name, 'cdktf-erlang-tls');
    assert(require.resolve('cdktf-erlang-tls/.jsii'));
    console.log('exports: ' + Object.keys(library).sort().join(', '));
  `;
  return run([process.execPath, ['-e', program]], { cwd: directory });
}

/** The command line tool, as npm would link it. */
function runTool() {
  return run(
    [process.execPath, [join(directory, 'node_modules', 'cdktf-erlang-tls', 'lib', 'cli', 'main.js'), '--help']],
    {
      cwd: directory,
    },
  );
}

/** Compiles all examples as one strict TypeScript project, then runs each one's `main`. */
async function useInExamples() {
  cpSync(inRoot('examples'), join(directory, 'examples'), { recursive: true, filter: isSource });
  const tsconfig = { compilerOptions: COMPILER_OPTIONS, include: ['examples/**/*.ts'] };
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(tsconfig));
  const code = await run(nodeModule('typescript/bin/tsc', ['-p', directory]), { cwd: directory });
  return code || (await runMains());
}

async function runMains() {
  const mains = readdirSync(join(directory, 'out'), { recursive: true, encoding: 'utf8' }).filter(isMain).sort();
  if (mains.length === 0) throw new Error('no examples/**/main.ts found');
  for (const main of mains) {
    const outputDirectory = join(directory, 'synth', dirname(main));
    mkdirSync(outputDirectory, { recursive: true });
    const env = { CDKTF_OUTDIR: outputDirectory };
    const code = await run([process.execPath, [join(directory, 'out', main)]], { cwd: directory, env });
    if (code !== 0) return code;
    if (!existsSync(join(outputDirectory, 'manifest.json'))) {
      console.error(`examples/${main} synthesized nothing`);
      return 1;
    }
    console.log(`examples/${main}: synthesizes with the packed package`);
  }
  return 0;
}

/** @param {string} path */
function isMain(path) {
  return /(^|\/)main\.js$/.test(path);
}

/** @param {string} path */
function isSource(path) {
  return !/(^|\/)(cdktf\.out|node_modules|\.terraform)$/.test(path) && !path.endsWith('.test.ts');
}

// Packs the package as `npm publish` would. publint and Are The Types Wrong judge what package.json promises: each path, format and mode, and
// what TypeScript resolves. Then it is unpacked as a user's npm would, and used from there: the examples are compiled against the packed types
// and run on the packed code, with nothing but its peers beside it.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

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
  process.exitCode =
    (await pack()) || (await lint()) || (await unpack()) || (await runTool()) || (await useInExamples());
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function pack() {
  mkdirSync(join(directory, 'packed'));
  return run(npm(['pack', '--silent', '--pack-destination', join(directory, 'packed')]));
}

function archive() {
  return join(directory, 'packed', readdirSync(join(directory, 'packed'))[0] ?? '');
}

/** Neither may have a remark: a suggestion of publint counts as well. */
async function lint() {
  const { messages, pkg } = await publint({ pack: { tarball: tarball() } });
  for (const message of messages) console.error(`publint: ${formatMessage(message, pkg, { color: false })}`);
  if (messages.length > 0) return 1;
  console.log('publint: no remark');
  // Without the option it asks the registry whether others have types for this package.
  return run(
    nodeModule('@arethetypeswrong/cli/dist/index.js', [archive(), '--no-definitely-typed', '--no-emoji', '--no-color']),
  );
}

function tarball() {
  const { buffer, byteOffset, byteLength } = readFileSync(archive());
  return buffer.slice(byteOffset, byteOffset + byteLength);
}

/** The package in the place where `npm install` would put it, its peers beside it. */
function unpack() {
  const target = join(directory, 'node_modules', 'cdktf-erlang-tls');
  mkdirSync(join(directory, 'node_modules', '@cdktf'), { recursive: true });
  mkdirSync(target);
  for (const peer of PEERS) symlinkSync(inRoot('node_modules', peer), join(directory, 'node_modules', peer));
  return run(['tar', ['-xzf', archive(), '--strip-components=1', '-C', target]]);
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
  // Certificates that an example reads are beside it.
  cpSync(inRoot('examples'), join(directory, 'out'), { recursive: true, filter: isSourceAsItIs });
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
function isSourceAsItIs(path) {
  return isSource(path) && !path.endsWith('.ts');
}

/** @param {string} path */
function isSource(path) {
  return !/(^|\/)(cdktf\.out|node_modules|\.terraform)$/.test(path) && !path.endsWith('.test.ts');
}

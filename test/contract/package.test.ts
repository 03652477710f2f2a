import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

import { checkout } from './repository';

/** What `npm pack` says about one file, and about the whole. */
interface PackedFile {
  readonly path: string;
  readonly size: number;
  readonly mode: number;
}

interface Pack {
  readonly files: readonly PackedFile[];
  readonly size: number;
  readonly unpackedSize: number;
}

/** All that a user needs; nothing else is in the package. */
const WANTED =
  /^(?:lib\/.+\.(?:js|d\.ts)|docs\/.+\.(?:md|svg)|\.jsii|(?:README|CHANGELOG|API|SECURITY)\.md|LICENSE|package\.json)$/;

const NEEDED = [
  '.jsii',
  'API.md',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'docs/errors.md',
  'docs/rotation.md',
  'lib/index.d.ts',
  'lib/index.js',
  'package.json',
];

/** Bytes: a tenth above what the package weighs. More is a file that does not belong there. */
const BUDGET = { packed: 990_000, unpacked: 4_270_000 };

const pack = npmPack();

test('contains what a user needs', () => {
  expect(paths(pack)).toEqual(expect.arrayContaining(NEEDED));
});

test('contains nothing else', () => {
  expect(unwanted(paths(pack))).toEqual([]);
});

test.each([
  'src/index.ts',
  'lib/index.ts',
  'lib/index.js.map',
  'lib/.sources.sha256',
  'lib/tsconfig.tsbuildinfo',
  'test/contract/package.test.ts',
  'examples/main.ts',
  'tsconfig.json',
  'dist/js/cdktf-erlang-tls.tgz',
])('%s would be refused', (file) => {
  expect(unwanted(['lib/index.js', file])).toEqual([file]);
});

test('contains a command line tool that runs as packed', () => {
  expect(pack.files.filter(({ mode }) => (mode & 0o111) !== 0).map((file) => file.path)).toEqual(['lib/cli/main.js']);
});

test('contains no compiled file without a source', () => {
  expect(paths(pack).filter(isOrphan)).toEqual([]);
});

test('contains no source map and no path of this checkout', () => {
  const leaks = paths(pack).filter((file) => {
    const text = readFileSync(path.join(checkout, file), 'utf8');
    return text.includes('sourceMapping' + 'URL=') || text.includes(checkout + path.sep);
  });
  expect(leaks).toEqual([]);
});

test('stays within its size limit', () => {
  expect(pack.size).toBeLessThan(BUDGET.packed);
  expect(pack.unpackedSize).toBeLessThan(BUDGET.unpacked);
});

function npmPack(): Pack {
  if (!existsSync(path.join(checkout, '.jsii'))) throw new Error('.jsii is missing: run "npm run build" first');
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--silent'], { cwd: checkout, encoding: 'utf8' });
  const [pack] = JSON.parse(output) as Pack[];
  if (pack === undefined) throw new Error(`npm pack said nothing: ${output}`);
  return pack;
}

function paths({ files }: Pack): string[] {
  return files.map((file) => file.path);
}

function unwanted(files: readonly string[]): string[] {
  return files.filter((file) => !WANTED.test(file));
}

function isOrphan(file: string): boolean {
  const source = /^lib\/(.+)\.(?:js|d\.ts)$/.exec(file)?.[1];
  return source !== undefined && !existsSync(path.join(checkout, 'src', `${source}.ts`));
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { OTP_RELEASES } from '../../src/model/otp/otp-release';
import { FAULTS } from '../model/rules/faults';
import { checkout, readRepository, type TextFile } from './repository';
import { readSources } from './source-files';

/** The file patterns of each recipe of ARCHITECTURE.md, by its heading. */
const RECIPES = new Map(
  (readRepository('ARCHITECTURE.md')[0]?.text.split(/^### /m).slice(1) ?? []).map((section) => {
    const [title = '', ...lines] = section.split('\n');
    return [title, lines.flatMap((line) => /^\| `([^`]+)`/.exec(line)?.[1] ?? [])] as const;
  }),
);

const SOURCES = readSources();
const FILES = readRepository('src', 'test', 'examples', 'docs', 'scripts');

test('there is a recipe for each kind of addition', () => {
  expect([...RECIPES.keys()]).toEqual([
    'Add a platform',
    'Add a delivery',
    'Add a TLS option',
    'Add a finding',
    'Add an OTP release',
  ]);
});

const PLATFORMS = readdirSync(join(checkout, 'docs/platforms'))
  .map((page) => page.replace('.md', ''))
  // `erl` is a part of many words; its file is called after the plain VM.
  .filter((name) => !['your-own', 'erl'].includes(name));

describe.each(PLATFORMS)('the platform %s', (name) => {
  test('is named only in the files of src that the recipe names', () => {
    expect(othersThan('Add a platform', name)).toEqual([]);
  });

  test.each(recipe('Add a platform').filter((pattern) => !pattern.endsWith('registry.ts')))(
    'is named in %s',
    (pattern) => {
      expect(filesNaming(name, pattern)).not.toEqual([]);
    },
  );
});

describe.each(['install-script', 'kubernetes-secret', 'local-files'])('the delivery %s', (name) => {
  test('is named only in the files of src that the recipe names', () => {
    expect(othersThan('Add a delivery', name)).toEqual([]);
  });

  test.each(recipe('Add a delivery').filter((pattern) => !pattern.endsWith('ids.ts')))('is named in %s', (pattern) => {
    expect(filesNaming(name, pattern)).not.toEqual([]);
  });
});

test('every property has its option rows in one file, and an example value', () => {
  const [rows = '', properties = '', examples = ''] = recipe('Add a TLS option');
  const [source] = FILES.filter(({ path }) => path === properties);
  const options = [...(source?.text.matchAll(/^ {2}readonly (\w+)\?:/gm) ?? [])].map(([, name = '']) =>
    snakeCase(name),
  );
  const lacking = options.flatMap((option) => [
    ...(filesWith(`'${option}'`, rows).length === 1 ? [] : [`${option}: rows`]),
    ...(filesWith(new RegExp(`\\b${option}\\b`), examples).length === 1 ? [] : [`${option}: example`]),
  ]);
  expect(options.length).toBeGreaterThan(20);
  expect(lacking).toEqual([]);
});

test('every finding with a fault is in one rule file, one file of faults and the record', () => {
  const [rules = '', faults = '', seen = ''] = recipe('Add a finding');
  const codes = [...new Set(FAULTS.map(({ code }) => code))];
  const misplaced = codes.filter(
    (code) =>
      SOURCES.filter(({ words }) => words.includes(code)).length !== 1 ||
      filesWith(`'${code}'`, faults).length === 0 ||
      filesWith(`"${code}: `, seen).length !== 1,
  );
  expect(misplaced).toEqual([]);
  expect(codes.filter((code) => filesWith(`'${code}'`, rules).length === 1).length).toBeGreaterThan(codes.length / 2);
});

test('the files of src that name the newest release are those that the recipe names', () => {
  const newest = Math.max(...OTP_RELEASES.map(({ major }) => major));
  const number = new RegExp(`(?<![\\w.])(?:OTP_)?${newest}(?![\\w.])`);
  const patterns = recipe('Add an OTP release');
  const naming = FILES.filter(({ path, text }) => path.startsWith('src/') && number.test(codeOf(text)));
  const elsewhere = naming
    .map(pathOfFile)
    .filter((path) => !patterns.some((pattern) => pathOf(pattern, '').test(path)));
  expect(elsewhere).toEqual([]);
  const next = new RegExp(`\\b(?:OTP_)?(?:${newest}|${newest + 1})\\b`);
  expect(patterns.filter((pattern) => filesWith(next, pattern).length === 0)).toEqual([]);
});

/** The code without comments, and without the prose of messages and sources. */
function codeOf(text: string): string {
  return text
    .replace(/\/\*[^]*?\*\/|\/\/.*/g, '')
    .replace(/'[^'\n]*'|`[^`]*`/g, (literal) => (literal.includes(' ') ? '' : literal));
}

function recipe(title: string): readonly string[] {
  return RECIPES.get(title) ?? [];
}

/** Files of src whose code names it, and that the recipe does not. What is derived or generated is not written by hand. */
function othersThan(title: string, name: string): readonly string[] {
  const patterns = recipe(title).map((pattern) => pathOf(pattern, name));
  return SOURCES.filter(({ path, words }) => isNamed(name, path) || words.some((word) => isNamed(name, word)))
    .map(({ path }) => `${path}.ts`)
    .filter((path) => !patterns.some((pattern) => pattern.test(path)))
    .filter((path) => !path.endsWith('.generated.ts') && path !== 'src/model/catalogue.ts');
}

function filesNaming(name: string, pattern: string): readonly string[] {
  const path = pathOf(pattern, name);
  return FILES.filter((file) => path.test(file.path) && (isNamed(name, file.path) || isNamed(name, file.text))).map(
    pathOfFile,
  );
}

function filesWith(text: string | RegExp, pattern: string): readonly string[] {
  const path = pathOf(pattern, '');
  return FILES.filter((file) => path.test(file.path))
    .filter((file) => (typeof text === 'string' ? file.text.includes(text) : text.test(file.text)))
    .map(pathOfFile);
}

function pathOfFile({ path }: TextFile): string {
  return path;
}

/** `<name>` is the thing itself, as a file or a folder; `<topic>` and `<file>` are any. */
function pathOf(pattern: string, name: string): RegExp {
  const text = pattern.replaceAll('.', '\\.').replaceAll('<name>\\.ts', `${name}(?:/[\\w./-]+)?\\.ts`);
  return new RegExp(`^${text.replaceAll('<name>', name).replace(/<topic>|<file>/g, '[\\w-]+')}$`);
}

/** `couchdb@db1.example.com` is an example of a node's name. */
function isNamed(name: string, text: string): boolean {
  const compact = name.replaceAll('-', '');
  return text.toLowerCase().replace(/[-_]/g, '').replaceAll(`${compact}@`, '').includes(compact);
}

function snakeCase(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

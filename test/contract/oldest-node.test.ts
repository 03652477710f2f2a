import { readRepository } from './repository';

/** The one file of this path. */
function textOf(path: string): string {
  return readRepository(path)[0]?.text ?? '';
}

const { engines } = JSON.parse(textOf('package.json')) as { engines: { node: string } };
const oldest = engines.node.replace(/^>=/, '');

test('package.json admits every Node.js from one minor release on', () => {
  expect(engines.node).toMatch(/^>=\d+\.\d+$/);
});

test.each([
  ['package-lock.json', /^ {4}"": \{[^]*?"engines": \{\s*"node": ">=([\d.]+)"/m, oldest],
  ['README.md', /Node\.js ([\d.]+) or later/, oldest],
  ['.ci/run', /^readonly OLDEST_NODE=([\d.]+)$/m, `${oldest}.0`],
  ['.github/workflows/check.yml', /^ +node: \[([\d.]+), \d+\]$/m, `${oldest}.0`],
])('%s names the oldest Node.js that package.json admits', (path, pattern, wanted) => {
  expect(pattern.exec(textOf(path))?.[1]).toBe(wanted);
});

test('the types are those of the oldest Node.js', () => {
  const { devDependencies } = JSON.parse(textOf('package.json')) as { devDependencies: Record<string, string> };
  expect(devDependencies['@types/node']).toMatch(new RegExp(`^\\^${oldest.split('.')[0]}\\.`));
});

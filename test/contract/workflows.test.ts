import { readRepository } from './repository';

const workflows = readRepository('.github/workflows/*.yml');

test('there are workflows', () => {
  expect(workflows).not.toEqual([]);
});

describe.each(workflows.map(({ path, text }) => [path, text] as const))('%s', (_path, text) => {
  test('pins every third-party action to a commit and names its version', () => {
    expect(unpinned(text)).toEqual([]);
  });

  test('grants no permission by default', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
  });
});

test.each([
  ['- uses: actions/checkout@v4', ['actions/checkout@v4']],
  [
    'uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683',
    ['actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683'],
  ],
  ['uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2', []],
  ['uses: ./.github/workflows/check.yml', []],
])('unpinned actions are found in %s', (text, wanted) => {
  expect(unpinned(text)).toEqual(wanted);
});

function unpinned(text: string): string[] {
  return [...text.matchAll(/\buses: (?!\.\/)(.+)$/gm)]
    .map(([, action = '']) => action)
    .filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action));
}

import { readRepository, type TextFile } from './repository';

/** ESLint cannot check this itself: a comment that switches everything off would switch that check off as well. */
test('every exception from a lint rule names the rule and the reason', () => {
  expect(readRepository('*.ts', '*.mjs').flatMap(unexplained)).toEqual([]);
});

test.each([
  '/* eslint-disable */',
  '// eslint-disable-next-line',
  '// eslint-disable-line -- because',
  '/* eslint-disable max-lines */',
  '/* eslint-disable max-lines -- */',
  '/* eslint-disable\n   max-lines\n*/',
])('%j would be refused', (comment) => {
  expect(unexplained({ path: 'src/a.ts', text: `${comment}\nconst a = 1;` })).toHaveLength(1);
});

test.each([
  '/* eslint-disable max-lines -- one table, one row per option */',
  '// eslint-disable-next-line a/b, c -- why',
])('%j is accepted', (comment) => {
  expect(unexplained({ path: 'src/a.ts', text: comment })).toEqual([]);
});

function unexplained({ path, text }: TextFile): string[] {
  // This file is the one that has to show what is refused.
  if (path.endsWith('/lint-exceptions.test.ts')) return [];
  return [
    ...text.matchAll(/(?:\/\/|\/\*)\s*eslint-disable(?:-next-line|-line)?(?<rest>\s[^\n]*?(?:\n[^*]*)?)?(?:\*\/|$)/gm),
  ]
    .filter(({ groups }) => !isExplained(groups?.rest ?? ''))
    .map(([comment]) => `${path}: ${comment}`);
}

function isExplained(text: string): boolean {
  const [rules = '', reason = ''] = text.split(/\s-{2,}(?:\s|$)/);
  return rules.trim() !== '' && reason.trim() !== '';
}

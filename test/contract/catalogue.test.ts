import { CATALOGUE, type Code } from '../../src/model/catalogue';
import { isRule, type Rule } from '../../src/model/findings/rule';
import { FAULTS } from '../model/rules/faults';
import { REFUSALS } from '../support/refusals';
import { checkout, readRepository } from './repository';

test('every file with rules is listed by the catalogue', () => {
  const files = readRepository('src/model/**/*.ts').filter(({ text }) => /^export const \w+ = rule\(/m.test(text));
  const rules = files.flatMap(({ path }) => rulesOf(path));
  expect(rules.map(({ code }) => code).sort()).toEqual(Object.keys(CATALOGUE).sort());
});

test('every code is provoked by a refusal or by a fault on real nodes, or a test names it', () => {
  const shown = new Set<string>([
    ...REFUSALS.map(({ code }) => code),
    ...FAULTS.flatMap(({ code, also = [] }) => [code, ...also]),
  ]);
  const tests = readRepository('test/**/*.test.ts').map(({ text }) => text);
  const isNamed = (code: string): boolean =>
    tests.some((text) => new RegExp(`(?<![\\w-])${code}(?![\\w-])`).test(text));
  expect(Object.keys(CATALOGUE).filter((code) => !shown.has(code) && !isNamed(code))).toEqual([]);
});

test.each(Object.entries<Rule>(CATALOGUE))(
  '%s says what is wrong, what is expected and what to do, in one line each',
  (code, rule) => {
    expect(rule.code).toBe(code);
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const text of [rule.problem, rule.expected, rule.remedy]) expect(text).toMatch(/^[^\s.].*[^\s.]$/);
  },
);

test.each(Object.entries<Rule>(CATALOGUE))('%s names the source of its fact', (_code, { source }) => {
  expect(source).toMatch(/^[^\s.].*[^\s.]$/);
});

test('the type of codes allows exactly the codes of the catalogue', () => {
  // @ts-expect-error -- no rule has this code
  const unknown: Code = 'no-such-code';
  expect(CATALOGUE).not.toHaveProperty(unknown);
});

function rulesOf(path: string): Rule[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the files are found at run time
  return Object.values(require(`${checkout}/${path}`) as object).filter(isRule);
}

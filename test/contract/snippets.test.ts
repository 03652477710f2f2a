import { readRepository } from './repository';
import { blocksOf, compile, FRAGMENT, PROGRAM, runAsModule, synthesize } from './snippets';

const pages = readRepository('README.md', 'docs/*.md', 'examples/*.md');
const blocks = pages.flatMap(blocksOf);
/** Some seconds; more on a busy machine. */
const COMPILER_DEADLINE_MS = 60_000;

const programs = blocks.filter(({ info }) => info === PROGRAM);

test('the README and every platform page have TypeScript to compile', () => {
  const withCode = new Set([...programs, ...blocks.filter(({ info }) => info === FRAGMENT)].map(({ page }) => page));
  const needed = pages.map((page) => page.path).filter((page) => /^(?:README|docs\/platforms\/.*)\.md$/.test(page));
  expect([...withCode]).toEqual(expect.arrayContaining(needed));
});

test('every code block names its language', () => {
  expect(blocks.filter(({ info }) => !LANGUAGES.includes(info)).map(({ page, line }) => `${page}:${line}`)).toEqual([]);
});

/** `ts` is compiled; a misspelt one would not be. */
const LANGUAGES = [PROGRAM, FRAGMENT, 'sh', 'text', 'erlang', 'json', 'yaml'];

/** Snippets that do not compile, each with the name that the compiler must complain of. */
const INVENTED: readonly (readonly [what: string, info: string, text: string, name: string])[] = [
  ['a name that is not exported', PROGRAM, `import { Gone } from 'cdktf-erlang-tls';\nvoid Gone;\n`, 'Gone'],
  ['a misspelt property', FRAGMENT, `new TlsCluster(this, 'x', { ...props, node: [] });\n`, 'node'],
  ['a missing property', FRAGMENT, `new CertificateAuthority(this, 'ca', {});\n`, 'commonName'],
];

describe('the compiler', () => {
  let complaints: readonly string[];

  beforeAll(() => {
    const real = blocks.filter(({ info }) => info === PROGRAM || info === FRAGMENT);
    const invented = INVENTED.map(([page, info, text]) => ({ page, line: 7, info, text }));
    complaints = compile([...real, ...invented]);
  }, COMPILER_DEADLINE_MS);

  test('accepts all TypeScript of the documentation', () => {
    const isInvented = (complaint: string): boolean => INVENTED.some(([what]) => complaint.startsWith(`${what}:`));
    expect(complaints.filter((complaint) => !isInvented(complaint))).toEqual([]);
  });

  test.each(INVENTED)('reports %s', (what, _info, _text, name) => {
    const found = complaints.filter((complaint) => complaint.startsWith(`${what}:`));
    expect(found).toEqual([expect.stringMatching(new RegExp(`^${what}:8: .*'${name}'`))]);
  });
});

test.each(programs.map((program) => [`${program.page}:${program.line}`, program] as const))(
  'the program at %s synthesizes',
  (_place, program) => {
    expect(synthesize(program)).toContain('"tls_self_signed_cert"');
  },
);

test('the first example of the README runs as an ES module, as Node itself loads one', () => {
  const first = programs.find(({ page }) => page === 'README.md');
  expect(first && runAsModule(first)).toEqual(['cdk.tf.json']);
});

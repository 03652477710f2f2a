/** What the reader of `sh` says of a script, against dash and bash: each value is theirs, or unknown. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as fc from 'fast-check';

import { shellVariables } from '../../../src/model/erlang/flags/shell/script';
import { expectNone, sampleOf } from './sample';

const SLOW_MS = 120_000;
const RUNS = 1000;

/** `X` and `A` are in the environment, which the reader does not know. `E` is told to be unset. */
const NAMES = ['X', 'Y', 'Z', 'A', 'B', 'E'];
const ENVIRONMENT = { X: 'x0', A: 'a0 a1' };
const INCLUDED = 'Y="$Y i"\nZ=${Z:-inc}\n';

/** Nothing is printed for a script that ends the shell. */
const READER = `
while IFS= read -r file; do (
  . "$file" >/dev/null 2>&1 </dev/null
  printf '%s\\0' "$file" ${NAMES.map((name) => `"\${${name}+=}$${name}"`).join(' ')}
) || :
done`;

// `sh` of Debian is dash; others have bash there.
test.each([
  ['sh', []],
  ['bash', ['--norc']],
])(
  'each variable has the value that %s gives to it, or is unknown',
  (shell, options) => {
    const sample = sampleOf(scripts(), RUNS);
    const read = readBack(shell, options, sample.cases);
    let known = 0;
    const wrong = sample.cases.flatMap((script, index) => {
      const values = read.get(index);
      const variables = shellVariables(script, {
        unset: ['E'],
        included: (path) => (path === '/INCLUDED' ? INCLUDED : undefined),
      });
      return NAMES.flatMap((name) => {
        const found = variables.valueOf(name);
        if (found?.isKnown === true) known += 1;
        const value = values?.get(name);
        const before = Object.hasOwn(ENVIRONMENT, name) ? ENVIRONMENT[name as keyof typeof ENVIRONMENT] : undefined;
        const isRight =
          values === undefined ||
          (found === undefined ? value === before || value === undefined : agrees(found, value));
        return isRight ? [] : [{ script, name, found, value }];
      });
    });
    expectNone(sample, wrong);
    // A law that everything is unknown would say nothing.
    expect(known).toBeGreaterThan(RUNS / 4);
  },
  SLOW_MS,
);

function agrees({ text, isKnown }: { text: string; isKnown: boolean }, value: string | undefined): boolean {
  if (isKnown) return value === text;
  const literals = text
    .split(/\$(?:\{[^}]*\}|\(…\))/)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return new RegExp(`^${literals.join('[^]*')}$`).test(value ?? '');
}

/** The variables that are set after each script. */
function readBack(
  shell: string,
  options: readonly string[],
  scripts: readonly string[],
): ReadonlyMap<number, ReadonlyMap<string, string>> {
  const directory = mkdtempSync(join(tmpdir(), 'shell-scripts-'));
  try {
    writeFileSync(join(directory, 'included'), INCLUDED);
    const files = scripts.map((script, index) => {
      writeFileSync(join(directory, `script-${index}`), script.replaceAll('/INCLUDED', join(directory, 'included')));
      return `./script-${index}\n`;
    });
    const output = execFileSync(shell, [...options, '-c', READER], {
      input: files.join(''),
      encoding: 'utf8',
      cwd: directory,
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: '/home/of', ...ENVIRONMENT },
      stdio: ['pipe', 'pipe', 'ignore'],
      maxBuffer: 2 ** 30,
    });
    const fields = output.split('\0');
    const width = NAMES.length + 1;
    return new Map(
      Array.from({ length: Math.floor(fields.length / width) }, (_, row) => {
        const [file = '', ...values] = fields.slice(row * width, (row + 1) * width);
        const set = NAMES.flatMap((name, index) => {
          const value = values[index] ?? '';
          return value.startsWith('=') ? [[name, value.slice(1)] as const] : [];
        });
        return [Number(/\d+$/.exec(file)?.[0]), new Map(set)];
      }),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function scripts(): fc.Arbitrary<string> {
  const { line } = fc.letrec<{ value: string; line: string }>((tie) => ({
    value: fc
      .array(
        fc.oneof(
          { maxDepth: 3 },
          { arbitrary: characters(), weight: 3 },
          { arbitrary: quoted(), weight: 2 },
          { arbitrary: expansion(tie('value')), weight: 2 },
        ),
        { maxLength: 4 },
      )
      .map((all) => all.join('')),
    line: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { arbitrary: assignment(tie('value')), weight: 12 },
      { arbitrary: command(tie('value')), weight: 4 },
      { arbitrary: wild(), weight: 1 },
      { arbitrary: compound(tie('line')), weight: 2 },
    ),
  }));
  const end = fc.oneof(
    { arbitrary: fc.constantFrom('\n', '; '), weight: 8 },
    {
      arbitrary: fc.constantFrom(' && ', ' || ', ' & ', ' | ', ' # c "\n', '\r\n', ' \\\n', '\n\n', ' &&\n'),
      weight: 3,
    },
  );
  return fc.array(fc.tuple(line, end), { minLength: 1, maxLength: 5 }).map((lines) => lines.flat().join(''));
}

function name(): fc.Arbitrary<string> {
  return fc.constantFrom(...NAMES);
}

function characters(): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: fc.constantFrom(...'a -x 1 é = : , / ~ # * ? [a] {a,b} { ! % ^ @ +'.split(' ')), weight: 20 },
    {
      arbitrary: fc.constantFrom('\\ ', ...String.raw`\a \$ \" \\`.split(' '), '\\\n', '$', '\r', '\u00a0'),
      weight: 8,
    },
    { arbitrary: fc.constantFrom(' ', '\t', 'b c', ')', '(', '<', '>', '&', '|'), weight: 1 },
  );
}

function quoted(): fc.Arbitrary<string> {
  const text = fc.array(
    fc.constantFrom(
      ...String.raw`a $X \$ \a \\ # $ ~ ' *`.split(' '),
      ...['${Y}', '$(echo "q")', '`echo`', ' '],
      '\\\n',
      '\n',
    ),
    { maxLength: 4 },
  );
  return fc.oneof(
    { arbitrary: text.map((all) => `"${all.join('')}"`), weight: 8 },
    { arbitrary: text.map((all) => `'${all.join('').replaceAll("'", '')}'`), weight: 8 },
    { arbitrary: fc.constantFrom('""', "''"), weight: 4 },
    { arbitrary: fc.constantFrom('"', "'", "$'a'", '$"a"'), weight: 1 },
  );
}

function expansion(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const sign = fc.constantFrom(':-', '-', ':+', '+', ':=', '=', '%', '#', ':?');
  const otherwise = fc.tuple(name(), sign, value).map(([one, by, other]) => `\${${one}${by}${other}}`);
  return fc.oneof(
    name().map((one) => `$${one}`),
    name().map((one) => `"$${one}"`),
    name().map((one) => `\${${one}}`),
    otherwise,
    otherwise.map((one) => `"${one}"`),
    fc.constantFrom(
      '$(echo c)',
      '`echo d`',
      '$((1 + 2))',
      '$1',
      '${#X}',
      '$$',
      '$(case x in x) echo y;; esac)',
      '$[1]',
    ),
  );
}

function assignment(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const before = fc.constantFrom('', '', '', '', 'export ', ' ', 'Z=z ');
  return fc.tuple(before, name(), value).map(([start, one, other]) => `${start}${one}=${other}`);
}

function command(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const withValue = fc.constantFrom(':', 'echo', 'true', 'false', 'X=1 :', 'X=1 true', '! true', '[', 'cd /', 'time');
  const withName = fc.constantFrom('export', 'unset', 'read', 'X=2 export', 'unset -v');
  return fc.oneof(
    fc.tuple(withValue, value).map((all) => all.join(' ')),
    fc.tuple(withName, name()).map((all) => all.join(' ')),
    name().map((one) => `: "\${${one}:=d}"`),
    fc.constantFrom(
      '. /INCLUDED',
      'X=1 >file',
      'true >file',
      'true 2>&1',
      'set -- a',
      '"X"=q',
      'X\\=q',
      'exec',
      'return',
    ),
  );
}

/** Commands whose effect is not followed. */
function wild(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.tuple(fc.constantFrom('readonly', 'export -n', 'local', 'exit; :'), name()).map((all) => all.join(' ')),
    name().map((one) => `${one}+=p`),
    name().map((one) => `${one}=(a b)`),
    fc.constantFrom('. ./none', '. included', 'eval X=e', 'alias true=false', 'shift', 'set -e', 'X=1 </none'),
    fc.constantFrom('cat <<E\nX=h\nE', 'trap : EXIT', 'IFS=a'),
  );
}

function compound(line: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const shape = fc.constantFrom<(one: string, other: string) => string>(
    (one, other) => `if true; then ${one}\nelse ${other}\nfi`,
    (one, other) => `if ${one}; then\n${other}\nfi`,
    (one, other) => `case $A in\n  x) ${one};;\n  (a*|b) ${other} ;;\nesac`,
    (one, other) => `for X in 1 2; do ${one}; ${other}; done`,
    (one, other) => `f() {\n${one}\n${other}\n}`,
    (one, other) => `f() { ${one}; }\n${other}\nf`,
    (one, other) => `{ ${one}; ${other}; }`,
    (one, other) => `( ${one}; ${other} )`,
    (one, other) => `${one} && ${other}`,
    (one, other) => `while false; do ${one}; done; ${other}`,
    (one, other) => `[ -n "$A" ] && ${one}\n${other}`,
  );
  return fc.tuple(shape, line, line).map(([write, one, other]) => write(one, other));
}

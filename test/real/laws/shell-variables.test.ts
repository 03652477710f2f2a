import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as fc from 'fast-check';

import { writeShellVariable } from '../../../src/model/erlang/flags/shell-variable-writer';
import { collectedFlag, type VmFlag } from '../../../src/model/erlang/flags/vm-flags';
import { InvalidInput } from '../../../src/model/findings/finding';
import { expectNone, sampleOf } from './sample';

const SLOW_MS = 120_000;
const RUNS = 20_000;

/** What the scripts of servers do with such a variable: they source the file, turn file names off, and let the shell cut the words. */
const READER = `
set -f
while IFS= read -r file; do
  . "$file"
  unset IFS
  for word in $ARGS; do printf '%s\\n' "$word"; done
  printf '\\n'
done`;

// `sh` of Debian is dash; others have bash there.
describe.each([
  ['sh', []],
  ['bash', ['--norc']],
])('variables, as %s reads them,', (shell, options) => {
  test(
    'contain exactly the words that were written, or were refused',
    () => {
      const sample = sampleOf(anyFlags(), RUNS);
      const accepted = sample.cases.flatMap((flags) => {
        const text = tryWrite(flags);
        return text === undefined ? [] : [{ flags, text }];
      });
      // A law that everything is refused would say nothing.
      expect(accepted.length).toBeGreaterThan(RUNS / 4);
      const read = readBack(
        shell,
        options,
        accepted.map(({ text }) => text),
      );
      expectNone(
        sample,
        accepted.flatMap(({ flags, text }, index) => {
          const meant = flags.flatMap(({ name, values = [] }) => [`-${name}`, ...values]);
          return JSON.stringify(read[index]) === JSON.stringify(meant) ? [] : [{ text, meant, read: read[index] }];
        }),
      );
    },
    SLOW_MS,
  );
});

function tryWrite(flags: readonly VmFlag[]): string | undefined {
  try {
    return writeShellVariable('ARGS', flags);
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

/** The words of each text. No word has a line break in it, and none is empty. */
function readBack(shell: string, options: readonly string[], texts: readonly string[]): string[][] {
  const directory = mkdtempSync(join(tmpdir(), 'shell-variables-'));
  try {
    const files = texts.map((text, index) => {
      const file = join(directory, String(index));
      writeFileSync(file, text);
      return `${file}\n`;
    });
    const output = execFileSync(shell, [...options, '-c', READER], {
      input: files.join(''),
      encoding: 'utf8',
      // File names that a word could be taken for a pattern of.
      cwd: directory,
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
      maxBuffer: 2 ** 30,
    });
    return output
      .split('\n\n')
      .slice(0, -1)
      .map((words) => words.split('\n'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function anyFlags(): fc.Arbitrary<VmFlag[]> {
  const value = fc.oneof(
    { arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }), weight: 2 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 6 }), weight: 1 },
    { arbitrary: awkward(), weight: 5 },
  );
  const flag = fc.tuple(fc.stringMatching(/^[a-z]{1,4}$/), fc.array(value, { maxLength: 3 }));
  return fc.array(
    flag.map(([name, values]) => collectedFlag(name, ...values)),
    { minLength: 1, maxLength: 3 },
  );
}

/** Characters that a shell treats specially. */
function awkward(): fc.Arbitrary<string> {
  const pieces = [
    '"',
    "'",
    '\\',
    '#',
    '$',
    '`',
    '~',
    '*',
    '?',
    '[',
    ']',
    '{',
    '}',
    '!',
    ';',
    '&',
    '|',
    '<',
    '>',
    '(',
    ')',
    '%',
  ];
  const texts = [
    'a',
    '1',
    'é',
    '🦕',
    '\u00a0',
    '\ufeff',
    '$HOME',
    '${HOME}',
    '$(id)',
    '[0-9]',
    '[{buffer,65536}]',
    '\\n',
  ];
  const piece = fc.oneof(
    { arbitrary: fc.constantFrom(...pieces, ...texts), weight: 12 },
    { arbitrary: fc.constantFrom(' ', '\t', '\n', '-', '+', '\x01'), weight: 1 },
  );
  return fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
}

import * as fc from 'fast-check';

import { writeArgsFile } from '../../../src/model/erlang/flags/args-file-writer';
import { collectedFlag, type VmFlag } from '../../../src/model/erlang/flags/vm-flags';
import { InvalidInput } from '../../../src/model/findings/finding';
import { writeEexTemplate } from '../../../src/model/platforms/elixir-release/template-writer';
import { writeRelxTemplate } from '../../../src/model/platforms/relx-release/template-writer';
import { requires } from '../../support/programs/requires';
import { throughEex, throughRelx, withReleases } from '../../support/releases';
import { onEachReleaseTools } from '../../support/releases/blocks';
import { expectNone, sampleOf } from './sample';

const SLOW_MS = 180_000;
const RUNS = 2000;

/** What the variables of a template are in these tests; `UNSET` is not. */
const VARIABLES = { A: 'x', NODE: 'app@10.0.0.1', ODD: 'a&b "c" é🦕 $A {A}', EMPTY: '' };

requires('erl')('templates of `vm.args`, rendered by the real programs', () => {
  onEachReleaseTools('built', (tools) => {
    test(
      'by `mix release`, give the args file of the same flags',
      () =>
        withReleases(tools, 'elixir', async (sandbox) => {
          const sample = sampleOf(flagsWith(EEX_PIECES), RUNS);
          const accepted = sample.cases.flatMap((flags) => {
            const text = tryWrite(writeEexTemplate, flags);
            return text === undefined ? [] : [{ text, meant: writeArgsFile(flags) }];
          });
          expect(accepted.length).toBeGreaterThan(RUNS / 4);
          const made = await throughEex(
            sandbox,
            accepted.map(({ text }) => text),
          );
          expect(made).toHaveLength(accepted.length);
          expectNone(
            sample,
            accepted.flatMap((one, index) => (made[index] === one.meant ? [] : [{ ...one, made: made[index] }])),
          );
        }),
      SLOW_MS,
    );

    test(
      'by the start script of relx, have only their references replaced',
      () =>
        withReleases(tools, 'relx', async (sandbox) => {
          const sample = sampleOf(flagsWith(RELX_PIECES), RUNS);
          const accepted = sample.cases.flatMap((flags) => tryWrite(writeRelxTemplate, flags) ?? []);
          expect(accepted.length).toBeGreaterThan(RUNS / 4);
          expect(accepted.filter((text) => text.includes('${')).length).toBeGreaterThan(RUNS / 20);
          // One process reads them all: the script works line by line.
          const { status, text } = await throughRelx(sandbox, accepted.join(MARK), VARIABLES);
          expect(status).toBe(0);
          const made = text.split(MARK);
          expect(made).toHaveLength(accepted.length);
          expectNone(
            sample,
            accepted.flatMap((template, index) =>
              made[index] === expanded(template) ? [] : [{ template, made: made[index] }],
            ),
          );
        }),
      SLOW_MS,
    );

    test.each([
      ['${}', 'is replaced, or stops awk'],
      ['${A-b}', 'is a variable of another name'],
      ['${A b}', 'is a variable of another name'],
    ])(
      'would be changed by the script if they contained what is refused: %s %s',
      (value) =>
        withReleases(tools, 'relx', async (sandbox) => {
          expect(() => writeRelxTemplate([collectedFlag('x', value)])).toThrow(InvalidInput);
          const { text } = await throughRelx(sandbox, `-x "${value}"\n`, {}, HANG_MS);
          expect(text).not.toBe(`-x "${value}"\n`);
        }),
      SLOW_MS,
    );

    test(
      'are refused with a default that makes the script run forever',
      () =>
        withReleases(tools, 'relx', async (sandbox) => {
          const value = '${UNSET:-a+b}';
          expect(() => writeRelxTemplate([collectedFlag('x', value)])).toThrow(InvalidInput);
          expect(await throughRelx(sandbox, `-x "${value}"\n`, {}, HANG_MS)).toMatchObject({ status: null });
        }),
      SLOW_MS,
    );
  });
});

/** The script needs a third of a second where it comes to an end. */
const HANG_MS = 3000;

/** A line that no flag is written as. */
const MARK = '\n## mark\n';

/** What the script is meant to make of a template. */
function expanded(template: string): string {
  return template.replaceAll(/\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g, (_, name: string, fallback = '') => {
    const value = (VARIABLES as Readonly<Record<string, string>>)[name] ?? '';
    return value === '' ? (fallback as string) : value;
  });
}

function tryWrite(write: (flags: readonly VmFlag[]) => string, flags: readonly VmFlag[]): string | undefined {
  try {
    return write(flags);
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

const COMMON_PIECES = [
  '"',
  "'",
  '\\',
  '#',
  ' ',
  '\t',
  '\n',
  '\r',
  '$',
  '{',
  '}',
  '&',
  '%',
  '=',
  'a',
  'é',
  '🦕',
  '\u00a0',
  '\ufeff',
];
const EEX_PIECES = [
  ...COMMON_PIECES,
  '<',
  '>',
  '<%',
  '%>',
  '<%%',
  '%%>',
  '<%=',
  '<%#',
  '<%!--',
  '--%>',
  '<%|',
  'do',
  'end',
  '#{',
];
const RELX_PIECES = [...COMMON_PIECES, '${', '$$', '${A}', '${NODE}', '${ODD}', '${UNSET}', '${EMPTY}', ...defaults()];

function defaults(): string[] {
  return ['${UNSET:-a.b:c/d@e-f}', '${EMPTY:-0}', '${NODE:-n@h.x}', '${UNSET:-}'];
}

/** Flags whose values are made of these pieces, and of any characters. */
function flagsWith(pieces: readonly string[]): fc.Arbitrary<VmFlag[]> {
  const made = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''));
  const value = fc.oneof(
    { arbitrary: made, weight: 5 },
    { arbitrary: fc.string({ unit: 'grapheme', maxLength: 10 }), weight: 1 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 10 }), weight: 1 },
  );
  const flag = fc.tuple(fc.stringMatching(/^x_[0-9A-Za-z_]{0,6}$/), fc.array(value, { maxLength: 6 }));
  return fc.array(
    flag.map(([name, values]) => collectedFlag(name, ...values)),
    { minLength: 1, maxLength: 4 },
  );
}

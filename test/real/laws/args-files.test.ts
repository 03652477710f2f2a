import * as fc from 'fast-check';

import { groupFlags, readArgsFile } from '../../../src/model/erlang/flags/args-file-reader';
import { writeArgsFile } from '../../../src/model/erlang/flags/args-file-writer';
import { collectedFlag, type VmFlag } from '../../../src/model/erlang/flags/vm-flags';
import { InvalidInput } from '../../../src/model/findings/finding';
import { type ReadBack, readBackArgsFiles } from '../../support/erlang';
import { onEachRuntime } from '../../support/erlang/blocks';
import { requires } from '../../support/programs/requires';
import { expectNone, type Sample, sampleOf } from './sample';

const SLOW_MS = 180_000;

/** Lists of flags that are written; each that is accepted goes to every release. */
const LISTS = 20_000;
/** Files as they come, that are read on both sides. */
const FILES = 5_000;

requires('erl')('argument files that `erl` itself reads', () => {
  let lists: Sample<VmFlag[]>;
  let written: readonly Written[];
  let files: Sample<string>;

  beforeAll(() => {
    lists = sampleOf(anyFlags(), LISTS);
    written = lists.cases.map((flags) => ({ flags, text: tryWrite(flags) }));
    files = sampleOf(anyFile(), FILES);
  }, SLOW_MS);

  test('accept most lists, and refuse none that a file can hold', () => {
    // A law that everything is refused would say nothing.
    expect(written.filter(isAccepted).length).toBeGreaterThan(LISTS / 2);
    expectNone(
      lists,
      written.filter((one) => !isAccepted(one) && !one.flags.some(hasUnwritableValue)),
    );
  });

  onEachRuntime('by `-args_file`', (runtime) => {
    test(
      'are returned by init:get_arguments/0 exactly as written, or were refused',
      async () => {
        const accepted = written.filter(isAccepted);
        const read = await readBackArgsFiles(
          runtime,
          accepted.map(({ text }) => text),
        );
        expect(read).toHaveLength(accepted.length);
        expectNone(
          lists,
          accepted.flatMap(({ flags, text }, index) => {
            const meant = flags.map(({ name, values }) => [name, values]);
            return isSame(read[index], meant) ? [] : [{ text, meant, read: read[index] }];
          }),
        );
      },
      SLOW_MS,
    );

    test(
      'are read by the library as by `erl`, with closed quotes or open ones',
      async () => {
        const read = await readBackArgsFiles(runtime, files.cases);
        expectNone(
          files,
          files.cases.flatMap((text, index) => {
            const ours = groupFlags(readArgsFile(text)).map(({ name, values }) => [name, values]);
            return isSame(read[index], ours) ? [] : [{ text, ours, read: read[index] }];
          }),
        );
      },
      SLOW_MS,
    );
  });
});

/** What became of one list: the text of its file, or nothing where it was refused. */
interface Written {
  readonly flags: readonly VmFlag[];
  readonly text: string | undefined;
}

function isAccepted(one: Written): one is Written & { readonly text: string } {
  return one.text !== undefined;
}

/** A value that is a flag to the VM whatever its quotes, or that has no bytes in a file that a NUL ends. */
function hasUnwritableValue({ values = [] }: VmFlag): boolean {
  return values.some((value) => /^[-+]/.test(value) || /[\0\ud800-\udfff]/u.test(value));
}

function isSame(read: ReadBack | undefined, flags: readonly unknown[]): boolean {
  return read?.ok === true && JSON.stringify(read.flags) === JSON.stringify(flags);
}

function tryWrite(flags: readonly VmFlag[]): string | undefined {
  try {
    return writeArgsFile(flags);
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

/** Names that mean nothing to `erl`, so that the machine boots whatever follows. */
const flagName = (): fc.Arbitrary<string> => fc.stringMatching(/^x_[0-9A-Za-z_]{0,6}$/);

function anyFlags(): fc.Arbitrary<VmFlag[]> {
  const value = fc.oneof(
    { arbitrary: fc.string({ unit: 'grapheme', maxLength: 10 }), weight: 3 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 10 }), weight: 2 },
    { arbitrary: fc.string({ unit: halfOrWhole(), maxLength: 4 }), weight: 1 },
    { arbitrary: awkward(8), weight: 4 },
  );
  const flag = fc.tuple(flagName(), fc.array(value, { maxLength: 6 }));
  return fc.array(
    // Terraform would compose them, so the writer takes composed values only.
    flag.map(([name, values]) => collectedFlag(name, ...values.map((one) => one.normalize('NFC')))),
    { minLength: 1, maxLength: 4 },
  );
}

/** Half of a UTF-16 pair has no UTF-8 form. */
const halfOrWhole = (): fc.Arbitrary<string> => fc.constantFrom('\ud83e', '\udd95', '🦕', 'a');

/** Characters that the lexer of `erlexec` or other lexers treat specially. */
function awkward(maxLength: number): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    ...[
      '"',
      "'",
      '\\',
      '#',
      ' ',
      '\t',
      '\n',
      '\r',
      '\v',
      '\f',
      '\u00a0',
      '-',
      '+',
      '$',
      '`',
      '~',
      '*',
      '[',
      '{',
      '%',
      '!',
      ';',
      '&',
      '=',
    ],
    ...['a', 'é', '🦕', '\ufeff', '\x01', '\x7f', '$HOME', '--', '\\\n', '[{buffer,65536}]'],
  );
  return fc.array(piece, { maxLength }).map((pieces) => pieces.join(''));
}

/** A file with unusual syntax. It begins with a flag, and none of its flags is one that the VM itself uses. */
function anyFile(): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { arbitrary: awkward(4).map((text) => text.replace(/[-+]/g, '')), weight: 3 },
    { arbitrary: flagName().map((name) => ` -${name} `), weight: 1 },
    {
      arbitrary: fc.constantFrom('# -comment "\n', ' "quoted -x" ', " '#' ", ' \\- ', '""', "''", '\0rest'),
      weight: 2,
    },
  );
  return fc.array(piece, { maxLength: 8 }).map((pieces) => `-x_first ${pieces.join('')}`);
}

import { groupFlags, readArgsFile } from '../../../src/model/erlang/flags/args-file-reader';
import { writeArgsFile } from '../../../src/model/erlang/flags/args-file-writer';
import { vmFlag } from '../../../src/model/erlang/flags/vm-flags';

describe('writing', () => {
  test.each([
    [vmFlag('proto_dist', 'inet_tls'), '-proto_dist inet_tls\n'],
    [vmFlag('x'), '-x\n'],
    [vmFlag('x', ''), '-x ""\n'],
    [vmFlag('x', 'a b'), '-x "a b"\n'],
    [vmFlag('x', '"a"'), `-x '"a"'\n`],
    [vmFlag('x', `'"`), `-x "'"'"'""\n`],
    [vmFlag('x', 'a#b'), '-x "a#b"\n'],
    [vmFlag('x', 'a\\b'), '-x "a\\b"\n'],
    [vmFlag('kernel', 'k', '[{buffer,65536}]'), '-kernel k [{buffer,65536}]\n'],
    [vmFlag('o', '1', '2', '3', '4', '5'), '-o 1 2\n    3 4\n    5\n'],
  ])('%j', (flag, written) => {
    expect(writeArgsFile([flag])).toBe(written);
  });
});

describe('reading', () => {
  test.each([
    ['-a b\n-c', ['-a', 'b', '-c']],
    ['a#b c\nd', ['a', 'd']],
    ['# whole line\n a', ['a']],
    ['"a b"c\'d e\'', ['a bcd e']],
    ['a\\ b \\# \\', ['a b', '#', '']],
    ['"a\\"', ['a\\']],
    ['""', ['']],
    ['"open to\nthe end', ['open to\nthe end']],
    ['a\0b', ['a']],
    ['a\r\nb\u00a0c', ['a', 'b\u00a0c']],
  ])('%j', (source, words) => {
    expect(readArgsFile(source)).toEqual(words);
  });

  test('a word with a dash begins a flag', () => {
    expect(groupFlags(['lost', '-a', '1', '--', '-b'])).toEqual([
      { name: 'a', values: ['1'] },
      { name: '-', values: [] },
      { name: 'b', values: [] },
    ]);
  });
});

/** Words behind `-application parameter`, by what the library makes of them, and the releases that take those that it does not know. */
import type { TermLikeness } from '../../../src/model/erlang/terms/term-likeness';

const TERMS = [
  ...[
    '30',
    '[-1]',
    '[- 1]',
    '16#ff',
    '1_000',
    '1.5',
    '[-1.5]',
    '1.0e3',
    '1.0e-3',
    '{1.0,[2.5]}',
    '$a',
    String.raw`$\x{41}`,
  ],
  ...['info', 'true', 'a@b', "'a b'", "'1.5'", '"*@127.0.0.1"', '"a" "b"', '"1.5|"', '{127,0,0,1}', '[{buffer,65536}]'],
  ...['{file,"/x"}', '#{a=>1}', '<<>>', '<<"a"/utf8>>', '<<"a","b">>', '<<-1>>', 'fun foo:bar/1', 'foo %x', '""'],
];

const NO_TERMS = [
  ...['', '%', '*@127.0.0.1', '127.0.0.1', '{127.0.0.1}', '1.2.3', '.5', '5.', '1.', '1.0.', 'v1.0', 'foo.', 'true.'],
  ...[
    '/etc/foo',
    'etc/foo',
    '{file,/x}',
    'a@b.example.com',
    'a.b',
    'a-b',
    'a:b',
    'a b',
    'a=b',
    '10s',
    '1a',
    '1e3',
    '1__0',
  ],
  ...[
    'Foo',
    '_',
    '[X]',
    '?M',
    'if',
    'not true',
    'catch 1',
    'begin 1 end',
    'foo,bar',
    'foo;',
    '1+1',
    '1 + 1',
    '"a"++"b"',
  ],
  ...['foo()', 'foo:bar()', 'fun foo/1', 'fun() -> ok end', '#{a:=1}', '#rec{}', '<0.1.0>', '[- - 1]', '37#z', '16#fg'],
  ...['{a,b,}', '[a,]', '[{buffer,65536}', '$', "'a", '"a', String.raw`\"a\"`, String.raw`"\x{110000}"`, `"a"'b'`],
];

/** Only some releases take them, or the reader of terms does not read them. */
const UNKNOWN: readonly (readonly [word: string, takenBy: readonly number[]])[] = [
  ...['{+1}', '[+1]', '(1)', '[a|b]', '[a,b|c]', '<<1:8>>', '<<1:8/little>>'].map(
    (word) => [word, [25, 27, 29]] as const,
  ),
  ...['"a""b"', '"""a"""', 'maybe', 'else'].map((word) => [word, [25]] as const),
  ...['~"abc"', '~s[abc]'].map((word) => [word, [27, 29]] as const),
  ['2#1.1', [29]],
  ...['[1||a]', '[1|2|3]', '{{', '{{name'].map((word) => [word, []] as const),
];

export interface ParameterWord {
  readonly word: string;
  readonly likeness: TermLikeness;
  /** Of OTP 25, 27 and 29. */
  readonly takenBy: readonly number[];
}

export const PARAMETER_WORDS: readonly ParameterWord[] = [
  ...TERMS.map((word) => ({ word, likeness: 'term', takenBy: [25, 27, 29] }) as const),
  ...NO_TERMS.map((word) => ({ word, likeness: 'no term', takenBy: [] }) as const),
  ...UNKNOWN.map(([word, takenBy]) => ({ word, likeness: 'unknown', takenBy }) as const),
];

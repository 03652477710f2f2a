import { atom, binary, externalFun, integer, list, map, text, tuple } from '../../../../src/model/erlang/terms/term';
import { readTerm } from '../../../../src/model/erlang/terms/term-reader';
import { writeTerm } from '../../../../src/model/erlang/terms/term-writer';

test.each([
  ['a.', atom('a')],
  ["'fun'.", atom('fun')],
  ['"a" "b".', text('ab')],
  ['"\\x{1f995}\\n\\101\\^A".', text('🦕\nA\x01')],
  ['16#ff.', integer(255)],
  ['1_000.', integer(1000)],
  ['$a.', integer(97)],
  ['$\\n.', integer(10)],
  ['-3.', integer(-3)],
  ['<<"ab",7>>.', binary([97, 98, 7])],
  ['<<"\u00e9"/utf8,7>>.', binary([0xc3, 0xa9, 7])],
  ['#{a => 1}.', map([[atom('a'), integer(1)]])],
  ['{fun m:f/3,[]}.', tuple(externalFun('m', 'f', 3), list([]))],
  ['% comment\n[a, % another\n b].\n% the end', list([atom('a'), atom('b')])],
])('%j', (source, term) => {
  expect(readTerm(source)).toEqual(term);
});

test('a long binary is read', () => {
  expect(readTerm(`<<"${'a'.repeat(500_000)}">>.`)).toMatchObject({ bytes: { length: 500_000 } });
});

test.each([
  ['', 'line 1: there is no final dot'],
  ['[a]', 'line 1: there is no final dot'],
  ['a. b.', 'line 1: there is more than one term'],
  ['a b.', 'line 1: there is more than one term before the final dot'],
  ['[a,\n{b]}.', 'line 2: } is missing'],
  ['"open', 'line 1: a " is not closed'],
  ['os:cmd("id").', 'line 1: a function call is not a literal term'],
  ['f().', 'line 1: a function call is not a literal term'],
  ['Variable.', 'line 1: a literal term cannot contain "V" here'],
  ['# hash.', 'line 1: '],
  ['[a|b].', 'line 1: a literal term cannot contain "|" here'],
  ['<<"a"/utf16>>.', 'line 1: in a binary, the only type that may be given is utf8, after a string'],
  ['37#1.', 'line 1: an integer in base 37 is malformed or too long'],
  ['2#2.', 'line 1: an integer in base 2 is malformed or too long'],
  [`${'9'.repeat(1001)}.`, 'line 1: an integer in base 10 is malformed or too long'],
])('%j is refused: %s', (source, reason) => {
  expect(() => readTerm(source)).toThrow(`term-unreadable: Erlang term is not a literal Erlang term (${reason}`);
});

/** As arguments of a function, they would be too many. */
test('a large term is read whole', () => {
  const many = 300_000;
  const elements = Array<string>(many).fill('1').join();
  expect(readTerm(`{${elements}}.`)).toHaveProperty('elements.length', many);
  const bytes = readTerm(`<<${elements}>>.`);
  expect(writeTerm(bytes)).toHaveLength('<<"">>'.length + many * '\\x{1}'.length);
});

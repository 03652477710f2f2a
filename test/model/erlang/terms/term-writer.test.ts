import {
  atom,
  binary,
  externalFun,
  integer,
  list,
  map,
  pathTerm,
  text,
  tuple,
} from '../../../../src/model/erlang/terms/term';
import { writeTerm } from '../../../../src/model/erlang/terms/term-writer';

test.each([
  [atom('verify_peer'), 'verify_peer'],
  [atom('tlsv1.3'), "'tlsv1.3'"],
  [atom('rabbit-1@h'), "'rabbit-1@h'"],
  [atom('maybe'), "'maybe'"],
  [atom("it's"), "'it\\'s'"],
  [atom(''), "''"],
  [integer(-5n), '-5'],
  [text('a "b" \\ c'), '"a \\"b\\" \\\\ c"'],
  [text('é\n🦕'), '"\\x{e9}\\x{a}\\x{1f995}"'],
  [text(''), '[]'],
  [binary([0x63, 0xc3, 0xa9]), '<<"c\\x{c3}\\x{a9}">>'],
  [binary([]), '<<>>'],
  [tuple(), '{}'],
  [tuple(atom('a'), integer(1)), '{a,1}'],
  [list([atom('a'), list([])]), '[a,[]]'],
  [map([[atom('k'), integer(1)]]), '#{k => 1}'],
  [externalFun('inet_tls_dist', 'verify_client', 3), 'fun inet_tls_dist:verify_client/3'],
])('%j', (term, written) => {
  expect(writeTerm(term)).toBe(written);
});

test('a list of tuples is aligned below its first tuple', () => {
  const inner = list([tuple(atom('b'), integer(1)), tuple(atom('c'), integer(2))]);
  expect(writeTerm(list([tuple(atom('a'), inner), tuple(atom('d'), integer(3))]))).toBe(
    ['[{a,[{b,1},', '     {c,2}]},', ' {d,3}]'].join('\n'),
  );
});

test('an ASCII path is a string, any other path the binary of its UTF-8', () => {
  expect(writeTerm(pathTerm('/etc/tls'))).toBe('"/etc/tls"');
  expect(writeTerm(pathTerm('/café'))).toBe('<<"/caf\\x{c3}\\x{a9}">>');
});

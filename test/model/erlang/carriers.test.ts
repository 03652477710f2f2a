import { writeShellVariable } from '../../../src/model/erlang/flags/shell-variable-writer';
import { vmFlag } from '../../../src/model/erlang/flags/vm-flags';
import { writeEexTemplate } from '../../../src/model/platforms/elixir-release/template-writer';
import { writeRelxTemplate } from '../../../src/model/platforms/relx-release/template-writer';

test.each([
  [['a', '[{buffer,65536}]'], "X='-f a [{buffer,65536}]'\n"],
  [["a'b"], "X='-f a'\\''b'\n"],
  [['$HOME', '`id`', '"', '\\'], "X='-f $HOME `id` \" \\'\n"],
  [[], "X='-f'\n"],
])('a shell variable holds the values %j as %j', (values, text) =>
  expect(writeShellVariable('X', [vmFlag('f', ...values)])).toBe(text),
);

test.each([' ', '', 'a b', 'a\tb', 'a\nb', '\0', '\x7f', '\ud83e'])('a shell variable refuses %j', (value) =>
  expect(() => writeShellVariable('X', [vmFlag('f', value)])).toThrow(/^value-unwritable-in-shell-variable: /),
);

test.each([
  ['<%= 1 %>', '-f "<%%= 1 %>"\n'],
  ['<%%', '-f "<%%%"\n'],
  ['<', '-f "<"\n'],
])('in an EEx template, %j is %j', (value, text) => expect(writeEexTemplate([vmFlag('f', value)])).toBe(text));

test.each(['${NAME}', '${NAME:-a@b.c}', '$NAME', '{}', '$', 'a${A}b${B}c'])('a relx template keeps %j', (value) =>
  expect(writeRelxTemplate([vmFlag('f', value)])).toContain(value),
);

test.each(['${', '${}', '${A', '${A-b}', '${A:-b c}', '${A:-${B}}', '${1}', '${A}${'])(
  'a relx template cannot hold %j',
  (value) => expect(() => writeRelxTemplate([vmFlag('f', value)])).toThrow(/^relx-reference-illegal: /),
);

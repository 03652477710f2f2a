import {
  canDial,
  dialsWith,
  isNoTlsValue,
  listensWith,
  noTlsExpression,
  noTlsValue,
} from '../../../../src/model/platforms/couchdb/no-tls';

describe('one value of no_tls', () => {
  test.each([
    ['true', 'a@h.test', true],
    ['false', 'a@h.test', false],
    ['a@h.test', 'a@h.test', true],
    ['"a@h.test"', 'a@h.test', true],
    ['"a@h.test"', 'a@hxtest', true], // An unbracketed dot is any character.
    ['"a@h[.]test"', 'a@hxtest', false],
    ['"a@h[.]test"', 'ba@h.test', false],
    ['"a@h[.]test"', 'a@h.test2', false],
    ['"a@*"', 'a@', true],
    ['"a?@h"', 'a@h', false],
    ['"a?@h"', 'a1@h', true],
    ['"true"', 'a@h', false],
    ['"true"', 'true', true],
    [`"'a@h'"`, 'a@h', false], // Only double quotes come off.
    ['"a@h" ', 'a@h', false],
  ])('%s matches %s: %s', (value, name, isPlain) => {
    expect(new RegExp(noTlsExpression(value), 'u').test(name)).toBe(isPlain);
  });

  test.each([
    ['"*@*.x.test"', true],
    ['"(a|b)@h"', true],
    ['"["', false],
    ['(a+)+b', false],
    [`${'*a'.repeat(30)}b`, false],
  ])('%s can be evaluated: %s', (value, isJudged) => {
    expect(isNoTlsValue(value)).toBe(isJudged);
  });

  test('is a pattern with bracketed dots', () => {
    expect(noTlsValue('c@*.search-?.test')).toBe('"c@*[.]search-?[.]test"');
  });
});

describe('a node', () => {
  const first = { name: 'a@1.test', exceptions: ['"b@2[.]test"'] };
  const second = { name: 'b@2.test', exceptions: ['false'] };

  test('listens according to its own name', () => {
    expect([listensWith(first), listensWith(second)]).toEqual(['tls', 'tls']);
    expect(listensWith({ ...second, exceptions: first.exceptions })).toBe('tcp');
  });

  test('connects according to the name of the other node', () => {
    expect([dialsWith(first, second.name), dialsWith(second, first.name)]).toEqual(['tcp', 'tls']);
  });

  test('uses TLS if it has no value', () => {
    expect([listensWith({ ...first, exceptions: [] }), dialsWith({ ...first, exceptions: [] }, second.name)]).toEqual([
      'tls',
      'tls',
    ]);
  });

  test('reaches another node if both evaluate the name of that node alike', () => {
    expect([canDial(first, second), canDial(second, first)]).toEqual([false, true]);
    expect([canDial(first, { ...second, exceptions: first.exceptions })]).toEqual([true]);
  });

  test.each([
    [['"x@h"', 'true'], 'tcp'],
    [['false', '"b@2[.]test"'], 'tcp'],
    [['false', 'false'], 'tls'],
  ])('uses plain text if any value matches: %j', (exceptions, transport) => {
    expect(listensWith({ ...second, exceptions })).toBe(transport);
  });
});

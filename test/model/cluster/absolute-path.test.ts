import { absolutePath } from '../../../src/model/cluster/absolute-path';

test.each(['/etc/tls', '/a b/é', "/it's/${x}"])('%s is accepted', (path) => {
  expect(absolutePath('path', path)).toBe(path);
});

test.each([
  ['', 'path-not-absolute'],
  ['etc', 'path-not-absolute'],
  ['~/tls', 'path-not-absolute'],
  ['/', 'path-not-normalized'],
  ['/etc/', 'path-not-normalized'],
  ['//etc', 'path-not-normalized'],
  ['/etc/./tls', 'path-not-normalized'],
  ['/etc/..', 'path-not-normalized'],
  ['/a\tb', 'path-with-control-character'],
  ['/a\ud83e', 'path-with-control-character'],
])('%j is refused: %s', (path, code) => {
  expect(() => absolutePath('installDirectory', path)).toThrow(`${code}: installDirectory ${JSON.stringify(path)} `);
});

test('control characters are shown as numbers in messages', () => {
  expect(() => absolutePath('directory', '/a\x7f')).toThrow('path-with-control-character: directory "/a\\u007f" ');
});

test.each(['/cafe\u0301', '/\u212b'])('%j is refused, because Terraform would write another path', (path) => {
  expect(() => absolutePath('directory', path)).toThrow('text-changed-by-terraform: directory ');
});

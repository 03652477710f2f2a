import { deferredNodeName, isShortName, parseNodeName } from '../../../src/model/cluster/node-name';

test.each([
  ['couchdb@db1.example.com', 'couchdb', 'dns', 'db1.example.com'],
  ['rabbit-1@host', 'rabbit-1', 'dns', 'host'],
  ['_a@under_score.example.com', '_a', 'dns', 'under_score.example.com'],
  ['1@xn--bcher-kva.example', '1', 'dns', 'xn--bcher-kva.example'],
  ['a@10.0.0.1', 'a', 'ipv4', '10.0.0.1'],
  ['a@::1', 'a', 'ipv6', '::1'],
  ['a@2001:db8::ffff:10.0.0.1', 'a', 'ipv6', '2001:db8::ffff:10.0.0.1'],
] as const)('%s is read into its parts', (text, name, kind, host) => {
  expect(parseNodeName(text)).toEqual({ name, host: { kind, text: host }, text });
});

test.each([
  ['couchdb', 'node-name-without-host'],
  ['couchdb@', 'node-name-without-host'],
  ['', 'node-name-without-host'],
  ['@h', 'node-name-illegal-name'],
  ['a.b@h', 'node-name-illegal-name'],
  ['é@h', 'node-name-illegal-name'],
  ['-a@h', 'node-name-illegal-name'],
  ['a\n@h', 'node-name-illegal-name'],
  ['a@b@c', 'node-name-illegal-host'],
  ['a@h.', 'node-name-illegal-host'],
  ['a@-h', 'node-name-illegal-host'],
  ['a@h..x', 'node-name-illegal-host'],
  ['a@bücher.example', 'node-name-illegal-host'],
  ['a@${x}', 'node-name-illegal-host'],
  [`a@${'x'.repeat(64)}`, 'node-name-illegal-host'],
  ['a@[::1]', 'node-name-illegal-host'],
  ['a@fe80::1%lo', 'node-name-illegal-host'],
  ['a@10.0.0', 'node-name-not-an-address'],
  ['a@010.0.0.1', 'node-name-not-an-address'],
  [`a@${'x.'.repeat(127)}`, 'node-name-too-long'],
] as const)('%j is refused: %s', (text, code) => {
  expect(() => parseNodeName(text)).toThrow(`${code}: `);
});

test('a host that only Terraform knows is accepted unread', () => {
  expect(deferredNodeName('a@${late}').host).toEqual({ kind: 'deferred', text: '${late}' });
  expect(() => deferredNodeName('a.b@${late}')).toThrow('node-name-illegal-name: ');
});

test.each([
  ['a@host', true],
  ['a@host.example.com', false],
  ['a@10.0.0.1', false],
  ['a@::1', false],
])('%s is a short name: %j', (text, isShort) => {
  expect(isShortName(parseNodeName(text))).toBe(isShort);
});

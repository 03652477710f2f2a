import type { FlagUse } from '../../../../src/model/erlang/flags/flag-use';
import { protoDistFlag } from '../../../../src/model/erlang/flags/node-flags';
import { protocolFindings } from '../../../../src/model/rules/flags/protocol';

const PLAIN_TEXT = ['inet_tcp', 'inet6_tcp', 'gen_tcp'];
const OTHERS = ['inet_tls', 'inet6_tls', 'couch', 'inet_tsl', 'tcp_tls'];

function isPlainInFiles(name: string): boolean {
  const use: FlagUse = { name: 'proto_dist', values: [name], carrier: 'vm.args' };
  return protocolFindings('a@h.test', [use], false).some(({ code }) => code === 'proto-dist-plain-text');
}

test.each(PLAIN_TEXT)('%s is plain text in a declaration and on a node', (name) => {
  expect(() => protoDistFlag(name)).toThrow(/^proto-dist-plain-text: /);
  expect(isPlainInFiles(name)).toBe(true);
});

test.each(OTHERS)('%s is no protocol in plain text', (name) => {
  expect(protoDistFlag(name).values).toEqual([name]);
  expect(isPlainInFiles(name)).toBe(false);
});

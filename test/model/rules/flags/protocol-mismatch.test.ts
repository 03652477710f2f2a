import { Platform } from 'cdktf-erlang-tls';

import { describe as textOf } from '../../../../src/model/findings/finding';
import type { Member } from '../../../../src/model/observed/terraform/member';
import { plannedSituation } from '../../../../src/model/observed/terraform/planned-situation';
import { protocolFindings } from '../../../../src/model/rules/flags/protocol-mismatch';
import { cluster, found } from '../../../support/plans/judged-plan';

function memberWith(vmArgs: string): Member {
  const bootFiles = new Map([['vm.args', vmArgs]]);
  return { certificate: 'x', issuer: 'ca', isServer: true, trusts: new Set(['ca']), bootFiles };
}

function foundAmong(
  ...members: readonly { readonly name: string; readonly before?: Member; readonly after: Member }[]
): string[] {
  return protocolFindings(plannedSituation(members, new Map())).map(textOf);
}

const PLAIN = memberWith('-name a');
const IPV4 = memberWith('-proto_dist inet_tls');
const IPV6 = memberWith('-proto_dist inet6_tls');
const COUCH = memberWith('-proto_dist couch');
const STAYS = { name: 'a@h1.x.test', before: IPV4, after: IPV4 };

test('a node that joins needs the protocol of the nodes that stay', () => {
  expect(foundAmong(STAYS, { name: 'a@h2.x.test', after: IPV4 })).toEqual([]);
  expect(foundAmong(STAYS, { name: 'a@h2.x.test', after: IPV6 })).toEqual([
    expect.stringMatching(
      /^protocol-mismatch: -proto_dist of a@h1\.x\.test "inet_tls" differs from that of another node \(a@h2\.x\.test with new files: inet6_tls\)/,
    ),
  ]);
});

test('nodes that change their protocol meet nodes that have not changed it yet', () => {
  const changes = ['a@h1.x.test', 'a@h2.x.test'].map((name) => ({ name, before: IPV4, after: IPV6 }));
  expect(foundAmong(...changes)).toEqual([
    expect.stringMatching(
      /^protocol-mismatch: -proto_dist of a@h1\.x\.test, a@h2\.x\.test with old files "inet_tls".*\(a@h1\.x\.test, a@h2\.x\.test with new files: inet6_tls\)/,
    ),
  ]);
});

test('a node that had no protocol for TLS had plain text', () => {
  expect(foundAmong(STAYS, { name: 'a@h2.x.test', before: PLAIN, after: IPV4 })).toEqual([
    expect.stringMatching(/"inet_tls" differs .*\(a@h2\.x\.test with old files: none\)/),
  ]);
  expect(foundAmong(STAYS, { name: 'a@h2.x.test', before: PLAIN, after: PLAIN })).toEqual([]);
});

test('tools without the flag may get it from their command', () => {
  const tools = (member: Member): Member => ({ ...member, isServer: false });
  const change = { name: 'tools', before: tools(PLAIN), after: tools(IPV4) };
  expect(foundAmong(STAYS, change)).toEqual([]);
});

test('a protocol with exceptions from TLS and the one that it builds on understand each other', () => {
  expect(foundAmong(STAYS, { name: 'a@h2.x.test', before: COUCH, after: IPV4 })).toEqual([]);
});

test('a single node has no other node to connect to', () => {
  expect(foundAmong({ name: 'a@h1.x.test', before: IPV4, after: IPV6 })).toEqual([]);
});

test('the protocol in a relx template with a variable of its environment is found', () => {
  const flags = [{ name: 'setcookie', values: ['${NODE_COOKIE}'] }];
  const before = Platform.relxRelease({ template: true });
  const after = Platform.relxRelease({ template: true, protoDist: 'inet6_tls' });
  expect(found(cluster({ platform: before, flags }), cluster({ platform: after, flags }))).toContainEqual(
    expect.stringMatching(
      /^protocol-mismatch: -proto_dist of a@h1\.x\.test, a@h2\.x\.test with old files "inet_tls" differs/,
    ),
  );
});

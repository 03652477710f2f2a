import { writeArgsFile } from '../../../../src/model/erlang/flags/args-file-writer';
import { describe as textOf } from '../../../../src/model/findings/finding';
import type { Member } from '../../../../src/model/observed/terraform/member';
import { plannedSituation } from '../../../../src/model/observed/terraform/planned-situation';
import { couchDb } from '../../../../src/model/platforms/couchdb';
import { plainTextPartitionFindings } from '../../../../src/model/rules/flags/plain-text-partition';

const NODES = ['a@h1.x.test', 'b@h2.x.test', 'c@h3.x.test'];

function memberWith(unsafePlainTextMembers: string[]): Member {
  const { flags = [] } = couchDb({ unsafePlainTextMembers });
  return memberWithFlags(writeArgsFile([{ name: 'proto_dist', values: ['couch'] }, ...flags]));
}

function memberWithFlags(vmArgs: string): Member {
  return {
    certificate: 'x',
    issuer: 'ca',
    isServer: true,
    trusts: new Set(['ca']),
    bootFiles: new Map([
      ['couch_dist.conf', '[].'],
      ['vm.args', vmArgs],
    ]),
  };
}

function found(before: Member, after: Member, names = NODES): string[] {
  const members = names.map((name) => ({ name, before, after }));
  return plainTextPartitionFindings(plannedSituation(members, new Map())).map(textOf);
}

function foundWithLists(before: string[], after: string[], names = NODES): string[] {
  return found(memberWith(before), memberWith(after), names);
}

test('removing or adding one node in each deploy keeps every pair connected', () => {
  const [, second = '', third = ''] = NODES;
  expect(foundWithLists(NODES, NODES)).toEqual([]);
  expect(foundWithLists(NODES, [second, third])).toEqual([]);
  expect(foundWithLists([second, third], NODES)).toEqual([]);
  expect(foundWithLists([second, third], [third])).toEqual([]);
  expect(foundWithLists([third], [])).toEqual([]);
});

test('removing two nodes in one deploy separates these two', () => {
  expect(foundWithLists(NODES, [NODES[2] ?? ''])).toEqual([
    expect.stringMatching(
      /^plain-text-partition: a@h1\.x\.test, b@h2\.x\.test with old files cannot connect.*\(a@h1\.x\.test, b@h2\.x\.test with new files\)/,
    ),
  ]);
});

test('removing many nodes in one deploy is one finding', () => {
  const names = Array.from({ length: 200 }, (_, index) => `n${index}@h.x.test`);
  expect(foundWithLists(names, [], names)).toHaveLength(1);
});

test('a node that changes to a protocol without exceptions counts as one that excepts nobody', () => {
  const [first = ''] = NODES;
  const withoutExceptions = memberWithFlags('-proto_dist inet_tls');
  expect(found(memberWith(NODES), withoutExceptions)).toEqual([
    expect.stringMatching(/^plain-text-partition: a@h1\.x\.test, b@h2\.x\.test, c@h3\.x\.test with old files cannot/),
  ]);
  expect(found(memberWith([first]), withoutExceptions)).toEqual([]);
  expect(found(memberWith([]), withoutExceptions)).toEqual([]);
});

test('protocols that do not understand the one with exceptions are not judged by exceptions', () => {
  expect(found(memberWithFlags('-proto_dist inet6_tls'), memberWith(NODES))).toEqual([]);
});

test('exceptions of nodes whose names are not known are reported only if the lists differ', () => {
  const names = ['db1', 'db2'];
  expect(foundWithLists(NODES, [], names)).toEqual([
    expect.stringMatching(/^plan-change-not-examined: what db1, db2 read at boot/),
  ]);
  expect(foundWithLists(NODES, NODES, names)).toEqual([]);
});

test('an invalid pattern is reported as not examined', () => {
  expect(found(memberWithFlags('-proto_dist couch -couch_dist no_tls "a("'), memberWith([]))).toEqual([
    expect.stringMatching(/^plan-change-not-examined: what a@h1\.x\.test, b@h2\.x\.test, c@h3\.x\.test read/),
  ]);
});

import { writeArgsFile } from '../../../../src/model/erlang/flags/args-file-writer';
import { describe as textOf } from '../../../../src/model/findings/finding';
import type { Member } from '../../../../src/model/observed/terraform/member';
import { couchDb } from '../../../../src/model/platforms/couchdb';
import { plainTextTransitionFindings } from '../../../../src/model/rules/flags/plain-text';

const NODES = ['a@h1.x.test', 'b@h2.x.test', 'c@h3.x.test'];

function memberWith(unsafePlainTextMembers: string[]): Member {
  const { flags = [] } = couchDb({ unsafePlainTextMembers });
  const vmArgs = writeArgsFile([{ name: 'proto_dist', values: ['couch'] }, ...flags]);
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

function found(before: string[], after: string[]): string[] {
  return plainTextTransitionFindings(
    NODES.map((name) => ({ name, before: memberWith(before), after: memberWith(after) })),
  ).map(textOf);
}

test('one node less with each deploy keeps every pair, and so does one more', () => {
  const [, second = '', third = ''] = NODES;
  expect(found(NODES, NODES)).toEqual([]);
  expect(found(NODES, [second, third])).toEqual([]);
  expect(found([second, third], NODES)).toEqual([]);
  expect(found([second, third], [third])).toEqual([]);
  expect(found([third], [])).toEqual([]);
});

test('two nodes less at once part these two', () => {
  expect(found(NODES, [NODES[2] ?? ''])).toEqual([
    expect.stringMatching(/^plain-text-partition: a@h1\.x\.test, old, could not connect.*\(b@h2\.x\.test, new\)/),
    expect.stringMatching(/^plain-text-partition: a@h1\.x\.test, new, could not connect.*\(b@h2\.x\.test, old\)/),
  ]);
});

test('nodes with another protocol have no such flags', () => {
  const member = { ...memberWith([]), bootFiles: new Map([['vm.args', '-proto_dist inet_tls']]) };
  expect(
    plainTextTransitionFindings(NODES.map((name) => ({ name, before: member, after: memberWith(NODES) }))),
  ).toEqual([]);
});

test('under an id of the user it is not known whom a list means, and so where the lists differ that is said', () => {
  const unknown = (before: string[], after: string[]): string[] =>
    plainTextTransitionFindings(
      ['db1', 'db2'].map((name) => ({ name, before: memberWith(before), after: memberWith(after) })),
    ).map(textOf);
  expect(unknown(NODES, [])).toEqual([expect.stringMatching(/^plan-change-not-examined: what db1, db2 read at boot/)]);
  expect(unknown(NODES, NODES)).toEqual([]);
});

test('a list that is no pattern is said, and nothing is thrown', () => {
  const broken = { ...memberWith([]), bootFiles: new Map([['vm.args', '-proto_dist couch -couch_dist no_tls "a("']]) };
  const members = NODES.map((name) => ({ name, before: broken, after: memberWith([]) }));
  expect(plainTextTransitionFindings(members).map(textOf)).toEqual([
    expect.stringMatching(/^plan-change-not-examined: what a@h1\.x\.test, b@h2\.x\.test, c@h3\.x\.test read/),
  ]);
});

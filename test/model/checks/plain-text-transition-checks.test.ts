import { plainTextTransitionFindings } from '../../../src/model/checks/plain-text-transition-checks';
import { writeArgsFile } from '../../../src/model/erlang/args-file-writer';
import { describe as textOf } from '../../../src/model/errors';
import { couchDb } from '../../../src/model/platforms/couchdb';
import type { Member } from '../../../src/model/trust/member';

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
    expect.stringMatching(/^plan-parts-plain-text: a@h1\.x\.test, old, could not connect.*\(b@h2\.x\.test, new\)/),
    expect.stringMatching(/^plan-parts-plain-text: a@h1\.x\.test, new, could not connect.*\(b@h2\.x\.test, old\)/),
  ]);
});

test('nodes with another protocol have no such flags', () => {
  const member = { ...memberWith([]), bootFiles: new Map([['vm.args', '-proto_dist inet_tls']]) };
  expect(
    plainTextTransitionFindings(NODES.map((name) => ({ name, before: member, after: memberWith(NODES) }))),
  ).toEqual([]);
});

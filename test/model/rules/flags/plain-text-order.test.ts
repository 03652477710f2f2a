import { Platform } from 'cdktf-erlang-tls';

import { planFacts, planText } from '../../../../src/model/report/text/plan-text';
import { PLAIN_TEXT_ORDER } from '../../../../src/model/rules/flags/plain-text-order';
import { cluster, codes, found, judged } from '../../../support/plans/judged-plan';
import type { Define } from '../../../support/plans/pretended-terraform';

const NAMES = ['c@h1.x.test', 'c@h2.x.test', 'c@h3.x.test'];
const [FIRST, SECOND, THIRD] = NAMES as [string, string, string];

function withList(...unsafePlainTextMembers: string[]): Define {
  // The order of the declaration does not matter.
  const nodes = [SECOND, THIRD, FIRST].map((name) => ({ name }));
  return cluster({ platform: Platform.couchDb({ unsafePlainTextMembers }), nodes });
}

test.each([
  ['the first deploy', [withList(...NAMES)], undefined, `Next out of the list of plain-text members: ${THIRD}.`],
  [
    'the greatest name',
    [withList(...NAMES), withList(FIRST, SECOND)],
    `To TLS: restart ${THIRD}.`,
    `Next out of the list of plain-text members: ${SECOND}.`,
  ],
  [
    'the next one',
    [withList(FIRST, SECOND), withList(FIRST)],
    `To TLS: restart ${SECOND}, then restart ${THIRD}.`,
    `Next out of the list of plain-text members: ${FIRST}.`,
  ],
  [
    'the last one',
    [withList(FIRST), withList()],
    `To TLS: restart ${FIRST}, then restart ${SECOND}, ${THIRD}.`,
    undefined,
  ],
  [
    'the way back',
    [withList(), withList(THIRD)],
    `To plain text: restart ${THIRD}.`,
    `Next into the list of plain-text members: ${SECOND}.`,
  ],
  [
    'a step that is taken back',
    [withList(FIRST), withList(FIRST, SECOND)],
    `To plain text: restart ${SECOND}, then restart ${THIRD}.`,
    `Next into the list of plain-text members: ${THIRD}.`,
  ],
])('%s is accepted, with the restarts and the next step', (_title, stacks, restarts, next) => {
  const verdict = judged(...stacks);
  expect(verdict.findings).toEqual([]);
  const lines = planText(verdict).split('\n');
  expect(lines.filter((line) => line.startsWith('To '))).toEqual(restarts === undefined ? [] : [restarts]);
  expect(lines.filter((line) => line.startsWith('Next '))).toEqual(next === undefined ? [] : [next]);
});

test('a node that moves to TLS before one with a greater name is an error, which names that one', () => {
  expect(found(withList(...NAMES), withList(SECOND, THIRD))).toEqual([
    expect.stringMatching(
      /^plain-text-order: c@h1\.x\.test moves to TLS before a node with a greater name.*\(c@h3\.x\.test\)/,
    ),
  ]);
  expect(codes(withList(FIRST, THIRD), withList(THIRD))).toEqual([PLAIN_TEXT_ORDER.code]);
});

test('programs read the step', () => {
  const { clusters } = planFacts(judged(withList(FIRST, SECOND), withList(FIRST))) as { clusters: object[] };
  expect(clusters).toEqual([
    expect.objectContaining({
      plainTextMove: { toTls: [SECOND], toPlainText: [], restartAfterwards: [THIRD], next: FIRST },
    }),
  ]);
});

test('a cluster without the list has no such step', () => {
  const plain = cluster({ platform: Platform.couchDb({ unsafePlainText: true }) });
  for (const verdict of [judged(withList(), withList()), judged(plain, plain), judged(plain, cluster())]) {
    expect(planText(verdict)).not.toMatch(/^(To|Next) /m);
  }
});

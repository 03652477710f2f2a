import { expandRanges } from '../../../src/model/cluster/node-range';

test.each([
  ['rabbit@rmq-{0..2}.rmq.ns.svc', ['rabbit@rmq-0.rmq.ns.svc', 'rabbit@rmq-1.rmq.ns.svc', 'rabbit@rmq-2.rmq.ns.svc']],
  ['a@h{08..10}', ['a@h08', 'a@h09', 'a@h10']],
  ['a@h{00..01}', ['a@h00', 'a@h01']],
  ['a@h{9..10}', ['a@h9', 'a@h10']],
  ['a@h{7..7}', ['a@h7']],
  ['a@{1..2}-{3..4}', ['a@1-3', 'a@1-4', 'a@2-3', 'a@2-4']],
  ['a@h', ['a@h']],
])('%s expands to %j', (text, names) => expect(expandRanges(text)).toEqual(names));

test.each([
  '{',
  '}',
  'a@{}',
  'a@{0..}',
  'a@{1..0}',
  'a@{-1..2}',
  'a@{0,1}',
  'a@{0..1',
  'a@0..1}',
  'a@{{0..1}}',
  'a@{ 0..1}',
])('%s is refused', (text) => expect(() => expandRanges(text)).toThrow(/^node-range-illegal: /));

test.each(['a@{0..10000}', 'a@{0..999999999}', 'a@{0..99}{0..99}{0..1}', 'a@{1..9999}{1..9999}{1..9999}'])(
  '%s is refused: too many nodes',
  (text) => expect(() => expandRanges(text)).toThrow(/^node-range-too-large: /),
);

test.each(['a@h{1..5000}.x', 'a@h{1..10000}', 'a@{0..99}-{0..99}'])('%s is not too large', (text) =>
  expect(new Set(expandRanges(text)).size).toBe(text.includes('5000') ? 5000 : 10_000),
);

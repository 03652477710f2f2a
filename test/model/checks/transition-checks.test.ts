import { transitionFindings } from '../../../src/model/checks/transition-checks';
import { describe as textOf } from '../../../src/model/errors';
import type { Member } from '../../../src/model/trust/member';

const MEMBER: Member = {
  certificate: 'x',
  issuer: 'ca',
  names: ['h1.x.test'],
  isServer: true,
  notAfter: '2026-06-01T00:00:00.5Z',
  trusts: new Set(['ca']),
  bootFiles: new Map(),
};

function found(after: Partial<Member>, timestamp?: string): string[] {
  const members = [{ name: 'a@h1.x.test', before: MEMBER, after: { ...MEMBER, ...after } }];
  return transitionFindings(members, new Map(), timestamp).map(textOf);
}

test('a node that stays as it is is fine', () => {
  expect(found({}, '2026-05-31T23:59:59Z')).toEqual([]);
});

test('a name that a certificate loses is a warning, one that it gains is not', () => {
  expect(found({ names: ['h2.x.test'] })).toEqual([
    expect.stringMatching(/^plan-drops-name: certificate of a@h1.x.test \["h1.x.test"\] no longer holds names/),
  ]);
  expect(found({ names: ['h1.x.test', 'h2.x.test'] })).toEqual([]);
});

test('a certificate that ended before the plan and is not renewed is a warning', () => {
  expect(found({}, '2026-06-01T00:00:01Z')).toEqual([
    expect.stringMatching(/^plan-keeps-ended-certificate: certificate of a@h1.x.test "2026-06-01/),
  ]);
  expect(found({ certificate: 'y', notAfter: undefined }, '2026-06-01T00:00:01Z')).toEqual([]);
});

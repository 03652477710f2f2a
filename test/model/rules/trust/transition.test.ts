import { describe as textOf } from '../../../../src/model/findings/finding';
import type { Member } from '../../../../src/model/observed/terraform/member';
import { transitionFindings } from '../../../../src/model/rules/trust/transition';

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

test('nothing is found if a node does not change', () => {
  expect(found({}, '2026-05-31T23:59:59Z')).toEqual([]);
});

test('removing a name from a certificate is a warning, adding one is not', () => {
  expect(found({ names: ['h2.x.test'] })).toEqual([
    expect.stringMatching(
      /^certificate-name-removed: certificate of a@h1.x.test \["h1.x.test"\] no longer holds names/,
    ),
  ]);
  expect(found({ names: ['h1.x.test', 'h2.x.test'] })).toEqual([]);
});

test('a certificate that expired before the plan and is not renewed is a warning', () => {
  expect(found({}, '2026-06-01T00:00:01Z')).toEqual([
    expect.stringMatching(/^certificate-expired: certificate of a@h1.x.test "2026-06-01/),
  ]);
  expect(found({ certificate: 'y', notAfter: undefined }, '2026-06-01T00:00:01Z')).toEqual([]);
});

const CA = { identity: 'ca', name: 'the CA', notAfter: '2026-06-01T00:00:00Z' };

/** A node that stays as it is, with this CA. */
function foundOfCa(member: Partial<Member>, timestamp: string): string[] {
  const one = { ...MEMBER, notAfter: '2027-01-01T00:00:00Z', ...member };
  const members = [{ name: 'a@h1.x.test', before: one, after: one }];
  return transitionFindings(members, new Map([['ca', CA]]), timestamp).map(textOf);
}

test('a CA that expired before the plan and is still trusted is a warning, which says what depends on it', () => {
  expect(foundOfCa({}, '2026-05-31T23:59:59Z')).toEqual([]);
  expect(foundOfCa({}, '2026-06-01T00:00:01Z')).toEqual([
    expect.stringMatching(
      /^trusted-ca-expired: certificate of the CA "2026-06-01.*\(the certificates of a@h1\.x\.test are signed with it\)/,
    ),
  ]);
  expect(foundOfCa({ issuer: 'new', trusts: new Set(['ca', 'new']) }, '2026-06-01T00:00:01Z')).toEqual([
    expect.stringMatching(/^trusted-ca-expired: .*\(no certificate in use is signed with it\)/),
  ]);
  expect(foundOfCa({ issuer: 'new', trusts: new Set(['new']) }, '2026-06-01T00:00:01Z')).toEqual([]);
});

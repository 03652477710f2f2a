import fc from 'fast-check';

import type { Member, MemberChange } from '../../src/model/observed/terraform/member';
import { transitionFindings } from '../../src/model/rules/trust/transition';

const CAS = ['1', '2', '3'];

const memberOf = (isServer: boolean): fc.Arbitrary<Member> =>
  fc.record({ issuer: fc.constantFrom(...CAS), trusts: fc.subarray(CAS) }).map(({ issuer, trusts }) => ({
    certificate: issuer,
    issuer,
    isServer,
    trusts: new Set(trusts),
    bootFiles: new Map(),
  }));

/** A few nodes, some of which join or leave, and perhaps tools. */
const change = fc.boolean().chain((isServer) =>
  fc.record({
    name: fc.constant(isServer ? 'node' : 'tools'),
    before: fc.option(memberOf(isServer), { nil: undefined, freq: 4 }),
    after: fc.option(memberOf(isServer), { nil: undefined, freq: 4 }),
  }),
);

const cluster = fc
  .array(change, { minLength: 1, maxLength: 4 })
  .filter((members) => members.some(({ after }) => after !== undefined));

test('check-plan reports a plan exactly if some order of reading the new files cuts off a node', () => {
  fc.assert(
    fc.property(cluster, (members) => {
      const codes = transitionFindings(members, new Map()).map(({ code }) => code);
      expect(codes.includes('untrusted-by-peer')).toBe(someMomentIsApart(members));
    }),
    { numRuns: 3000 },
  );
});

/** Every moment there can be: each member has its old or its new certificate, and its old or its new trust bundle. */
function someMomentIsApart(members: readonly MemberChange[]): boolean {
  const staying = members.filter(({ after }) => after !== undefined);
  return product(staying.map(momentsOf)).some((moment) =>
    moment.some((one, index) => moment.slice(index + 1).some((other) => !canConnect(one, other))),
  );
}

type Now = Pick<Member, 'trusts' | 'isServer'> & { readonly issuer: string };

function momentsOf({ before, after }: MemberChange): readonly Now[] {
  const states = [before, after].filter((one) => one !== undefined);
  return states.flatMap(({ issuer = '', isServer }) => states.map(({ trusts }) => ({ issuer, trusts, isServer })));
}

function canConnect(one: Now, other: Now): boolean {
  const isNeeded = one.isServer || other.isServer;
  return !isNeeded || (one.trusts.has(other.issuer) && other.trusts.has(one.issuer));
}

function product<T>([first, ...rest]: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return first === undefined ? [[]] : first.flatMap((one) => product(rest).map((others) => [one, ...others]));
}

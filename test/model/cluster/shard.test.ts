import fc from 'fast-check';

import { placeOf } from '../../../src/model/cluster/rendezvous';
import { Shard } from '../../../src/model/cluster/shard';
import { divide } from '../../../src/model/cluster/shard-division';
import { InvalidInput } from '../../../src/model/findings/finding';

const NODES = Array.from({ length: 1000 }, (_none, index) => ({ id: `couchdb@db${index}.example.com` }));

const members = (...ids: string[]): Shard[] => ids.map((id) => Shard.member(id));

describe('the division of nodes', () => {
  test('is the same for ever: another one would make new keys', () => {
    const placed = NODES.slice(0, 12).map(({ id }) => placeOf(id, ['a', 'b', 'c']));
    expect(placed.join('')).toBe('ccabcbcacbba');
  });

  test('gives each shard about its share', () => {
    const sizes = count(divide(NODES, members('a', 'b', 'c', 'd')));
    for (const size of sizes.values()) expect(Math.abs(size - 250)).toBeLessThan(60);
  });

  test('moves nodes only to the shard that is new, and about its share of them', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 3, maxLength: 8 }), (ids) => {
        const [added = '', ...before] = ids;
        const moved = NODES.filter(({ id }) => placeOf(id, before) !== placeOf(id, ids));
        expect(moved.filter(({ id }) => placeOf(id, ids) !== added)).toEqual([]);
        expect(moved.length).toBeLessThan((2 * NODES.length) / ids.length);
      }),
      { numRuns: 20 },
    );
  });

  test('depends neither on the order of the shards nor on that of the nodes', () => {
    const one = divide(NODES, members('a', 'b', 'c'));
    const other = divide([...NODES].reverse(), members('c', 'a', 'b'));
    expect([...other].sort()).toEqual([...one].sort());
  });

  test('follows a node that names its shard, and places none before a shard is a member', () => {
    const nodes = [
      { id: 'x', shard: 'b' },
      { id: 'y', shard: 'a' },
    ];
    expect([...divide(nodes, members('a', 'b'))]).toEqual([
      ['x', 'b'],
      ['y', 'a'],
    ]);
    expect([...divide(nodes, [Shard.joining('a'), Shard.joining('b')])]).toEqual([]);
  });

  test.each<[string, { id: string; shard?: string }[], Shard[]]>([
    ['shard-declared-twice', NODES, [...members('a'), Shard.joining('A')]],
    ['shards-without-member', NODES, [Shard.leaving('a')]],
    ['shards-without-member', NODES, []],
    ['shard-without-nodes', [{ id: 'x', shard: 'a' }], members('a', 'b')],
    ['node-shard-illegal', [{ id: 'x', shard: 'c' }], members('a', 'b')],
    ['node-shard-illegal', [{ id: 'x', shard: 'b' }], [...members('a'), Shard.joining('b')]],
    ['node-shard-illegal', [{ id: 'x', shard: 'b' }], [...members('a'), Shard.leaving('b')]],
  ])('is refused with %s', (code, nodes, shards) => {
    expect(codeOf(() => divide(nodes, shards))).toBe(code);
  });
});

test.each(['', '-a', 'a/b', 'a'.repeat(17), 'authority', 'Authority', 'constructor'])(
  '%j is no id of a shard',
  (id) => {
    expect(codeOf(() => Shard.member(id))).toBe('shard-id-illegal');
  },
);

function count(placed: ReadonlyMap<string, string>): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const shard of placed.values()) sizes.set(shard, (sizes.get(shard) ?? 0) + 1);
  return sizes;
}

function codeOf(body: () => unknown): string | undefined {
  try {
    body();
  } catch (error) {
    return error instanceof InvalidInput ? error.finding.code : String(error);
  }
  return undefined;
}

import fc from 'fast-check';

import { isNodeId } from '../../../../src/model/cluster/cluster-node';
import { checkedPrefix, pieceName, secretName } from '../../../../src/model/deliveries/secret-stores/secret-name';
import * as stores from '../../../../src/model/deliveries/secret-stores/stores';

const STORES = Object.values(stores);

/** The characters that each store documents for whole names. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  'Parameter Store of AWS Systems Manager': /^[\w./-]+$/,
  'AWS Secrets Manager': /^[\w/+=.@-]+$/,
  'Google Secret Manager': /^[\w-]+$/,
  'Azure Key Vault': /^[0-9A-Za-z-]+$/,
  'Vault KV': /^[\w./:@=-]+$/,
};

const ids = fc.stringMatching(/^[0-9A-Za-z_][0-9A-Za-z_.:@-]{0,20}$/).filter(isNodeId);

describe.each(STORES)('$name', (store) => {
  const prefix = store.separator === '/' && store.escape === '_' ? '/a/b' : 'ab';
  const nameOf = (id: string, shard?: string): string => secretName(store, { prefix, shard }, id);

  test('gives every id a name of characters that it allows', () => {
    fc.assert(fc.property(ids, (id) => ALLOWED[store.name]?.test(nameOf(id)) === true));
  });

  test('gives different nodes of different shards different names, whatever the case', () => {
    const places = fc.tuple(ids, fc.option(ids, { nil: undefined }));
    fc.assert(
      fc.property(places, places, ([id, shard], [otherId, otherShard]) => {
        fc.pre(id !== otherId || shard !== otherShard);
        const [name, other] = [nameOf(id, shard), nameOf(otherId, otherShard)];
        return store === stores.AZURE_KEY_VAULT ? name.toLowerCase() !== other.toLowerCase() : name !== other;
      }),
    );
    expect(nameOf('a@h', 'b')).not.toBe(nameOf('b@a@h'));
  });

  test('gives no node the name of a piece', () => {
    const piece = pieceName(store, { prefix }, '0123456789ab', 1);
    fc.assert(fc.property(ids, (id) => nameOf(id) !== piece));
    expect(nameOf('script-0123456789ab-1')).not.toBe(piece);
    expect(nameOf('_script-0123456789ab-1')).not.toBe(piece);
  });
});

test.each([
  [stores.AWS_PARAMETER_STORE, ['/a', '/erlang/my-app_1.x'], ['a', '/', '/a/', '/aws/x', '/SSM', '/a b', '/a//b']],
  [stores.AWS_SECRETS_MANAGER, ['a', 'erlang/my-app'], ['/a', 'a/', 'a b', '']],
  [stores.GOOGLE_SECRET_MANAGER, ['a', 'my-app_1'], ['a/b', 'a.b', '-a', '']],
  [stores.AZURE_KEY_VAULT, ['a', 'my-app'], ['a--b', 'a_b', '-a', 'a-', '']],
  [stores.VAULT_KV, ['a', 'erlang/my-app'], ['/a', 'a//b', 'a/../b', 'a b', '']],
])('prefixes of $name', (store, right, wrong) => {
  for (const prefix of right) expect(checkedPrefix(store, prefix)).toBe(prefix);
  for (const prefix of wrong) expect(() => checkedPrefix(store, prefix)).toThrow(/^secret-store-name-illegal: prefix /);
});

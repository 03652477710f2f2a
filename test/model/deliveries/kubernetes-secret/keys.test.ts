import fc from 'fast-check';

import { isNodeId } from '../../../../src/model/cluster/cluster-node';
import { placeIn, secretKey } from '../../../../src/model/deliveries/kubernetes-secret/keys';

/** What the API server takes as a key (`IsConfigMapKey`). */
const KEY = /^(?!\.\.)[-._a-zA-Z0-9]{1,253}$/;

const ids = fc
  .array(fc.constantFrom(...'abzAZ019_.:@-'), { minLength: 1, maxLength: 30 })
  .map((characters) => characters.join(''))
  .filter(isNodeId);
const names = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });

test.each([
  ['rabbit@rmq-server-0.rmq-nodes.ns', 'node.pem', 'rabbit_40rmq-server-0.rmq-nodes.ns_2fnode.pem'],
  ['tools', 'crls/1a2b3c4d.r0', 'tools_2fcrls_2f1a2b3c4d.r0'],
  ['a@2001:db8::1', 'inter_node_tls.config', 'a_402001_3adb8_3a_3a1_2finter__node__tls.config'],
  ['__', 'ü', '_____2f_c3_bc'],
])('%s and %s become %s', (nodeId, name, key) => {
  expect(secretKey({ nodeId, name })).toBe(key);
  expect(placeIn(key)).toEqual({ nodeId, name });
});

test('the key of any file is one that Kubernetes takes, and says which file that is', () => {
  fc.assert(
    fc.property(ids, names, (nodeId, name) => {
      const key = secretKey({ nodeId, name });
      expect(key).toMatch(KEY);
      expect(placeIn(key)).toEqual({ nodeId, name });
    }),
  );
});

test('a key may have 253 characters, and no more', () => {
  const name = 'x'.repeat(253 - 'a_2f'.length);
  expect(secretKey({ nodeId: 'a', name })).toHaveLength(253);
  expect(() => secretKey({ nodeId: 'a', name: `${name}x` })).toThrow(/^secret-key-too-long: /);
});

test.each(['tls.crt', '', 'a_2Fb', 'a_b_2fc', 'a/b', 'a_'])('the key %j of somebody else is left alone', (key) => {
  expect(placeIn(key)).toBeUndefined();
});

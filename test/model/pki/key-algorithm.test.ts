import { KeyAlgorithm } from '../../../src/model/pki/key-algorithm';

test.each([
  [KeyAlgorithm.ECDSA_P256, { algorithm: 'ECDSA', ecdsaCurve: 'P256' }],
  [KeyAlgorithm.ECDSA_P384, { algorithm: 'ECDSA', ecdsaCurve: 'P384' }],
  [KeyAlgorithm.RSA_3072, { algorithm: 'RSA', rsaBits: 3072 }],
  [KeyAlgorithm.RSA_4096, { algorithm: 'RSA', rsaBits: 4096 }],
  [KeyAlgorithm.rsa(2048), { algorithm: 'RSA', rsaBits: 2048 }],
  [KeyAlgorithm.ED25519, { algorithm: 'ED25519' }],
])('%j gives the arguments of tls_private_key', (key, expected) => {
  const { algorithm, rsaBits, ecdsaCurve } = key;
  expect({ algorithm, rsaBits, ecdsaCurve }).toEqual(expected);
});

test('a curve by its name is the constant for it', () => {
  expect(KeyAlgorithm.ecdsa('P256')).toBe(KeyAlgorithm.ECDSA_P256);
  expect(KeyAlgorithm.ecdsa('P384')).toBe(KeyAlgorithm.ECDSA_P384);
});

test.each([
  [1024, 'key-too-weak'],
  [2047, 'key-too-weak'],
  [2049, 'key-size-unsupported'],
  [16384, 'key-size-unsupported'],
  [NaN, 'key-size-unsupported'],
])('RSA of %d bits is refused: %s', (bits, code) => {
  expect(() => KeyAlgorithm.rsa(bits)).toThrow(`${code}: RSA modulus`);
});

test('only Ed25519 needs TLS 1.3', () => {
  expect(KeyAlgorithm.ED25519.requiresTls13).toBe(true);
  expect(KeyAlgorithm.ECDSA_P256.requiresTls13).toBe(false);
});

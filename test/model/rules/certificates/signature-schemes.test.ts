import { type Option, tryReadOptionFile } from '../../../../src/model/erlang/options/option-file-reader';
import { allowsSigningWith } from '../../../../src/model/rules/certificates/signature-schemes';
import type { PublicKeyFacts } from '../../../../src/model/x509/public-key-reader';

const BOTH = ['tlsv1.3', 'tlsv1.2'];

function key(kind: string, curve?: string): PublicKeyFacts {
  return { kind, curve, identity: '' };
}

function options(text: string): readonly Option[] {
  return tryReadOptionFile(`[{server,[${text}]}].`)?.server ?? [];
}

test.each<[string, PublicKeyFacts, string, string[] | undefined, boolean]>([
  ['no list', key('EC', 'P-256'), '', ['tlsv1.3'], true],
  ['a scheme of its curve', key('EC', 'P-256'), '{signature_algs,[ecdsa_secp256r1_sha256]}', ['tlsv1.3'], true],
  ['one of another curve', key('EC', 'P-256'), '{signature_algs,[ecdsa_secp384r1_sha384]}', ['tlsv1.3'], false],
  [
    'one of another curve, with TLS 1.2 as well',
    key('EC', 'P-256'),
    '{signature_algs,[ecdsa_secp384r1_sha384]}',
    BOTH,
    true,
  ],
  ['PKCS #1 with TLS 1.3 only', key('RSA'), '{signature_algs,[rsa_pkcs1_sha256]}', ['tlsv1.3'], false],
  ['PKCS #1 with TLS 1.2', key('RSA'), '{signature_algs,[rsa_pkcs1_sha256]}', ['tlsv1.2'], true],
  [
    'a tuple, which may stand for any',
    key('EC'),
    '{signature_algs,[{sha256,rsa},rsa_pkcs1_sha256]}',
    ['tlsv1.2'],
    true,
  ],
  ['Ed25519', key('Ed25519'), '{signature_algs,[eddsa_ed25519]}', ['tlsv1.3'], true],
  [
    'Ed25519 and a scheme for another key',
    key('Ed25519'),
    '{signature_algs,[ecdsa_secp256r1_sha256]}',
    ['tlsv1.3'],
    false,
  ],
  ['a suite for its type of key', key('EC'), '{ciphers,"ECDHE-ECDSA-AES256-GCM-SHA384"}', ['tlsv1.2'], true],
  ['a suite for another type of key', key('EC'), '{ciphers,"ECDHE-RSA-AES256-GCM-SHA384"}', ['tlsv1.2'], false],
  ['a suite without a signature', key('RSA'), '{ciphers,["AES256-GCM-SHA384"]}', ['tlsv1.2'], true],
  ['unknown versions', key('EC'), '{ciphers,["ECDHE-RSA-AES256-GCM-SHA384"]}', undefined, true],
])('whether the options leave an algorithm for the key: %s', (_title, publicKey, text, versions, isAllowed) => {
  expect(allowsSigningWith(publicKey, 'server', options(text), versions)).toBe(isAllowed);
});

test('on the client side, suites of TLS 1.2 are for the key of the server', () => {
  const suites = options('{ciphers,["ECDHE-RSA-AES256-GCM-SHA384"]}');
  expect(allowsSigningWith(key('EC'), 'client', suites, ['tlsv1.2'])).toBe(true);
});

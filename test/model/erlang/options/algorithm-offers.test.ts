import { type AlgorithmOffer, haveOneInCommon } from '../../../../src/model/erlang/options/algorithm-offers';

const GCM_1_3 = 'TLS_AES_256_GCM_SHA384';
const GCM = 'ECDHE-ECDSA-AES256-GCM-SHA384';
const CHACHA = 'ECDHE-RSA-CHACHA20-POLY1305';

function offer(versions: string, ...names: readonly string[]): AlgorithmOffer {
  return { versions: versions.split(' '), names };
}

test.each<[string, AlgorithmOffer, AlgorithmOffer, boolean]>([
  ['one name', offer('tlsv1.3', GCM_1_3), offer('tlsv1.3', GCM_1_3), true],
  ['another name', offer('tlsv1.3', GCM_1_3), offer('tlsv1.3', 'TLS_AES_128_GCM_SHA256'), false],
  ['no version', offer('tlsv1.3', GCM_1_3), offer('tlsv1.2', GCM), true],
  ['one of another version, of who speaks one', offer('tlsv1.3', GCM), offer('tlsv1.3', GCM_1_3), true],
  ['one of another version, of who speaks both', offer('tlsv1.3 tlsv1.2', GCM), offer('tlsv1.3', GCM_1_3), false],
  ['one of the version that is spoken', offer('tlsv1.3 tlsv1.2', GCM, GCM_1_3), offer('tlsv1.2', GCM), true],
  ['one in two notations', offer('tlsv1.2', GCM), offer('tlsv1.2', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'), true],
  [
    'ChaCha20 in two notations',
    offer('tlsv1.2', CHACHA),
    offer('tlsv1.2', 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'),
    true,
  ],
  ['a group', offer('tlsv1.3', 'x25519'), offer('tlsv1.3', 'x25519', 'secp256r1'), true],
  ['another group', offer('tlsv1.3', 'x25519'), offer('tlsv1.3', 'secp256r1'), false],
])('in common: %s', (_title, client, server, haveOne) => {
  expect(haveOneInCommon(client, server)).toBe(haveOne);
  expect(haveOneInCommon(server, client)).toBe(haveOne);
});

import { generateKeyPairSync } from 'node:crypto';

import { isRequestSigned } from '../../../../src/crypto/request-signature';
import { NODE_USES, TOOL_USES } from '../../../../src/model/pki/certificate-uses';
import { KeyAlgorithm } from '../../../../src/model/pki/key-algorithm';
import { judgeRequest } from '../../../../src/model/rules/certificates/request';
import type { RequestExpectation } from '../../../../src/model/rules/certificates/request-names';
import { authority, leaf } from '../../../support/x509/issued';
import { nodeRequest, request } from '../../../support/x509/request';

const HOST = 'db1.x.test';
const EXPECTED: RequestExpectation = {
  subject: 'request of node "a@db1.x.test"',
  commonName: HOST,
  dnsNames: [HOST],
  ipAddresses: [],
  uses: NODE_USES,
  keyAlgorithm: KeyAlgorithm.ECDSA_P256,
  isHostDeferred: false,
};

function findings(pem: string, expected: Partial<RequestExpectation> = {}): { code: string; message: string }[] {
  return judgeRequest(pem, { ...EXPECTED, ...expected }, isRequestSigned).findings.map(({ code, message }) => ({
    code,
    message,
  }));
}

const codes = (pem: string, expected: Partial<RequestExpectation> = {}): string[] =>
  findings(pem, expected).map(({ code }) => code);

test('a request with exactly the names and uses that are asked for is right', () => {
  expect(codes(nodeRequest(HOST))).toEqual([]);
});

test.each<[string, string, Partial<RequestExpectation>]>([
  ['text around it and other line ends', `Request:\r\n${nodeRequest(HOST).replaceAll('\n', '\r\n')}`, {}],
  ['no uses, which whoever signs adds', nodeRequest(HOST, { uses: 'none' }), {}],
  [
    'names in another order',
    nodeRequest(HOST, { dnsNames: ['b.x.test', 'a.x.test', HOST] }),
    { dnsNames: [HOST, 'a.x.test', 'b.x.test'] },
  ],
  [
    'an address in both forms, in another notation',
    nodeRequest('0:0::1', { addresses: [[...Array<number>(15).fill(0), 1]] }),
    { commonName: '0:0::1', dnsNames: ['0:0::1'], ipAddresses: ['0:0::1'] },
  ],
  [
    'RSA',
    nodeRequest(HOST, { pair: generateKeyPairSync('rsa', { modulusLength: 3072 }) }),
    { keyAlgorithm: KeyAlgorithm.RSA_3072 },
  ],
  [
    'P-384',
    nodeRequest(HOST, { pair: generateKeyPairSync('ec', { namedCurve: 'P-384' }) }),
    { keyAlgorithm: KeyAlgorithm.ECDSA_P384 },
  ],
  ['Ed25519', nodeRequest(HOST, { pair: generateKeyPairSync('ed25519') }), { keyAlgorithm: KeyAlgorithm.ED25519 }],
  [
    'no name of a host, for the tools',
    request({ commonName: 'Tools', uses: 'tools' }),
    { commonName: 'Tools', dnsNames: [], uses: TOOL_USES },
  ],
  [
    'a host that only Terraform knows',
    nodeRequest(HOST),
    { commonName: undefined, dnsNames: [], isHostDeferred: true },
  ],
  [
    'an address that only Terraform knows, beside another name',
    nodeRequest('10.0.0.1', { dnsNames: ['10.0.0.1', 'a.x.test'], addresses: [[10, 0, 0, 1]] }),
    { commonName: undefined, dnsNames: ['a.x.test'], isHostDeferred: true },
  ],
])('a request may have %s', (_what, pem, expected) => {
  expect(findings(pem, expected)).toEqual([]);
});

test.each<[string, string, Partial<RequestExpectation>, string]>([
  ['another host', nodeRequest('db2.x.test'), {}, 'request-names-unexpected'],
  ['a host less', nodeRequest(HOST, { dnsNames: [] }), {}, 'request-names-unexpected'],
  ['a host more', nodeRequest(HOST, { dnsNames: [HOST, 'x.test'] }), {}, 'request-names-unexpected'],
  ['an address more', nodeRequest(HOST, { addresses: [[10, 0, 0, 1]] }), {}, 'request-names-unexpected'],
  ['a name of another kind', nodeRequest(HOST, { urls: ['spiffe://x'] }), {}, 'request-names-unexpected'],
  ['another common name', nodeRequest(HOST, { commonName: 'x' }), {}, 'request-names-unexpected'],
  [
    'an address in one form only',
    nodeRequest('10.0.0.1'),
    { commonName: '10.0.0.1', dnsNames: ['10.0.0.1'], ipAddresses: ['10.0.0.1'] },
    'request-names-unexpected',
  ],
  [
    'no host where only Terraform knows it',
    nodeRequest(HOST, { dnsNames: [] }),
    { commonName: undefined, dnsNames: [], isHostDeferred: true },
    'request-names-unexpected',
  ],
  ['another kind of key', nodeRequest(HOST), { keyAlgorithm: KeyAlgorithm.RSA_3072 }, 'request-key-unexpected'],
  [
    'a shorter key',
    nodeRequest(HOST, { pair: generateKeyPairSync('rsa', { modulusLength: 2048 }) }),
    { keyAlgorithm: KeyAlgorithm.RSA_3072 },
    'request-key-unexpected',
  ],
  ['the uses of tools', nodeRequest(HOST, { uses: 'tools' }), {}, 'request-uses-unexpected'],
  ['a CA', nodeRequest(HOST, { isCa: true }), {}, 'request-uses-unexpected'],
  ['a changed byte', nodeRequest(HOST, { isTampered: true }), {}, 'request-signature-wrong'],
  ['nothing', '', {}, 'request-illegal'],
  ['two requests', `${nodeRequest(HOST)}${nodeRequest(HOST)}`, {}, 'request-illegal'],
  ['a certificate', leaf(HOST, authority('CA')).certificatePem, {}, 'request-illegal'],
  [
    'other bytes',
    '-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n',
    {},
    'request-illegal',
  ],
])('a request with %s is refused', (_what, pem, expected, code) => {
  expect(codes(pem, expected)).toEqual([code]);
});

test.each([
  ['a private key', (key: string): string => key],
  ['a key behind a request', (key: string): string => `${nodeRequest(HOST)}${key}`],
  ['a truncated key', (key: string): string => key.slice(0, 80)],
])('%s in its place is refused and never shown', (_what, text) => {
  const { keyPem } = authority('CA');
  const [found, ...more] = findings(text(keyPem));
  expect([found?.code, more]).toEqual(['request-holds-key', []]);
  expect(found?.message).not.toContain(keyPem.split('\n')[1]?.slice(0, 12));
});

import { chainShownBy } from '../../../../src/model/observed/files/chain';
import type { Material, PemContent } from '../../../../src/model/observed/files/material';
import type { CertificateFacts } from '../../../../src/model/x509/certificate-reader';

const NOW = 1000;

function certificate(name: string, issuer: string, [notBefore, notAfter] = [0, 2000]): CertificateFacts {
  return {
    der: new Uint8Array(),
    serialNumber: name,
    subject: { text: name, identity: name },
    issuer: { text: issuer, identity: issuer },
    notBefore,
    notAfter,
    publicKey: { kind: 'EC', identity: name },
    signatureAlgorithm: 'ecdsa-with-SHA256',
    dnsNames: [],
    ipAddresses: [],
    isCa: true,
    critical: [],
  };
}

const LEAF = certificate('leaf', 'between');
const BETWEEN = certificate('between', 'root');
const ROOT = certificate('root', 'root');

interface Candidates {
  readonly trustedByVerifier?: readonly CertificateFacts[];
  readonly trusted?: readonly CertificateFacts[];
  readonly sent?: readonly CertificateFacts[];
}

function chain(
  { trustedByVerifier = [], trusted = [], sent = [] }: Candidates,
  isSignedBy = (): boolean => true,
): string[] | undefined {
  const signatures = {
    isSignedBy,
    isListSignedBy: () => true,
    isPair: () => true,
    isWrongPassword: () => false,
    nameHash: () => '',
    fingerprint: ({ serialNumber }: CertificateFacts) => serialNumber,
  };
  const content = (certificates: readonly CertificateFacts[]): PemContent => ({
    file: { kind: 'missing', path: '/x', parents: [] } as unknown as PemContent['file'],
    certificates,
    keys: [],
    text: '',
  });
  const material: Material = { identity: content([LEAF, ...sent]), trust: content(trusted), others: [] };
  return chainShownBy(material, trustedByVerifier, { now: NOW, signatures })?.map(({ serialNumber }) => serialNumber);
}

test('a chain leads to a root, in whatever order the certificates are', () => {
  expect(chain({ trusted: [ROOT, BETWEEN] })).toEqual(['leaf', 'between', 'root']);
  expect(chain({ trustedByVerifier: [ROOT], sent: [BETWEEN] })).toEqual(['leaf', 'between', 'root']);
  expect(chain({ sent: [ROOT, BETWEEN] })).toEqual(['leaf', 'between', 'root']);
});

test('a chain ends where an issuer is missing or has another key', () => {
  expect(chain({ trusted: [ROOT] })).toEqual(['leaf']);
  expect(chain({ trusted: [BETWEEN] })).toEqual(['leaf', 'between']);
  expect(chain({ trusted: [ROOT, BETWEEN] }, () => false)).toEqual(['leaf']);
});

test('of a CA and its renewal, the valid one is chosen', () => {
  const old = { ...certificate('between', 'root', [0, 500]), serialNumber: 'old' };
  expect(chain({ trusted: [old, BETWEEN, ROOT] })).toEqual(['leaf', 'between', 'root']);
  expect(chain({ trusted: [old, ROOT] })).toEqual(['leaf', 'old', 'root']);
});

test('of two valid roots with one name and one key, the one that the verifying side trusts is chosen', () => {
  const renewed = { ...ROOT, serialNumber: 'renewed' };
  expect(chain({ trustedByVerifier: [renewed], trusted: [ROOT], sent: [BETWEEN, ROOT] })?.at(-1)).toBe('renewed');
  expect(chain({ trustedByVerifier: [ROOT], trusted: [renewed], sent: [BETWEEN, renewed] })?.at(-1)).toBe('root');
});

test('a chain of CAs that issued each other is finite', () => {
  const one = certificate('between', 'other');
  const other = certificate('other', 'between');
  expect(chain({ sent: [one, other] })?.length).toBeLessThanOrEqual(4);
});

import { chainOf } from '../../../../src/model/observed/files/material';
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

function chain(candidates: readonly CertificateFacts[], isSignedBy = (): boolean => true): string[] {
  const signatures = {
    isSignedBy,
    isListSignedBy: () => true,
    isPair: () => true,
    isWrongPassword: () => false,
    nameHash: () => '',
    fingerprint: ({ serialNumber }: CertificateFacts) => serialNumber,
  };
  return chainOf(LEAF, candidates, { now: NOW, signatures }).map(({ serialNumber }) => serialNumber);
}

test('a chain leads to who signed itself, in whatever order the certificates are', () => {
  expect(chain([ROOT, BETWEEN])).toEqual(['leaf', 'between', 'root']);
});

test('it breaks off where an issuer is missing, or has another key', () => {
  expect(chain([ROOT])).toEqual(['leaf']);
  expect(chain([BETWEEN])).toEqual(['leaf', 'between']);
  expect(chain([ROOT, BETWEEN], () => false)).toEqual(['leaf']);
});

test('of a CA and its renewal, the one that is valid counts', () => {
  const old = { ...certificate('between', 'root', [0, 500]), serialNumber: 'old' };
  expect(chain([old, BETWEEN, ROOT])).toEqual(['leaf', 'between', 'root']);
  expect(chain([old, ROOT])).toEqual(['leaf', 'old', 'root']);
});

test('CAs that signed each other have an end', () => {
  const one = certificate('between', 'other');
  const other = certificate('other', 'between');
  expect(chain([one, other]).length).toBeLessThanOrEqual(3);
});

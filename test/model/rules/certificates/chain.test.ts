import type { Chain } from '../../../../src/model/observed/files/chain';
import type { InstalledSide } from '../../../../src/model/observed/files/installed-node';
import type { Material, PemContent, Signatures } from '../../../../src/model/observed/files/material';
import { Releases } from '../../../../src/model/otp/releases';
import { chainFindings } from '../../../../src/model/rules/certificates/chain';
import { bundleFindings } from '../../../../src/model/rules/certificates/trust-bundle';
import type { CertificateFacts } from '../../../../src/model/x509/certificate-reader';

const DAY_MS = 86_400_000;
const EVERYTHING_VERIFIES: Signatures = {
  isSignedBy: () => true,
  isListSignedBy: () => true,
  isPair: () => true,
  isWrongPassword: () => false,
  nameHash: () => '',
  fingerprint: ({ serialNumber }) => serialNumber,
};
const JUDGEMENT = { releases: Releases.EVERY, now: 0, notice: DAY_MS, signatures: EVERYTHING_VERIFIES };

function certificate(name: string, issuer: string, days = 300): CertificateFacts {
  return {
    der: new Uint8Array(),
    serialNumber: name,
    subject: { text: `CN=${name}`, identity: name },
    issuer: { text: `CN=${issuer}`, identity: issuer },
    notBefore: -DAY_MS,
    notAfter: days * DAY_MS,
    publicKey: { kind: 'EC', curve: 'P-256', identity: name },
    signatureAlgorithm: 'ecdsa-with-SHA256',
    dnsNames: [],
    ipAddresses: [],
    isCa: true,
    critical: [],
  };
}

const ROOT = certificate('root', 'root', 3000);
const EXPIRING = certificate('between', 'root', 0.5);
const CHAIN: Chain = [certificate('leaf', 'between', 0.4), EXPIRING, ROOT];

function pem(path: string, ...certificates: readonly CertificateFacts[]): PemContent {
  return { file: { path, kind: 'file', bytes: new Uint8Array(), parents: [] }, certificates, keys: [], text: '' };
}

function codesWith(trust: PemContent, trustOfVerifier: PemContent): string[] {
  const material: Material = { identity: pem('/t/node.pem', ...CHAIN.slice(0, -1)), trust, others: [] };
  const shown: Pick<InstalledSide, 'side' | 'material'> = { side: 'server', material };
  const verifier = { options: [], material: { ...material, trust: trustOfVerifier } };
  return [
    ...chainFindings('/t/node.pem', CHAIN, shown, verifier, JUDGEMENT),
    ...[trust, trustOfVerifier].flatMap((bundle) => bundleFindings(bundle, CHAIN, JUDGEMENT)),
  ].map(({ code, subject }) => `${code}: ${subject}`);
}

test.each<[string, PemContent, PemContent, string[]]>([
  [
    'only in the file of the certificate',
    pem('/t/ca.pem', ROOT),
    pem('/t/other-ca.pem', ROOT),
    ['certificate-expires-soon: CN=between in /t/node.pem'],
  ],
  [
    "also in the side's own trust bundle",
    pem('/t/ca.pem', ROOT, EXPIRING),
    pem('/t/other-ca.pem', ROOT),
    ['ca-expires-soon: CN=between in /t/ca.pem'],
  ],
  [
    'also in the trust bundle of the verifying side',
    pem('/t/ca.pem', ROOT),
    pem('/t/other-ca.pem', ROOT, EXPIRING),
    ['ca-expires-soon: CN=between in /t/other-ca.pem'],
  ],
])('the expiry of an intermediate CA is reported once if the CA is %s', (_title, own, verifying, findings) => {
  expect(codesWith(own, verifying)).toEqual(findings);
});

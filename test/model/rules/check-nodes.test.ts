import * as term from '../../../src/model/erlang/terms/term';
import { atom, list, tuple } from '../../../src/model/erlang/terms/term';
import type { FoundFile } from '../../../src/model/observed/files/found-file';
import type { InstalledNode } from '../../../src/model/observed/files/installed-node';
import type { Signatures } from '../../../src/model/observed/files/material';
import { Releases } from '../../../src/model/otp/releases';
import { installedFindings } from '../../../src/model/rules/check-nodes';
import type { CertificateFacts } from '../../../src/model/x509/certificate-reader';

const FILE: FoundFile = { path: '/t/node.pem', kind: 'file', bytes: new Uint8Array(), parents: [] };
const ALL_IS_WELL: Signatures = {
  isSignedBy: () => true,
  isListSignedBy: () => true,
  isPair: () => true,
  isWrongPassword: () => false,
  nameHash: () => '',
  fingerprint: ({ serialNumber }) => serialNumber,
};
const DAY_MS = 86_400_000;

function certificate(change: Partial<CertificateFacts>): CertificateFacts {
  const name = { text: 'CN=db1.x.test', commonName: 'db1.x.test', identity: 'subject' };
  return {
    der: new Uint8Array(),
    serialNumber: 'leaf',
    subject: name,
    issuer: { text: 'CN=CA', identity: 'ca' },
    notBefore: -DAY_MS,
    notAfter: 365 * DAY_MS,
    publicKey: { kind: 'EC', curve: 'P-256', identity: 'key' },
    signatureAlgorithm: 'ecdsa-with-SHA256',
    dnsNames: ['db1.x.test'],
    ipAddresses: [],
    isCa: false,
    critical: [],
    ...change,
  };
}

const CA = certificate({
  serialNumber: 'ca',
  subject: { text: 'CN=CA', identity: 'ca' },
  isCa: true,
  notAfter: 3650 * DAY_MS,
  publicKey: { kind: 'EC', curve: 'P-256', identity: 'ca' },
});

/** OpenSSL makes no such certificate, and OTP decodes none (erlang/otp issue 10606). */
test('a common name of more than 64 characters is reported', () => {
  expect(codesWith({ commonName: 'x'.repeat(64) })).toEqual([]);
  expect(codesWith({ commonName: 'x'.repeat(65) })).toEqual(['common-name-too-long']);
});

test.each([
  ['2001:DB8:0::1', '2001:db8::1'],
  ['::1', '::1'],
  ['::ffff:0a00:1', '::ffff:10.0.0.1'],
  ['10.0.0.1', '10.0.0.1'],
])('a certificate for the host %s has to contain it as a DNS name and as an address', (host, address) => {
  expect(codesWith({}, { host, dnsNames: [host], ipAddresses: [address] })).toEqual([]);
  expect(codesWith({}, { host, dnsNames: [host] })).toEqual(['host-not-in-certificate']);
  expect(codesWith({}, { host, ipAddresses: [address] })).toEqual(['host-not-in-certificate']);
});

test('letter case does not matter, but a final dot does', () => {
  expect(codesWith({}, { host: 'db1.x.test', dnsNames: ['DB1.x.test'] })).toEqual([]);
  expect(codesWith({}, { host: 'db1.x.test', dnsNames: ['db1.x.test.'] })).toEqual(['host-not-in-certificate']);
});

const UNREADABLE = ['file-not-readable', 'key-readable-by-others'];

/** Held to `public_key:pkix_verify_hostname_match_fun(https)` of OTP 25. */
test.each<[string, string, boolean]>([
  ['*.x.test', 'db1.x.test', true],
  ['*.X.test', 'DB1.x.test', true],
  ['db*.x.test', 'db1.x.test', true],
  ['d*1.x.test', 'db1.x.test', true],
  ['*', 'db1', true],
  ['*.x.test', 'a.db1.x.test', false],
  ['*.x.test', 'x.test', false],
  ['*', 'db1.x.test', false],
  ['db1.*.test', 'db1.x.test', false],
  ['**.x.test', 'db1.x.test', false],
  ['d*b*.x.test', 'db1.x.test', false],
  ['db1*1.x.test', 'db1.x.test', false],
])('where wildcards are allowed, %s matches %s: %s', (name, host, isNamed) => {
  const customize = (call: string, protocol = 'https'): NonNullable<InstalledNode['settings']> => ({
    client: [['customize_hostname_check', list([tuple(atom('match_fun'), term.call(call, atom(protocol)))])]],
  });
  const given = { host, dnsNames: [name] };
  const https = customize('public_key:pkix_verify_hostname_match_fun');
  expect(codesWith({}, given, FILE, https)).toEqual(isNamed ? [] : ['host-not-in-certificate']);
  expect(codesWith({}, given)).toEqual(['host-not-in-certificate']);
  expect(codesWith({}, given, FILE, customize('my:own_fun'))).toEqual([]);
  expect(codesWith({}, given, FILE, customize('public_key:pkix_verify_hostname_match_fun', 'other'))).toEqual([]);
});

test.each<[string, Partial<FoundFile>, string[]]>([
  ['of the node’s user', { permissions: { mode: 0o600, uid: 1000, gid: 1000 } }, []],
  ['of root', { permissions: { mode: 0o644, uid: 0, gid: 0 } }, ['key-readable-by-others']],
  ['of root, in a group of the node’s user', { permissions: { mode: 0o640, uid: 0, gid: 1000 } }, []],
  ['of root, in another group', { permissions: { mode: 0o640, uid: 0, gid: 7 } }, UNREADABLE],
  ['of another user', { permissions: { mode: 0o640, uid: 7, gid: 1000 } }, ['file-owner-unexpected']],
  ['in a directory of root', { parents: [{ path: '/t', mode: 0o755, uid: 0, gid: 0 }] }, []],
  [
    'in a directory of another user',
    { parents: [{ path: '/t', mode: 0o755, uid: 7, gid: 0 }] },
    ['file-owner-unexpected'],
  ],
  [
    'in a directory that a group may write to',
    { parents: [{ path: '/t', mode: 0o775, uid: 0, gid: 7 }] },
    ['directory-writable-by-others'],
  ],
  ['in a directory like /tmp', { parents: [{ path: '/t', mode: 0o1777, uid: 0, gid: 0 }] }, []],
  ['behind a link of the same age', { links: [{ laterBy: 120_000, isEnd: true }] }, []],
  ['behind a newer link', { links: [{ laterBy: 120_001, isEnd: true }] }, ['file-behind-newer-symlink']],
])('findings about permissions of a file %s', (_title, change, codes) => {
  expect(codesWith({}, {}, { ...FILE, ...change }).sort()).toEqual(codes);
});

test('a CA has to last as long as the certificates that it signs, and causes one finding', () => {
  const ends = (days: number): Partial<CertificateFacts> => ({ notAfter: days * DAY_MS });
  expect(codesWith({}, ends(1824))).toEqual([]);
  expect(codesWith({}, { notBefore: -2000 * DAY_MS, ...ends(1650) })).toEqual([]);
  expect(codesWith({}, { notBefore: -2000 * DAY_MS, ...ends(1651) })).toEqual(['ca-expires-soon']);
  expect(codesWith({}, { notBefore: -2000 * DAY_MS, ...ends(3651) })).toEqual(['certificate-outlives-issuer']);
});

function codesWith(
  { commonName = 'db1.x.test' }: { commonName?: string },
  { host = 'db1.x.test', ...change }: Partial<CertificateFacts> & { host?: string } = {},
  file = FILE,
  settings?: InstalledNode['settings'],
): string[] {
  const leaf = certificate({ subject: { text: `CN=${commonName}`, commonName, identity: 'subject' }, ...change });
  const key = { format: 'PKCS#8', isEncrypted: false, isUnsupported: false } as const;
  const identity = { file, certificates: [leaf], keys: [key], text: '' };
  const trust = { file: { ...FILE, path: '/t/ca.pem' }, certificates: [CA], keys: [], text: '' };
  const material = { identity, key: identity, trust, others: [] };
  const side = { options: [], material };
  const node: InstalledNode = {
    label: 'node',
    host,
    isTools: false,
    carriers: [],
    included: [],
    misplaced: [],
    settings,
    sides: [{ side: 'server', ...side }],
  };
  const user = { uid: 1000, gids: [1000] };
  const judgement = { releases: Releases.EVERY, now: 0, notice: DAY_MS, signatures: ALL_IS_WELL, user };
  // The options are none here, and are judged elsewhere.
  const ofOptions = ['peer-not-verified', 'certificate-option-missing', 'versions-not-set'];
  return installedFindings([node], judgement)
    .map(({ code }) => code)
    .filter((code) => !ofOptions.includes(code));
}

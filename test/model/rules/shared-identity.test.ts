import { X509Certificate } from 'node:crypto';

import { tryReadOptionFile } from '../../../src/model/erlang/options/option-file-reader';
import type { FoundFile } from '../../../src/model/observed/files/found-file';
import type { InstalledNode } from '../../../src/model/observed/files/installed-node';
import type { Signatures } from '../../../src/model/observed/files/material';
import { OtpRelease } from '../../../src/model/otp/otp-release';
import { Releases } from '../../../src/model/otp/releases';
import { diallersAmong } from '../../../src/model/rules/certificates/verifiers';
import { installedFindings } from '../../../src/model/rules/check-nodes';
import { probeFindings } from '../../../src/model/rules/probe/probe';
import type { ProbedNode } from '../../../src/model/rules/probe/probed-node';
import type { CertificateFacts } from '../../../src/model/x509/certificate-reader';
import { authority, leaf } from '../../support/x509/issued';

const NAME = 'cluster.x.test';
const BY_NAME = `{server_name_indication,"${NAME}"}`;
const BY_WILDCARD = '{customize_hostname_check,[{match_fun,public_key:pkix_verify_hostname_match_fun(https)}]}';
const BY_OWN_FUNCTION = '{customize_hostname_check,[{match_fun,fun our_tls:match/2}]}';
const HOSTS = ['db1.x.test', '10.0.0.2'];

const SIGNATURES: Signatures = {
  isSignedBy: () => true,
  isListSignedBy: () => true,
  isPair: () => true,
  isWrongPassword: () => false,
  nameHash: () => '',
  fingerprint: ({ serialNumber }) => serialNumber,
};

const judgement = (otp: string): Parameters<typeof installedFindings>[1] => ({
  ...{ releases: Releases.only(OtpRelease.of(otp)), now: 0, notice: 1, signatures: SIGNATURES },
});

function certificate(dnsNames: readonly string[], key: string): CertificateFacts {
  return {
    ...{ der: new Uint8Array(), serialNumber: key, isCa: false, critical: [], ipAddresses: [], dnsNames },
    ...{ notBefore: -10, notAfter: 1e10, signatureAlgorithm: 'ecdsa-with-SHA256' },
    subject: { text: 'CN=x', commonName: 'x', identity: 'x' },
    issuer: { text: 'CN=CA', identity: 'ca' },
    publicKey: { kind: 'EC', curve: 'P-256', identity: key },
  };
}

/** A node on that host, whose client side has that option, and which shows a certificate with these names. */
function node(host: string, option: string, dnsNames: readonly string[], key = 'shared'): InstalledNode {
  const file: FoundFile = { path: `/${host}/node.pem`, kind: 'file', bytes: new Uint8Array(), parents: [] };
  const identity = { file, certificates: [certificate(dnsNames, key)], keys: [], text: '' };
  const material = { identity, key: identity, others: [] };
  const settings = tryReadOptionFile(`[{server,[]},{client,[${option}]}].`);
  return {
    ...{ label: host, host, isTools: false, carriers: [], included: [], misplaced: [], settings },
    sides: [
      { side: 'server', options: [], material },
      { side: 'client', options: settings?.client ?? [], material },
    ],
  };
}

const JUDGED = ['host-not-in-certificate', 'nodes-share-key'];

/** What is said of names and keys, with the nodes that it is said of. */
function found(nodes: readonly InstalledNode[], otp = '27'): string[] {
  return installedFindings(nodes, judgement(otp))
    .filter(({ code }) => JUDGED.includes(code))
    .map(({ code, nodes: [one] = [] }) => `${code}: ${one}`);
}

const both = (option: string, names: readonly string[]): readonly InstalledNode[] =>
  HOSTS.map((host) => node(host, option, names));

test('one certificate with the name that both nodes expect is right, on whatever host', () => {
  expect(found(both(BY_NAME, [NAME]))).toEqual([]);
  expect(found(both(BY_NAME, [NAME.toUpperCase()]))).toEqual([]);
});

test('a certificate that lacks the expected name is right for no node', () => {
  expect(found(both(BY_NAME, HOSTS))).toEqual([
    ...HOSTS.map((host) => `host-not-in-certificate: ${host}`),
    'nodes-share-key: 10.0.0.2',
  ]);
});

test('up to OTP 25, the expected name has no effect', () => {
  expect(found(both(BY_NAME, [NAME]), '25')).toEqual(HOSTS.map((host) => `host-not-in-certificate: ${host}`));
});

test('a wildcard is right for hosts below it, and for no address', () => {
  const names = ['*.x.test'];
  expect(found([node('db1.x.test', BY_WILDCARD, names), node('db2.x.test', BY_WILDCARD, names)], '25')).toEqual([]);
  expect(found(both(BY_WILDCARD, names))).toEqual(['host-not-in-certificate: 10.0.0.2']);
});

test('one key is an error where nodes do not expect the names of its certificate', () => {
  expect(found(both('', HOSTS))).toContain('nodes-share-key: 10.0.0.2');
  expect(found([node('db1.x.test', BY_NAME, [NAME]), node('db2.x.test', '', [NAME])])).toContain(
    'nodes-share-key: db2.x.test',
  );
  expect(found(both(BY_WILDCARD, ['db1.x.test', '10.0.0.2']))).toContain('nodes-share-key: 10.0.0.2');
  expect(found(both(BY_OWN_FUNCTION, [NAME]))).toEqual(['nodes-share-key: 10.0.0.2']);
});

test('a node with the option and one without refuse each other, unless certificates have both names', () => {
  const apart = [node('db1.x.test', BY_NAME, [NAME]), node('db2.x.test', '', ['db2.x.test'], 'own')];
  expect(found(apart)).toEqual(['host-not-in-certificate: db1.x.test', 'host-not-in-certificate: db2.x.test']);
  const together = [
    node('db1.x.test', BY_NAME, [NAME, 'db1.x.test']),
    node('db2.x.test', '', ['db2.x.test', NAME], 'own'),
  ];
  expect(found(together)).toEqual([]);
});

test('a running node is judged by what the files beside it expect', () => {
  const { certificatePem } = leaf(NAME, authority('CA'));
  const running: ProbedNode = {
    ...{ label: '10.0.0.2:9100', host: '10.0.0.2', versions: ['tlsv1.3'], requiresCertificate: true },
    certificates: [new X509Certificate(certificatePem).raw],
  };
  const codes = (nodes: readonly InstalledNode[]): string[] =>
    probeFindings(running, { ...judgement('27'), now: Date.now() }, diallersAmong(nodes)).map(({ code }) => code);
  expect(codes([])).toEqual(['host-not-in-certificate']);
  expect(codes(both('', HOSTS))).toEqual(['host-not-in-certificate']);
  expect(codes(both(BY_NAME, [NAME]))).toEqual([]);
});

import { readFileSync } from 'node:fs';

import { Delivery, KeyAlgorithm, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { openssl, OperatedCa } from '../support/programs/openssl';
import { requires } from '../support/programs/requires';
import { deliveredAs, Deployment } from '../support/stacks/deployment';
import { toolsOf } from '../support/stacks/running-cluster';

/** RSA keys of 4096 bits take seconds to find. */
const SLOW_MS = 180_000;

const ALGORITHMS = {
  'ECDSA P-256': { key: KeyAlgorithm.ECDSA_P256, seen: ['ASN1 OID: prime256v1', 'ecdsa-with-SHA256'] },
  'ECDSA P-384': { key: KeyAlgorithm.ECDSA_P384, seen: ['ASN1 OID: secp384r1', 'ecdsa-with-SHA384'] },
  'RSA 3072': { key: KeyAlgorithm.RSA_3072, seen: ['Public-Key: (3072 bit)', 'sha256WithRSAEncryption'] },
  'RSA 4096': { key: KeyAlgorithm.RSA_4096, seen: ['Public-Key: (4096 bit)', 'sha256WithRSAEncryption'] },
  Ed25519: { key: KeyAlgorithm.ED25519, seen: ['Public Key Algorithm: ED25519', 'Signature Algorithm: ED25519'] },
} as const;

type Algorithm = keyof typeof ALGORITHMS;

const LONG_HOST = `${'l'.repeat(60)}.x.test`;

requires(
  'terraform',
  'go',
  'openssl',
)('certificates, as openssl reads them,', () => {
  let deployment: Deployment;
  let clusters: Record<Algorithm | 'names', TlsCluster>;
  let names: TlsCluster;

  beforeAll(async () => {
    ({ deployment, clusters } = await Deployment.of((stack, target) => declareAll(stack, target)));
    names = clusters.names;
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  describe.each(Object.entries(ALGORITHMS))('of %s', (algorithm, { seen }) => {
    const cluster = (): TlsCluster => clusters[algorithm as Algorithm];
    const node = (): string => deliveredAs('node.pem', cluster().clusterNode('node@db1.x.test'));
    const tool = (): string => deliveredAs('tool.pem', toolsOf(cluster()));
    const ca = (): string => deliveredAs('ca.pem', cluster().clusterNode('node@db1.x.test'));

    test('have a key of that kind, and a signature by a key of that kind', () => {
      for (const file of [node(), tool(), ca()]) {
        for (const words of seen) expect(text(file)).toContain(words);
      }
    });

    test('form a chain that is valid for their purposes only', () => {
      expect(isGoodFor('sslserver', ca(), node())).toBe(true);
      expect(isGoodFor('sslclient', ca(), node())).toBe(true);
      expect(isGoodFor('sslclient', ca(), tool())).toBe(true);
      expect(isGoodFor('sslserver', ca(), tool())).toBe(false);
      expect(isGoodFor('sslserver', foreignCa(algorithm), node())).toBe(false);
    });

    test('follow their private key, which is in PKCS #8', () => {
      for (const file of [node(), tool()]) {
        const pem = readFileSync(file, 'utf8');
        expect(pem.match(/^-----BEGIN .*-----$/gm)).toEqual([
          '-----BEGIN PRIVATE KEY-----',
          '-----BEGIN CERTIFICATE-----',
        ]);
        expect(openssl(['pkey', '-in', file, '-pubout'])).toBe(openssl(['x509', '-in', file, '-noout', '-pubkey']));
      }
    });
  });

  test('of a node state its uses, and that it is not a CA', () => {
    const certificate = deliveredAs('node.pem', names.clusterNode('node@db1.x.test'));
    expect(extensions(certificate)).toEqual({
      'X509v3 Basic Constraints: critical': 'CA:FALSE',
      'X509v3 Key Usage: critical': 'Digital Signature',
      'X509v3 Extended Key Usage': 'TLS Web Server Authentication, TLS Web Client Authentication',
      'X509v3 Subject Alternative Name': 'DNS:db1.x.test',
      'X509v3 Subject Key Identifier': expect.stringMatching(KEY_ID),
      'X509v3 Authority Key Identifier': keyIdOf(caOf(names)),
    });
    expect(subject(certificate)).toBe('CN=db1.x.test');
    expect(issuer(certificate)).toBe(subject(caOf(names)));
  });

  test('of the tools allow clients only, and contain no host', () => {
    const certificate = deliveredAs('tool.pem', toolsOf(names));
    expect(extensions(certificate)).toEqual({
      'X509v3 Basic Constraints: critical': 'CA:FALSE',
      'X509v3 Key Usage: critical': 'Digital Signature',
      'X509v3 Extended Key Usage': 'TLS Web Client Authentication',
      'X509v3 Subject Key Identifier': expect.stringMatching(KEY_ID),
      'X509v3 Authority Key Identifier': keyIdOf(caOf(names)),
    });
    expect(subject(certificate)).toBe('CN=Erlang distribution tools');
  });

  test('of a CA allow it to sign certificates and revocation lists', () => {
    const certificate = caOf(names);
    expect(extensions(certificate)).toEqual({
      'X509v3 Basic Constraints: critical': 'CA:TRUE',
      'X509v3 Key Usage: critical': 'Certificate Sign, CRL Sign',
      'X509v3 Subject Key Identifier': keyIdOf(certificate),
      'X509v3 Authority Key Identifier': keyIdOf(certificate),
    });
    expect(subject(certificate)).toBe('CN=Names CA,OU=generation 1');
    expect(issuer(certificate)).toBe(subject(certificate));
  });

  test.each([
    ['node@10.1.2.3', 'CN=10.1.2.3', 'DNS:10.1.2.3, IP Address:10.1.2.3'],
    [`node@${LONG_HOST}`, 'CN=a short one', `DNS:${LONG_HOST}`],
    [
      'node@db2.x.test',
      'CN=db2.x.test',
      'DNS:db2.x.test, DNS:lb.x.test, IP Address:10.9.9.9, IP Address:2001:DB8:0:0:0:0:0:1',
    ],
  ])(
    'of %s contain the host in the form that each OTP release compares, and the added names',
    (name, commonName, alternative) => {
      const certificate = deliveredAs('node.pem', names.clusterNode(name));
      expect(subject(certificate)).toBe(commonName);
      expect(extensions(certificate)['X509v3 Subject Alternative Name']).toBe(alternative);
    },
  );

  test('are valid for the requested hours, within the validity of the CA', async () => {
    const hours = (name: string): number => validHours(deliveredAs('node.pem', names.clusterNode(name)));
    expect([hours('node@db1.x.test'), hours('node@db2.x.test')]).toEqual([365 * 24, 48]);
    expect(validHours(caOf(names))).toBe(3650 * 24);
    expect(validHours(deliveredAs('tool.pem', toolsOf(names)))).toBe(365 * 24);
  });

  test('are refused if an accepted revocation list of the CA contains them', async () => {
    const ca = new OperatedCa(deployment.path('operator'), await deployment.signingPemsOf(names));
    const [kept, revoked] = ['node@db1.x.test', 'node@db2.x.test'].map((name) =>
      deliveredAs('node.pem', names.clusterNode(name)),
    ) as [string, string];
    ca.revoke(revoked);
    const list = ca.writeRevocationList(deployment.path('crl'));
    const verify = (file: string): string =>
      openssl(['verify', '-crl_check', '-CAfile', caOf(names), '-CRLfile', list, file]);
    expect(verify(kept)).toContain(': OK');
    expect(() => verify(revoked)).toThrow(/certificate revoked/);
  });

  function caOf(cluster: TlsCluster): string {
    const [node] = cluster.nodes as [TlsCluster['nodes'][number]];
    return deliveredAs('ca.pem', node);
  }

  function foreignCa(algorithm: string): string {
    return caOf(clusters[algorithm === 'RSA 3072' ? 'RSA 4096' : 'RSA 3072']);
  }
});

function declareAll(stack: Construct, target: Deployment): Record<Algorithm | 'names', TlsCluster> {
  const common = (id: string): ConstructorParameters<typeof TlsCluster>[2] => ({
    platform: Platform.couchDb({ protoDist: 'inet_tls' }),
    otp: OtpRelease.OTP_25,
    nodes: [{ name: 'node@db1.x.test' }],
    installDirectory: target.path('installed', id),
    delivery: Delivery.localFiles({ outputDirectory: `${target.outputDirectory}/${id}` }),
  });
  const ofAlgorithm = Object.entries(ALGORITHMS).map(([algorithm, { key }], index) => {
    const id = `algorithm-${index}`;
    const options = { certificates: { keyAlgorithm: key }, certificateAuthority: { keyAlgorithm: key } };
    return [algorithm, new TlsCluster(stack, id, { ...common(id), ...options })];
  });
  const names = new TlsCluster(stack, 'names', {
    ...common('names'),
    certificateAuthority: { commonName: 'Names CA' },
    nodes: [
      { name: 'node@db1.x.test' },
      {
        name: 'node@db2.x.test',
        validityHours: 48,
        additionalDnsNames: ['lb.x.test'],
        additionalIpAddresses: ['10.9.9.9', '2001:db8::1'],
      },
      { name: 'node@10.1.2.3' },
      { name: `node@${LONG_HOST}`, commonName: 'a short one' },
    ],
  });
  return { ...Object.fromEntries(ofAlgorithm), names } as Record<Algorithm | 'names', TlsCluster>;
}

const KEY_ID = /^([0-9A-F]{2}:){19}[0-9A-F]{2}$/;

function text(file: string): string {
  return openssl(['x509', '-in', file, '-noout', '-text']);
}

/** Releases of OpenSSL differ in their default form. */
const RFC_2253 = ['-nameopt', 'RFC2253'];

function subject(file: string): string {
  return openssl(['x509', '-in', file, '-noout', '-subject', ...RFC_2253])
    .replace('subject=', '')
    .trim();
}

function issuer(file: string): string {
  return openssl(['x509', '-in', file, '-noout', '-issuer', ...RFC_2253])
    .replace('issuer=', '')
    .trim();
}

/** Every extension, by its heading; `critical` is part of that. */
function extensions(file: string): Record<string, string> {
  const [, listed = ''] = /X509v3 extensions:\n([\s\S]*?)\n {4}Signature Algorithm/.exec(text(file)) ?? [];
  const entries = listed.split(/\n {12}(?=X509v3)/).map((entry) => {
    const [heading = '', ...value] = entry.trim().split('\n');
    return [heading.trim().replace(/:$/, ''), value.map((line) => line.trim()).join(' ')];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

function keyIdOf(file: string): string {
  return extensions(file)['X509v3 Subject Key Identifier'] ?? '';
}

function isGoodFor(purpose: 'sslserver' | 'sslclient', ca: string, file: string): boolean {
  try {
    return openssl(['verify', '-x509_strict', '-purpose', purpose, '-CAfile', ca, file]).trim() === `${file}: OK`;
  } catch {
    return false;
  }
}

function validHours(file: string): number {
  const [start = 0, end = 0] = ['-startdate', '-enddate'].map((option) =>
    Date.parse(openssl(['x509', '-in', file, '-noout', option]).replace(/^.*=/, '')),
  );
  return (end - start) / 3_600_000;
}

import { Delivery, KeyAlgorithm, OtpRelease, Platform, type TlsOptions, TlsVersions } from 'cdktf-erlang-tls';

import { cluster, type ClusterProps, found } from '../../../support/plans/judged-plan';

const DELIVERIES: Readonly<Record<string, ClusterProps>> = {
  'an install script': {},
  'local files': { delivery: Delivery.localFiles({ outputDirectory: 'out' }) },
};

describe.each(Object.entries(DELIVERIES))('with %s', (_delivery, delivery) => {
  const changed = (before: ClusterProps, after: ClusterProps): readonly string[] =>
    found(cluster({ ...delivery, ...before }), cluster({ ...delivery, ...after }));

  test.each<[string, ClusterProps, ClusterProps, string]>([
    ['versions named in flags', { tls: { versions: TlsVersions.TLS_1_3 } }, {}, 'tlsv1.3'],
    ['none named, on OTP 25', { otp: OtpRelease.OTP_25 }, { tls: { versions: TlsVersions.TLS_1_3 } }, 'tlsv1.2'],
  ])(
    'old and new nodes of MongooseIM in its flat form have no TLS version in common: %s',
    (_title, before, after, version) => {
      const old = { tls: { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY } };
      const platform = Platform.mongooseIm();
      expect(changed({ platform, ...old, ...before }, { platform, ...old, ...after })).toContainEqual(
        expect.stringMatching(
          `^no-common-tls-version: a@h1\\.x\\.test, a@h2\\.x\\.test, tools with old files cannot agree .*offered: ${version};`,
        ),
      );
    },
  );

  test.each<[string, TlsOptions, TlsOptions, string]>([
    ['a group', both({ supportedGroups: ['x25519'] }), both({ supportedGroups: ['secp256r1'] }), '(groups offered'],
    [
      'a cipher suite',
      both({ ciphers: ['TLS_AES_256_GCM_SHA384'] }),
      both({ ciphers: ['TLS_CHACHA20_POLY1305_SHA256'] }),
      '(cipher suites offered',
    ],
    [
      'a signature algorithm',
      both({ signatureAlgs: ['ecdsa_secp256r1_sha256'] }),
      both({ signatureAlgs: ['ecdsa_secp384r1_sha384'] }),
      '(signature algorithms offered',
    ],
  ])('nodes with old files and nodes with new files need %s in common', (_title, before, after, what) => {
    const findings = changed({ tls: before }, { tls: after });
    expect(findings.some((one) => one.startsWith('no-common-algorithm: ') && one.includes(what))).toBe(true);
  });

  test('adding a group and a cipher suite separates no nodes', () => {
    const old = { supportedGroups: ['x25519'], ciphers: ['TLS_AES_256_GCM_SHA384'] };
    const next = { supportedGroups: ['x25519', 'secp256r1'], ciphers: [...old.ciphers, 'TLS_AES_128_GCM_SHA256'] };
    expect(changed({ tls: both(old) }, { tls: both(next) })).toEqual([]);
  });

  test('a key for TLS 1.3 has to come after the version: running nodes read it without a restart', () => {
    const old = { tls: { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY } };
    const next = { tls: { versions: TlsVersions.TLS_1_3_AND_1_2 } };
    const certificates = { keyAlgorithm: KeyAlgorithm.ED25519 };
    expect(changed(old, next)).toEqual([]);
    expect(changed(next, { ...next, certificates })).toEqual([]);
    expect(changed(old, { ...next, certificates })).toContainEqual(
      expect.stringMatching(
        /^key-needs-tls-1-3: the certificate of a@h1\.x\.test, a@h2\.x\.test, tools with old files has a key/,
      ),
    );
  });
});

test('a single node has no other node to connect to', () => {
  const alone = (versions: TlsVersions): ReturnType<typeof cluster> =>
    cluster({
      platform: Platform.couchDb({ protoDist: 'inet6_tls' }),
      nodes: [{ name: 'a@h1.x.test' }],
      tls: { versions },
    });
  expect(found(alone(TlsVersions.TLS_1_3), alone(TlsVersions.UNSAFE_TLS_1_2_ONLY))).toEqual([]);
});

/** The same on both sides. */
function both(options: TlsOptions['serverOptions'] & TlsOptions['clientOptions']): TlsOptions {
  return { serverOptions: options, clientOptions: options };
}

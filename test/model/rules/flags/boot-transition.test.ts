import {
  Delivery,
  type DistributionOptions,
  KeyAlgorithm,
  OtpRelease,
  Platform,
  type TlsOptions,
  TlsVersions,
} from 'cdktf-erlang-tls';

import { planSummary } from '../../../../src/model/report/text/plan-text';
import { cluster, type ClusterProps, found, foundIn, judged } from '../../../support/plans/judged-plan';
import { planAfter } from '../../../support/plans/pretended-terraform';
import { EVERY_PLATFORM } from '../../../support/platforms/every-platform';

const DELIVERIES: Readonly<Record<string, ClusterProps>> = {
  'an install script': {},
  'local files': { delivery: Delivery.localFiles({ outputDirectory: 'out' }) },
};

const TEMPLATE = Platform.relxRelease({ template: true });
const NO_EPMD = ['CouchDB', 'Elixir release', 'Erlang', 'relx release', 'VerneMQ'];

describe.each(Object.entries(DELIVERIES))('with %s', (_delivery, delivery) => {
  const changed = (before: ClusterProps, after: ClusterProps): readonly string[] =>
    found(cluster({ ...delivery, ...before }), cluster({ ...delivery, ...after }));

  test.each(Object.entries(EVERY_PLATFORM))('nothing is found where nothing changes on %s', (name, platform) => {
    const distribution = NO_EPMD.includes(name) ? { portWithoutEpmd: 9100 } : {};
    const props = { platform, distribution };
    expect(changed(props, props)).toEqual([]);
  });

  test.each<[string, DistributionOptions, DistributionOptions, string]>([
    ['from one port for all to another', { portWithoutEpmd: 9100 }, { portWithoutEpmd: 9200 }, 'at port 9100'],
    ['from epmd to one port for all', {}, { portWithoutEpmd: 9100 }, 'by epmd'],
    ['from one port for all to epmd', { portWithoutEpmd: 9100 }, {}, 'at port 9100'],
  ])('old and new nodes do not find each other %s', (_title, before, after, looks) => {
    const props = { platform: Platform.relxRelease() };
    const findings = changed({ ...props, distribution: before }, { ...props, distribution: after });
    expect(findings).toContainEqual(
      expect.stringMatching(
        `^port-discovery-mismatch: a@h1\\.x\\.test, old, which looks for nodes ${looks}, would not find another node on the way`,
      ),
    );
    expect(findings.every((one) => one.startsWith('port-discovery-mismatch: '))).toBe(true);
  });

  test('the same port is the same however a release spells it, and so is any range of ports behind epmd', () => {
    const at = (otp: OtpRelease, distribution: DistributionOptions): ClusterProps => ({ otp, distribution });
    const port = { portWithoutEpmd: 9100 };
    expect(changed(at(OtpRelease.OTP_26, port), at(OtpRelease.OTP_29, port))).toEqual([]);
    expect(changed(at(OtpRelease.OTP_27, { firstPort: 9100 }), at(OtpRelease.OTP_27, { firstPort: 9300 }))).toEqual([]);
  });

  test.each<[string, ClusterProps, ClusterProps, string]>([
    ['versions named in flags', { tls: { versions: TlsVersions.TLS_1_3 } }, {}, 'tlsv1.3'],
    ['none named, on OTP 25', { otp: OtpRelease.OTP_25 }, { tls: { versions: TlsVersions.TLS_1_3 } }, 'tlsv1.2'],
  ])('MongooseIM in its flat form, %s', (_title, before, after, version) => {
    const old = { tls: { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY } };
    const platform = Platform.mongooseIm();
    expect(changed({ platform, ...old, ...before }, { platform, ...old, ...after })).toContainEqual(
      expect.stringMatching(
        `^plan-changes-versions: a@h1\\.x\\.test, old, with ${version}, has no TLS version in common`,
      ),
    );
  });

  test('a relx template with a variable of its environment is read, too', () => {
    const flags = [{ name: 'setcookie', values: ['${NODE_COOKIE}'] }];
    const next = Platform.relxRelease({ template: true, protoDist: 'inet6_tls' });
    expect(changed({ platform: TEMPLATE, flags }, { platform: next, flags })).toContainEqual(
      expect.stringMatching(
        /^plan-changes-protocol: -proto_dist of a@h1\.x\.test "inet6_tls" changes \(it was inet_tls\)/,
      ),
    );
    const moved = [{ name: 'setcookie', values: ['${OTHER_COOKIE}'] }];
    expect(changed({ platform: TEMPLATE, flags }, { platform: TEMPLATE, flags: moved })).toEqual([
      expect.stringMatching(
        /^plan-change-not-examined: what a@h1\.x\.test, a@h2\.x\.test read at boot .*\(-setcookie\)/,
      ),
    ]);
  });

  test.each<[string, TlsOptions, TlsOptions, string]>([
    ['a group', both({ supportedGroups: ['x25519'] }), both({ supportedGroups: ['secp256r1'] }), '"group"'],
    [
      'a cipher suite',
      both({ ciphers: ['TLS_AES_256_GCM_SHA384'] }),
      both({ ciphers: ['TLS_CHACHA20_POLY1305_SHA256'] }),
      '"cipher suite"',
    ],
    [
      'a signature algorithm',
      both({ signatureAlgs: ['ecdsa_secp256r1_sha256'] }),
      both({ signatureAlgs: ['ecdsa_secp384r1_sha384'] }),
      '"signature algorithm"',
    ],
  ])('%s that old and new have in common is needed', (_title, before, after, what) => {
    const findings = changed({ tls: before }, { tls: after });
    expect(findings.some((one) => one.startsWith('plan-changes-algorithms: ') && one.includes(what))).toBe(true);
  });

  test('one more group, and one more cipher suite, part nobody', () => {
    const old = { supportedGroups: ['x25519'], ciphers: ['TLS_AES_256_GCM_SHA384'] };
    const next = { supportedGroups: ['x25519', 'secp256r1'], ciphers: [...old.ciphers, 'TLS_AES_128_GCM_SHA256'] };
    expect(changed({ tls: both(old) }, { tls: both(next) })).toEqual([]);
  });

  test('a key for TLS 1.3 does not come with the versions: running nodes read it without a restart', () => {
    const old = { tls: { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY } };
    const next = { tls: { versions: TlsVersions.TLS_1_3_AND_1_2 } };
    const certificates = { keyAlgorithm: KeyAlgorithm.ED25519 };
    expect(changed(old, next)).toEqual([]);
    expect(changed(next, { ...next, certificates })).toEqual([]);
    expect(changed(old, { ...next, certificates })).toContainEqual(
      expect.stringMatching(/^key-needs-tls-1-3: a@h1\.x\.test, old, .*TLS 1\.2 would be spoken/),
    );
  });

  test.each<[string, ClusterProps, string]>([
    ['a flag', { flags: [{ name: 'kernel', values: ['net_ticktime', '30'] }] }, '-kernel net_ticktime'],
    ['an option', { tls: { serverOptions: { depth: 3 } } }, 'server option depth'],
    ['a list that was not there', { tls: both({ supportedGroups: ['x25519'] }) }, 'client option supported_groups'],
  ])('%s that no rule is for is said', (_title, after, says) => {
    const [finding, ...others] = changed({}, after);
    expect(finding).toMatch(/^plan-change-not-examined: what a@h1\.x\.test, a@h2\.x\.test.* read at boot changes/);
    expect(finding).toContain(says);
    expect(others.every((one) => one.startsWith('plan-change-not-examined: '))).toBe(true);
  });
});

test('a node alone has nobody to dial', () => {
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

test('what a variable file of RabbitMQ says beside flags is said', () => {
  const plan = planAfter(cluster({ platform: Platform.rabbitMq() }), cluster({ platform: Platform.rabbitMq() }));
  const text = JSON.stringify(plan).replace('USE_LONGNAME=true', 'USE_LONGNAME=false');
  expect(foundIn(JSON.parse(text))).toEqual([
    expect.stringMatching(
      /^plan-change-not-examined: what a@h1\.x\.test read at boot .*\(text of rabbitmq-env\.conf\)/,
    ),
  ]);
});

test('boot files whose text is not in the plan are said, as of a configuration in HCL', () => {
  const plan = planAfter(cluster(), cluster({ certificates: { keyGeneration: 'b' } }));
  for (const { expressions } of plan.configuration.root_module.resources) {
    const { content } = expressions as { content?: { constant_value?: unknown } };
    delete content?.constant_value;
  }
  expect(foundIn(plan)).toContainEqual(expect.stringMatching(/^boot-files-unknown: plan for /));
});

test('a warning alone is no promise that everybody can connect', () => {
  const flags = [{ name: 'kernel', values: ['net_ticktime', '30'] }];
  expect(planSummary(judged(cluster(), cluster({ flags })))).toBe(
    '2 nodes and the tools: this plan disconnects no nodes, as far as it can be checked. See the warnings:',
  );
  expect(planSummary(judged(cluster(), cluster()))).toBe(
    '2 nodes and the tools: every pair can connect, with old files and with new ones.',
  );
});

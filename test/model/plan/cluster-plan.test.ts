import { parseNodeName } from '../../../src/model/cluster/node-name';
import { TlsVersions } from '../../../src/model/erlang/options/tls-versions';
import { OtpRelease } from '../../../src/model/otp/otp-release';
import { KeyAlgorithm } from '../../../src/model/pki/key-algorithm';
import { type ClusterPlan, planCluster } from '../../../src/model/plan/cluster-plan';
import type { ClusterSpec, NodeSpec } from '../../../src/model/plan/cluster-spec';
import { withPems } from '../../../src/model/plan/pem-files';
import { erl } from '../../../src/model/platforms/plain-erl';
import type { IPlatformProfile } from '../../../src/model/platforms/profile';

const NAMES = ['app@h1.x.test', 'app@h2.x.test', 'app@h3.x.test'];

function node(name: string, own: Partial<NodeSpec> = {}): NodeSpec {
  const declared = { id: name, name: parseNodeName(name), installDirectory: '/etc/tls' };
  return { node: declared, label: name, hasOwnDirectory: false, certificate: {}, ...own };
}

function spec(over: Partial<ClusterSpec> = {}): ClusterSpec {
  return {
    otp: OtpRelease.OTP_27,
    nodes: NAMES.map((name) => node(name)),
    installDirectory: '/etc/tls',
    tls: { versions: TlsVersions.TLS_1_3, unsafeVerifyNone: false, serverOptions: {}, clientOptions: {} },
    distribution: { otp: OtpRelease.OTP_27, buffers: true },
    flags: [],
    certificates: {},
    separateKeyFile: false,
    trustedGenerations: [{ id: '1', canSign: true }],
    alarms: {},
    toolsId: 'tools',
    takenIds: ['tools'],
    ...over,
  };
}

function plan(over: Partial<ClusterSpec> = {}, platform: IPlatformProfile = erl()): ClusterPlan {
  return planCluster(spec(over), platform);
}

function codes({ findings }: ClusterPlan): string[] {
  return findings.map(({ code }) => code);
}

describe('a node', () => {
  const [first] = plan().nodes;

  test('has a certificate for its host', () => {
    expect(first?.certificate).toEqual({
      subject: 'certificate of node "app@h1.x.test"',
      commonName: 'h1.x.test',
      dnsNames: ['h1.x.test'],
      ipAddresses: [],
      uses: ['digital_signature', 'server_auth', 'client_auth'],
      keyAlgorithm: KeyAlgorithm.ECDSA_P256,
      lifetime: { validityHours: 8760, earlyRenewalHours: 2920 },
    });
  });

  test('has PEM files as parts that only Terraform knows, and boot files as text', () => {
    expect(first?.files.map((file) => ('parts' in file ? [file.path, ...file.parts] : [file.path]))).toEqual([
      ['/etc/tls/ca.pem', 'trust'],
      ['/etc/tls/node.pem', 'privateKey', 'certificate', 'chain'],
      ['/etc/tls/ssl_dist.conf'],
      ['/etc/tls/vm.args'],
    ]);
    expect(first?.boot.bootFiles[0]?.text).toContain('-ssl_dist_optfile /etc/tls/ssl_dist.conf');
  });

  test('has files with the PEM texts filled in, the chain after the certificate', () => {
    const [trust, identity] = withPems(first?.files ?? [], {
      trust: 'T',
      certificate: 'C',
      chain: 'I',
      privateKey: 'K',
    });
    expect([trust?.content, identity?.content, identity?.sensitive]).toEqual(['T', 'KCI', true]);
  });

  test('takes precedence over the cluster with its own options', () => {
    const own = node('app@h1.x.test', { certificate: { validityHours: 100, commonName: 'first' } });
    const { nodes } = plan({ nodes: [own], certificates: { validityHours: 200, earlyRenewalHours: 50 } });
    expect(nodes[0]?.certificate).toMatchObject({
      commonName: 'first',
      lifetime: { validityHours: 100, earlyRenewalHours: 50 },
    });
  });

  test('has boot files of its own in a directory of its own', () => {
    const elsewhere = node('app@h2.x.test', {
      node: { id: 'two', name: parseNodeName('app@h2.x.test'), installDirectory: '/srv/tls' },
      hasOwnDirectory: true,
    });
    const { nodes } = plan({ nodes: [node('app@h1.x.test'), elsewhere] });
    expect(nodes.map(({ boot }) => boot.optionFile)).toEqual(['/etc/tls/ssl_dist.conf', '/srv/tls/ssl_dist.conf']);
    expect(nodes.map(({ hasOwnBootFiles }) => hasOwnBootFiles)).toEqual([false, true]);
  });
});

describe('other nodes', () => {
  const byId = ({ nodes }: ClusterPlan): Map<string, unknown> => new Map(nodes.map((one) => [one.id, one]));

  test('stay as they are when one is added, wherever it stands in the list', () => {
    const before = byId(plan());
    for (const index of [0, 1, 3]) {
      const nodes = [...spec().nodes.slice(0, index), node('app@h9.x.test'), ...spec().nodes.slice(index)];
      const after = byId(plan({ nodes }));
      after.delete('app@h9.x.test');
      expect(after).toEqual(before);
    }
  });

  test('stay as they are in another order', () => {
    expect(byId(plan({ nodes: [...spec().nodes].reverse() }))).toEqual(byId(plan()));
  });
});

describe('the tools', () => {
  test('have a certificate for clients only, and a directory and a command of their own', () => {
    const { tools } = plan();
    expect(tools?.certificate).toMatchObject({ uses: ['digital_signature', 'client_auth'], dnsNames: [] });
    expect(tools?.files.map(({ path }) => path)).toEqual([
      '/etc/tls/tools/ca.pem',
      '/etc/tls/tools/tool.pem',
      '/etc/tls/tools/remsh.conf',
      '/etc/tls/tools/remsh.args',
    ]);
    expect(tools?.command).toBe('erl -args_file /etc/tls/tools/remsh.args -remsh app@h1.x.test');
  });

  test('are absent if the platform has none', () => {
    expect(plan({}, { ...erl(), tools: undefined }).tools).toBeUndefined();
  });
});

describe('alarms', () => {
  const hours = (over: Partial<ClusterSpec>): (string | number)[][] =>
    plan(over).alarms.map(({ rule, subject, hours: before }) => [rule.code, subject, before]);

  test('leave a CA as long as the longest certificate lasts, and certificates half of the time for renewal', () => {
    expect(hours({ nodes: [node('app@h1.x.test', { certificate: { validityHours: 9000 } })] })).toEqual([
      ['ca-expires-soon', 'CA generation "1"', 9000],
      ['certificate-expires-soon', 'certificate of node "app@h1.x.test"', 1500],
      ['certificate-expires-soon', 'certificate of the tools', 1460],
    ]);
  });

  test('go off when the user says', () => {
    expect(hours({ alarms: { caHours: 10, certificateHours: 5 } }).map(([, , before]) => before)).toEqual([
      10, 5, 5, 5, 5,
    ]);
  });
});

describe('findings', () => {
  test('are none for a sound declaration', () => {
    expect(codes(plan())).toEqual([]);
  });

  test.each<[string, Partial<ClusterSpec>]>([
    ['cluster-without-nodes', { nodes: [] }],
    ['node-declared-twice', { nodes: ['a@h.test', 'a@h.test'].map((name) => node(name)) }],
    ['node-id-illegal', { nodes: [node('a@h.test')], takenIds: ['a@h.test'] }],
    ['key-needs-tls-1-3', { ...tls12(), certificates: { keyAlgorithm: KeyAlgorithm.ED25519 } }],
  ])('%s is an error, and nothing is planned', (code, over) => {
    const { findings, nodes, tools, alarms } = plan(over);
    expect(findings.map((one) => one.code)).toContain(code);
    expect([nodes, tools, alarms]).toEqual([[], undefined, []]);
  });

  test('node-names-mixed is a warning, and the cluster is planned all the same', () => {
    const mixed = plan({ nodes: ['a@short', 'a@long.x.test'].map((name) => node(name)) });
    expect([codes(mixed), mixed.nodes.length]).toEqual([['node-names-mixed'], 2]);
  });
});

function tls12(): Partial<ClusterSpec> {
  return { tls: { ...spec().tls, versions: TlsVersions.UNSAFE_TLS_1_2_ONLY } };
}

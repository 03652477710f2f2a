import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import {
  CaGeneration,
  CertificateAuthority,
  Delivery,
  Identity,
  NodeCertificate,
  OtpRelease,
  Platform,
  SslDistOptFile,
  TlsCluster,
  type TlsClusterProps,
} from 'cdktf-erlang-tls';

import { present } from '../support/stacks/present';
import { emptyStack, Template } from '../support/stacks/template';

const NAME = 'cluster.example.internal';
const BY_NAME = Identity.shared({ serverName: NAME, longNames: true });
const BY_WILDCARD = Identity.sharedByWildcard({
  wildcards: ['*.eu-west-1.compute.internal', '*.example.com'],
  longNames: true,
});

const OPTION = `{server_name_indication,"${NAME}"}`;
const MATCH = '{customize_hostname_check,[{match_fun,public_key:pkix_verify_hostname_match_fun(https)}]}';

function declared(props: Partial<TlsClusterProps> = {}): { readonly cluster: TlsCluster; readonly template: Template } {
  const stack = emptyStack();
  new TlsProvider(stack, 'tls');
  new LocalProvider(stack, 'local');
  const cluster = new TlsCluster(stack, 'app', {
    platform: Platform.elixirRelease(),
    otp: OtpRelease.OTP_26,
    nodes: [],
    identity: BY_NAME,
    installDirectory: '/etc/app/tls',
    delivery: Delivery.localFiles({ outputDirectory: '/srv/out' }),
    ...props,
  });
  return { cluster, template: Template.fromStack(stack) };
}

/** The names in the one request that is not of the tools. */
function namesIn(template: Template): unknown {
  const requests = Object.values(template.resources('tls_cert_request'));
  const [{ dns_names, ip_addresses, subject } = {}, ...others] = requests.filter(({ dns_names: names }) => names);
  expect(others).toEqual([]);
  return { dns_names, ip_addresses, subject };
}

function warningsIn({ node }: TlsCluster): string[] {
  return node.metadata.map(({ data }) => String(data));
}

test('one key, one certificate and one set of files stand for all nodes', () => {
  const { cluster, template } = declared();
  expect(template.counts()).toMatchObject({ tls_private_key: 1 + 1 + 1, tls_locally_signed_cert: 1 + 1 });
  expect(namesIn(template)).toEqual({
    dns_names: [NAME],
    ip_addresses: undefined,
    subject: [{ common_name: NAME }],
  });
  expect(Object.keys(template.files('/srv/out')).sort()).toEqual([
    ...['shared/ca.pem', 'shared/node.pem', 'shared/ssl_dist.conf', 'shared/vm.args'],
    ...['tools/ca.pem', 'tools/remote.conf', 'tools/remote.vm.args', 'tools/tool.pem'],
  ]);
  expect(cluster.nodes.map(({ id, name, installDirectory }) => [id, name, installDirectory])).toEqual([
    ['shared', 'shared', '/etc/app/tls'],
  ]);
  expect(cluster.clusterNode('shared').certificate).toBeDefined();
});

test.each([
  ['a fixed name', BY_NAME, OPTION],
  ['wildcards', BY_WILDCARD, MATCH],
])('nodes and tools expect %s of each other, and accept as ever', (_title, identity, option) => {
  const { cluster } = declared({ identity });
  const [server = '', client = ''] = present(cluster.nodes[0]?.optionFile).text.split('{client,');
  expect(server).not.toContain(option);
  expect(client).toContain(`,\n          ${option}]}].`);
  expect(present(cluster.tools).optionFile.text).toContain(`,\n          ${option}]}].`);
});

test('wildcards are in the certificate, for every release', () => {
  const { template } = declared({ identity: BY_WILDCARD, otp: OtpRelease.OTP_24 });
  expect(namesIn(template)).toEqual({
    dns_names: ['*.eu-west-1.compute.internal', '*.example.com'],
    ip_addresses: undefined,
    subject: [{ common_name: '*.eu-west-1.compute.internal' }],
  });
});

test('the hosts of nodes that are named are in the certificate as well, so that nodes without the option accept it', () => {
  const { cluster, template } = declared({
    platform: Platform.erl(),
    nodes: [{ name: 'app@db{1..2}.example.com' }, { name: 'app@10.0.0.1' }],
  });
  expect(namesIn(template)).toMatchObject({
    dns_names: [NAME, 'db1.example.com', 'db2.example.com', '10.0.0.1'],
    ip_addresses: ['10.0.0.1'],
  });
  expect(cluster.nodes.map(({ id }) => id)).toEqual(['shared']);
  expect(present(cluster.tools).command).toContain('app@db1.example.com');
});

test('one more named node changes no address', () => {
  const one = declared({ nodes: [{ name: 'app@db1.example.com' }] }).template;
  const two = declared({ nodes: [{ name: 'app@db2.example.com' }, { name: 'app@db1.example.com' }] }).template;
  expect(two.addresses()).toEqual(one.addresses());
  expect(one.addresses()).toEqual(declared().template.addresses());
});

test('an id and a common name of its own are taken', () => {
  const identity = Identity.shared({ serverName: NAME, id: 'web', commonName: 'web machines', longNames: false });
  const { cluster, template } = declared({ identity });
  expect(cluster.clusterNode('web').certificate?.nodeName).toBe('web');
  expect(namesIn(template)).toMatchObject({ subject: [{ common_name: 'web machines' }] });
  expect(present(cluster.tools).command).toMatch(/^RELEASE_DISTRIBUTION=sname RELEASE_NODE=NODE@HOST /);
});

test('a delivery gets one request, whose id is that of the identity', () => {
  const { template } = declared({ delivery: Delivery.installScript({ outputDirectory: '/srv/out' }) });
  expect(Object.keys(template.files('/srv/out')).sort()).toEqual(['shared.sh', 'tools.sh']);
});

test('synth says once what it costs, and what is mixed', () => {
  const price = expect.stringMatching(
    /^identity-shared: identity gives every machine the same private key \(cluster\.example\.internal\), .*net_kernel:allow\/1 and the revocation of one machine are lost/,
  );
  expect(warningsIn(declared().cluster)).toEqual([price]);
  const nodes = [{ name: 'app@db1' }];
  expect(warningsIn(declared({ nodes }).cluster)).toEqual([
    expect.stringMatching(/^node-names-mixed: node name "app@db1" .*\(beside longNames: true\)/),
    price,
  ]);
});

test('the next generation of the CA signs it like any other certificate', () => {
  const generations = [CaGeneration.trusted('1'), CaGeneration.signing('2')];
  const { template } = declared({ certificateAuthority: { generations } });
  expect(Object.keys(template.resources('tls_locally_signed_cert'))).toHaveLength(2);
});

test('a certificate and an option file alone can have a shared identity', () => {
  const template = Template.of((stack) => {
    const issuer = new CertificateAuthority(stack, 'ca', { commonName: 'CA' });
    new NodeCertificate(stack, 'all', {
      issuer,
      nodeName: 'app@db1.example.com',
      identity: BY_NAME,
      additionalDnsNames: ['x.test'],
    });
    const { text } = new SslDistOptFile(stack, 'file', {
      ...{ otp: OtpRelease.OTP_27, path: '/t/ssl.conf', certfile: '/t/node.pem', cacertfile: '/t/ca.pem' },
      identity: BY_NAME,
    });
    expect(text).toContain(OPTION);
  });
  expect(namesIn(template)).toMatchObject({ dns_names: [NAME, 'x.test'], subject: [{ common_name: NAME }] });
});

/** How a user provokes each refusal and warning of the catalogue, and what it says. */
import { resolve } from 'node:path';

import { App, Lazy, TerraformStack } from 'cdktf';
import type { TlsCluster } from 'cdktf-erlang-tls';
import {
  CaGeneration,
  CaRollover,
  CertificateAuthority,
  Delivery,
  KeyAlgorithm,
  type LocalFilesProps,
  NodeCertificate,
  type NodeFile,
  OtpRelease,
  Platform,
  SslDist,
  SslDistOptFile,
  type SslDistOptFileProps,
  type TlsClusterProps,
  TlsVersions,
  ToolCertificate,
  VmArgs,
  type VmArgsProps,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import type { Code } from '../../src/model/catalogue';
import { cluster } from './refused-cluster';
import { IDENTITY_REFUSALS } from './refused-identities';
import { ISSUER_REFUSALS } from './refused-issuers';
import { KEY_REFUSALS } from './refused-keys';
import { KUBERNETES_REFUSALS } from './refused-kubernetes';
import { REVOCATION_REFUSALS } from './refused-revocation';
import { SECRET_STORE_REFUSALS } from './refused-secret-stores';
import { SHARD_REFUSALS } from './refused-shards';
import { SOURCE_REFUSALS } from './refused-sources';
import { SSH_REFUSALS } from './refused-ssh';
import { TYPE_REFUSALS } from './refused-types';
import { VERSION_REFUSALS } from './refused-versions';

export interface Refusal {
  readonly code: Code;
  /** What sets this case apart from others of the same code. */
  readonly title?: string;
  readonly provoke: (scope: Construct) => unknown;
  /** A part of the message, between the code and the remedy. */
  readonly says: string;
  /** What is allowed, where the message is more exact than the catalogue. */
  readonly expected?: string;
}

const TOKEN = Lazy.stringValue({ produce: () => 'late' });

const introduced = (scope: Construct): CertificateAuthority =>
  new CertificateAuthority(scope, 'ca', {
    commonName: 'CA',
    generations: [CaGeneration.signing('1'), CaGeneration.trusted('2')],
  });

const nodes = (...names: string[]): ((scope: Construct) => TlsCluster) =>
  cluster({ nodes: names.map((name) => ({ name })) });

function optFile(props: Partial<SslDistOptFileProps>): (scope: Construct) => SslDistOptFile {
  return (scope) =>
    new SslDistOptFile(scope, 'optfile', {
      path: '/t/ssl_dist.conf',
      otp: OtpRelease.OTP_27,
      certfile: '/t/node.pem',
      cacertfile: '/t/ca.pem',
      ...props,
    });
}

function vmArgs(props: Partial<VmArgsProps>): (scope: Construct) => VmArgs {
  return (scope) =>
    new VmArgs(scope, 'vmargs', {
      path: '/t/vm.args',
      otp: OtpRelease.OTP_27,
      sslDist: SslDist.optFile('/t/ssl_dist.conf'),
      ...props,
    });
}

function deliver(
  files: NodeFile[],
  props: LocalFilesProps = { outputDirectory: '/srv/out' },
  nodeId = 'n',
): (scope: Construct) => unknown {
  return (scope) => Delivery.localFiles(props).bind(scope, { nodeId, installDirectory: '/t', files });
}

const file = (over: Partial<NodeFile> = {}): NodeFile => ({
  path: '/t/a',
  content: 'x',
  mode: '0644',
  sensitive: false,
  ...over,
});

export const REFUSALS: readonly Refusal[] = [
  ...TYPE_REFUSALS,
  ...REVOCATION_REFUSALS,
  ...SECRET_STORE_REFUSALS,
  ...SHARD_REFUSALS,
  ...ISSUER_REFUSALS,
  ...SOURCE_REFUSALS,
  ...IDENTITY_REFUSALS,
  ...SSH_REFUSALS,
  ...KEY_REFUSALS,
  ...KUBERNETES_REFUSALS,
  ...VERSION_REFUSALS,
  { code: 'node-name-without-host', provoke: nodes('couchdb'), says: 'node name "couchdb" has no host part' },
  { code: 'node-name-illegal-name', provoke: nodes('-x@h.test'), says: 'node name "-x@h.test" has a part before "@"' },
  { code: 'node-name-illegal-host', provoke: nodes('a@*.x.test'), says: 'node name "a@*.x.test" has a host that is' },
  { code: 'node-name-not-an-address', provoke: nodes('a@1.2.3.256'), says: 'node name "a@1.2.3.256" has a host of' },
  ...['0x7f.1', '0177.0.0.1', '127.1', '2130706433', '0x7F000001'].map((host) => ({
    code: 'node-name-not-an-address' as const,
    title: host,
    provoke: nodes(`a@${host}`),
    says: `node name "a@${host}" has a host of numbers`,
  })),
  { code: 'node-name-too-long', provoke: nodes(`a@${'x.'.repeat(127)}x`), says: 'is longer than an Erlang atom' },
  { code: 'node-id-needed', provoke: nodes(`a@${TOKEN}`), says: 'node name "a@<known to Terraform>" has a host' },
  {
    code: 'node-id-illegal',
    provoke: cluster({ nodes: [{ name: 'a@h.test', id: '../up' }] }),
    says: 'node id "../up" cannot name',
  },
  {
    code: 'node-id-illegal',
    title: 'the tools’ own id',
    provoke: cluster({ nodes: [{ name: 'a@h.test', id: 'tools' }] }),
    says: 'node id "tools" cannot name',
  },
  { code: 'node-id-illegal', title: 'in a delivery', provoke: deliver([], undefined, '..'), says: 'nodeId ".."' },
  {
    code: 'node-declared-twice',
    provoke: nodes('a@h.test', 'a@h.test'),
    says: 'node name "a@h.test" is declared twice',
  },
  {
    code: 'node-declared-twice',
    title: 'in two spellings of one address',
    provoke: cluster({
      platform: Platform.erl({ protoDist: 'inet6_tls' }),
      nodes: [{ name: 'a@::1' }, { name: 'b@::1' }, { name: 'a@0:0:0:0:0:0:0:1' }],
    }),
    says: 'node name "a@0:0:0:0:0:0:0:1" is declared twice (it is the same as a@::1)',
  },
  {
    code: 'node-declared-twice',
    title: 'in two spellings of one DNS name',
    provoke: nodes('a@h.test', 'a@H.Test'),
    says: 'node name "a@H.Test" is declared twice (it is the same as a@h.test)',
  },
  {
    code: 'node-range-illegal',
    provoke: nodes('a@h{2..0}'),
    says: 'node name "a@h{2..0}" has braces that are no range',
  },
  { code: 'node-range-illegal', title: 'unsupported braces', provoke: nodes('a@h{a,b}'), says: '"a@h{a,b}" has' },
  {
    code: 'node-range-too-large',
    provoke: nodes('a@h{0..10}{0..999}'),
    says: 'node name "a@h{0..10}{0..999}" stands for too many nodes',
  },
  {
    code: 'node-range-not-possible',
    provoke: cluster({ nodes: [{ name: 'a@h{0..2}', id: 'a' }] }),
    says: 'node name "a@h{0..2}" has a range beside something',
  },
  { code: 'node-unknown', provoke: (scope) => nodes('a@h.test')(scope).clusterNode('b'), says: 'node "b" is not in' },
  { code: 'cluster-without-nodes', provoke: nodes(), says: 'nodes [] names no node' },
  {
    code: 'node-address-family-mismatch',
    provoke: nodes('a@::1'),
    says: 'node name "a@::1" has an address of the other IP',
  },
  { code: 'otp-release-unknown', provoke: () => OtpRelease.of('23'), says: 'OTP release "23" is no OTP release' },

  {
    code: 'path-not-absolute',
    provoke: cluster({ installDirectory: 'tls' }),
    says: 'installDirectory "tls" is not an',
  },
  { code: 'path-not-normalized', provoke: cluster({ installDirectory: '/a/../b' }), says: '"/a/../b" is not a normal' },
  { code: 'path-with-control-character', provoke: cluster({ installDirectory: '/a\nb' }), says: '"/a\\nb" holds a' },
  {
    code: 'path-split-by-shell',
    provoke: cluster({ installDirectory: '/my dir' }),
    says: '"/my dir" holds a blank',
  },
  {
    code: 'path-split-by-shell',
    title: 'of a module directory',
    provoke: () => Platform.rabbitMq({ sslPath: '/usr/lib/erlang/lib/ssl-*/ebin' }),
    says: 'sslPath of RabbitMQ "/usr/lib/erlang/lib/ssl-*/ebin" holds a blank',
  },
  {
    code: 'text-changed-by-terraform',
    provoke: cluster({ platform: Platform.erl(), installDirectory: '/cafe\u0301' }),
    says: 'installDirectory "/cafe\u0301" holds characters that Terraform would change',
  },
  {
    code: 'path-with-control-character',
    title: 'of an output directory',
    provoke: deliver([], { outputDirectory: 'a\0b' }),
    says: 'outputDirectory "a\\u0000b" holds a character',
  },
  ...(
    [
      ['out', 'out', 'out/n/a'],
      ['out', './out/', 'out/n/a'],
      ['out', resolve('out'), `${resolve('out')}/n/a`],
      ['/srv/Out', '/srv/out', '/srv/out/n/a'],
    ] as const
  ).map(([one, other, written]) => ({
    code: 'file-written-twice' as const,
    title: `${one} and ${other === resolve('out') ? 'its absolute path' : other}, in two stacks`,
    provoke: (scope: Construct): void => {
      const app = App.of(scope);
      [one, other].forEach((outputDirectory, index) =>
        deliver([file()], { outputDirectory })(new TerraformStack(app, `stack${index}`)),
      );
    },
    says: `file "${written}" is written by two parts of the configuration (stack0 writes it`,
  })),
  {
    code: 'file-written-twice',
    title: 'by two clusters, whose tools have one name',
    provoke: (scope: Construct): void => {
      cluster({})(scope);
      cluster({ nodes: [{ name: 'couchdb@db2.example.com' }] })(new TerraformStack(App.of(scope), 'other'));
    },
    says: 'file "/srv/out/tools/ca.pem" is written by two parts of the configuration (stack/cluster/tools writes it)',
  },
  { code: 'file-written-twice', provoke: deliver([file(), file()]), says: 'file "/t/a" is written by two parts' },
  {
    code: 'file-mode-malformed',
    provoke: deliver([file({ mode: '644' })]),
    says: 'mode of /t/a "644" is no file mode',
  },
  {
    code: 'key-readable-by-others',
    provoke: deliver([file({ mode: '0640', sensitive: true })]),
    says: 'mode of /t/a "0640" lets others read',
  },
  { code: 'file-writable-by-others', provoke: deliver([file({ mode: '0664' })]), says: '"0664" lets others change' },
  {
    code: 'file-outside-install-directory',
    provoke: deliver([file({ path: '/u/a' })]),
    says: 'file "/u/a" does not lie',
  },
  {
    code: 'file-not-for-script',
    provoke: (scope) =>
      Delivery.installScript({ outputDirectory: '/srv/out' }).bind(scope, {
        nodeId: 'n',
        installDirectory: '/t',
        files: [file({ content: 'no line break' })],
      }),
    says: 'file "a" cannot be carried by an install script',
  },
  {
    code: 'owner-illegal',
    provoke: cluster({ delivery: Delivery.installScript({ outputDirectory: '/srv/out', owner: '$(id)' }) }),
    says: 'owner "$(id)" is no owner',
  },
  {
    code: 'output-directory-empty',
    provoke: deliver([], { outputDirectory: '' }),
    says: 'outputDirectory "" is empty',
  },

  { code: 'key-too-weak', provoke: () => KeyAlgorithm.rsa(1024), says: 'RSA modulus 1024 is too weak' },
  {
    code: 'key-too-weak',
    title: 'P-224',
    provoke: () => KeyAlgorithm.ecdsa('P224'),
    says: 'ECDSA curve "P224" is too',
  },
  { code: 'key-size-unsupported', provoke: () => KeyAlgorithm.rsa(3000), says: 'RSA modulus 3000 is no size' },
  { code: 'key-curve-unsupported', provoke: () => KeyAlgorithm.ecdsa('P521'), says: 'ECDSA curve "P521" is no curve' },
  {
    code: 'key-needs-tls-1-3',
    provoke: cluster({
      certificates: { keyAlgorithm: KeyAlgorithm.ED25519 },
      tls: { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY },
    }),
    says: '"ED25519" has a key that cannot be used with TLS 1.2',
  },
  {
    code: 'common-name-empty',
    provoke: (scope) => new CertificateAuthority(scope, 'ca', { commonName: '' }),
    says: 'CA has an empty common name',
  },
  {
    code: 'common-name-too-long',
    provoke: nodes(`a@${'x'.repeat(40)}.${'y'.repeat(40)}.test`),
    says: 'has a common name too long for some OTP releases to decode (86 characters)',
  },
  {
    code: 'common-name-equals-issuer',
    provoke: cluster({ certificateAuthority: { commonName: 'db1.example.com' } }),
    says: 'common name of the certificate of node "couchdb@db1.example.com" "db1.example.com" is also',
  },
  {
    code: 'common-name-equals-issuer',
    title: 'of the tools',
    provoke: (scope) =>
      new ToolCertificate(scope, 'tool', {
        issuer: new CertificateAuthority(scope, 'ca', { commonName: 'Same' }),
        commonName: 'Same',
      }),
    says: '"Same" is also the common name of its CA',
  },
  {
    code: 'san-not-a-dns-name',
    provoke: cluster({ nodes: [{ name: 'a@h.test', additionalDnsNames: ['*.x'] }] }),
    says: 'additionalDnsNames "*.x" is no DNS name',
  },
  {
    code: 'address-ipv4-mapped',
    title: 'as the host of a node',
    provoke: cluster({
      platform: Platform.couchDb({ protoDist: 'inet6_tls' }),
      nodes: [{ name: 'a@::ffff:10.0.0.1' }],
    }),
    says: 'host of the node name "::ffff:10.0.0.1" is an IPv4 address in IPv6 notation',
  },
  {
    code: 'address-ipv4-mapped',
    title: 'among further addresses',
    provoke: cluster({ nodes: [{ name: 'a@h.test', additionalIpAddresses: ['::FFFF:a00:1'] }] }),
    says: 'additionalIpAddresses "::FFFF:a00:1" is an IPv4 address in IPv6 notation',
  },
  {
    code: 'hours-not-positive',
    provoke: cluster({ certificates: { validityHours: 0 } }),
    says: '0 is no number of hours',
  },
  {
    code: 'renewal-not-within-validity',
    provoke: cluster({ certificates: { validityHours: 24, earlyRenewalHours: 24 } }),
    says: '24 is not shorter than the validity',
  },
  {
    code: 'certificate-outlives-issuer',
    provoke: cluster({ certificateAuthority: { validityHours: 100 } }),
    says: "8760 outlives the CA's certificate",
  },
  { code: 'generation-id-illegal', provoke: () => CaGeneration.signing('a/b'), says: 'CA generation id "a/b" is no' },
  ...Object.entries<Partial<TlsClusterProps>>({
    'of a certificate': { certificates: { validityHours: 2_562_048 } },
    'of a node': { nodes: [{ name: 'a@h.test', validityHours: 2_562_048 }] },
    'of a CA': { certificateAuthority: { validityHours: 2_562_048 } },
    'of a generation': {
      certificateAuthority: { generations: [CaGeneration.signing('1', { validityHours: Number.MAX_VALUE })] },
    },
    'before a renewal': { certificates: { validityHours: 2_562_047, earlyRenewalHours: 2 ** 53 } },
    'of an alarm': { expiryAlarms: { certificateHours: 2_562_048 } },
    'of an alarm for a CA': { expiryAlarms: { caHours: 2_562_048 } },
  }).map(([title, props]) => ({
    code: 'hours-too-many' as const,
    title,
    provoke: cluster(props),
    says: 'is longer than Terraform can count',
  })),
  {
    code: 'generation-declared-twice',
    provoke: (scope) =>
      new CertificateAuthority(scope, 'ca', {
        commonName: 'CA',
        generations: [CaGeneration.signing('1'), CaGeneration.signing('1')],
      }),
    says: 'CA generation "1" is declared twice',
  },
  {
    code: 'generation-signing-count',
    provoke: (scope) => new CertificateAuthority(scope, 'ca', { commonName: 'CA', generations: [] }),
    says: 'CA generations [] do not have exactly one that signs',
  },
  {
    code: 'generation-signing-count',
    title: 'two of them',
    provoke: (scope) =>
      new CertificateAuthority(scope, 'ca', {
        commonName: 'CA',
        generations: [CaGeneration.signing('1'), CaGeneration.signing('2')],
      }),
    says: 'CA generations ["1","2"] do not have exactly one that signs',
  },
  {
    code: 'generation-id-illegal',
    title: 'of a key',
    provoke: cluster({ certificates: { keyGeneration: 'a b' } }),
    says: 'keyGeneration "a b" is no generation id',
  },
  {
    code: 'generation-unknown',
    provoke: cluster({ nodes: [{ name: 'a@h.test', signedBy: '2' }] }),
    says: 'CA generation "2" is not in the list of generations (this CA has 1)',
  },
  {
    code: 'generation-retired',
    provoke: cluster({
      nodes: [{ name: 'a@h.test', signedBy: '1' }],
      certificateAuthority: { generations: [CaGeneration.retired('1'), CaGeneration.signing('2')] },
    }),
    says: 'CA generation "1" is retired (this CA has 1, 2)',
  },
  {
    code: 'settle-minutes-illegal',
    provoke: cluster({ certificateAuthority: { rollover: { settleMinutes: -1 } } }),
    says: 'settleMinutes -1 is no number of minutes',
  },
  {
    code: 'settle-minutes-illegal',
    title: 'more than Terraform can count',
    provoke: cluster({ certificateAuthority: { rollover: { settleMinutes: 2_562_047 * 60 + 1 } } }),
    says: 'settleMinutes 153722821 is no number of minutes',
  },
  {
    code: 'issuer-requested-after-rollover',
    provoke: (scope: Construct): void => {
      const certificateAuthority = introduced(scope);
      new CaRollover(scope, 'rollover', { certificateAuthority, deliveries: [certificateAuthority] });
      certificateAuthority.issuer('2');
    },
    says: 'CA generation "2" is asked to sign, and the CaRollover that was made before',
  },
  {
    code: 'delivery-without-resource',
    provoke: (scope) =>
      new CaRollover(scope, 'rollover', {
        certificateAuthority: introduced(scope),
        deliveries: [vmArgs({})(scope)],
      }),
    says: 'deliveries "stack/vmargs" holds no Terraform resource',
  },
  {
    code: 'delivery-without-resource',
    title: 'an empty list',
    provoke: (scope) => new CaRollover(scope, 'rollover', { certificateAuthority: introduced(scope), deliveries: [] }),
    says: 'deliveries [] holds no Terraform resource',
  },
  {
    code: 'delivery-without-resource',
    title: 'a delivery of the user’s own that defines nothing',
    provoke: cluster({ delivery: { bind: () => ({ resources: [], outputs: [] }) } }),
    says: 'delivery of "couchdb@db1.example.com" holds no Terraform resource',
  },
  {
    code: 'hours-not-positive',
    title: 'of an alarm',
    provoke: cluster({ expiryAlarms: { certificateHours: Number.NaN } }),
    says: 'expiryAlarms.certificateHours NaN is no number of hours',
  },
  {
    code: 'hours-not-positive',
    title: 'of an alarm for a CA',
    provoke: cluster({ expiryAlarms: { caHours: -5 } }),
    says: 'expiryAlarms.caHours -5 is no number of hours',
  },

  {
    code: 'ssl-option-unknown',
    provoke: optFile({ serverOptions: { nonsense: 1 } as never }),
    says: 'server option "nonsense" is not in the option table',
  },
  {
    code: 'ssl-option-form-not-offered',
    title: 'a plain-text password, which the message does not repeat',
    provoke: optFile({ serverOptions: { password: '"secret"' } }),
    says: 'server option "password" has a value of a form that this library does not offer, expected',
  },
  {
    code: 'no-common-algorithm',
    title: 'between the two sides of a cluster',
    provoke: cluster({
      tls: {
        serverOptions: { ciphers: ['TLS_AES_256_GCM_SHA384'] },
        clientOptions: { ciphers: ['TLS_AES_128_GCM_SHA256'] },
      },
    }),
    says: 'every node of the cluster cannot agree on an algorithm with another node (clientOptions have the cipher suites TLS_AES_128_GCM_SHA256, serverOptions TLS_AES_256_GCM_SHA384)',
  },
  {
    code: 'ssl-option-wrong-value',
    provoke: optFile({ serverOptions: { depth: -1 } }),
    says: 'server option "depth" -1 has a value of the wrong kind',
  },
  {
    code: 'ssl-option-written-by-library',
    provoke: optFile({ clientOptions: { cacertfile: '/x' } as never }),
    says: 'client option "cacertfile" is written by the library',
  },
  {
    code: 'ssl-option-wrong-side',
    provoke: optFile({ clientOptions: { dhfile: '/x' } as never }),
    says: 'client option "dhfile" "/x" belongs to the other side',
  },
  {
    code: 'ssl-option-wrong-side',
    title: 'fail_if_no_peer_cert on the client',
    provoke: optFile({ clientOptions: { failIfNoPeerCert: true } as never }),
    says: 'client option "fail_if_no_peer_cert" true belongs to the other side',
  },
  {
    code: 'peer-not-verified',
    provoke: optFile({
      versions: TlsVersions.TLS_1_3_AND_1_2,
      serverOptions: { ciphers: ['TLS_AES_256_GCM_SHA384', 'ADH-AES256-GCM-SHA384'] },
    }),
    says: 'ciphers on the server side does not verify the other node (it has suites without certificates',
  },
  {
    code: 'ssl-option-not-in-release',
    provoke: optFile({ serverOptions: { secureRenegotiate: true } }),
    says: 'server option "secure_renegotiate" true has no effect or breaks connections',
  },
  ...Object.entries<Partial<SslDistOptFileProps>>({
    'client option "ktls" leaves encryption to the kernel, which OTP does only with other options (versions: tlsv1.2)':
      {
        versions: TlsVersions.UNSAFE_TLS_1_2_ONLY,
        clientOptions: { ktls: true },
      },
    // Beside an option that is only a warning.
    'server option "ktls" leaves encryption to the kernel, which OTP does only with other options (versions: tlsv1.2)':
      {
        versions: TlsVersions.UNSAFE_TLS_1_2_ONLY,
        serverOptions: { ktls: true, verifyFun: '{fun our_tls:accept/3,[]}' },
      },
    'server option "ktls" leaves encryption to the kernel, which OTP does only with other options (ciphers: TLS_AES_128':
      {
        serverOptions: { ktls: true, ciphers: ['TLS_AES_128_GCM_SHA256', 'TLS_CHACHA20_POLY1305_SHA256'] },
      },
    'client option "ktls" leaves encryption to the kernel, which OTP does only with other options (ciphers: TLS_AES_128':
      {
        clientOptions: { ktls: true, ciphers: ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384'] },
      },
  }).map(([says, props]) => ({
    code: 'ktls-not-possible' as const,
    title: says.slice(0, 6) + says.slice(-20),
    provoke: optFile(props),
    says,
  })),
  {
    code: 'flat-form-cannot-express',
    provoke: cluster({ platform: Platform.mongooseIm(), otp: OtpRelease.OTP_25 }),
    says: `server option "versions" "['tlsv1.3']" cannot be expressed with -ssl_dist_opt (OTP 25 does not know it there)`,
  },
  {
    code: 'term-unreadable',
    provoke: optFile({ serverOptions: { verifyFun: 'os:cmd("id")' } }),
    says: 'Erlang term is not a literal Erlang term (line 1: a function call is not a literal term)',
  },

  {
    code: 'flag-value-looks-like-flag',
    provoke: vmArgs({ flags: [{ name: 'kernel', values: ['x', '-1'] }] }),
    says: 'value of -kernel x "-1" begins with "-" or "+"',
  },
  {
    code: 'value-unwritable-in-args-file',
    provoke: vmArgs({ flags: [{ name: 'my_app', values: ['x', 'a\0b'] }] }),
    says: '"a\\u0000b" contains a character that the file cannot contain',
  },
  {
    code: 'application-parameter-not-a-term',
    provoke: vmArgs({ flags: [{ name: 'kernel', values: ['inet_dist_use_interface', '127.0.0.1'] }] }),
    says: '-kernel inet_dist_use_interface "127.0.0.1" is not an Erlang term',
  },
  { code: 'flag-illegal', provoke: vmArgs({ flags: [{ name: '-x' }] }), says: 'flag "-x" is not a flag of the VM' },
  ...(
    [
      ['-setcookie', { name: 'setcookie', values: ['s3cret'] }],
      ['-setcookie', { name: 'setcookie', values: ['a@h.test', 's3cret'] }],
      ['-setcookie', { name: 'setcookie', values: ['${COOKIE:-s3cret}'] }],
      ['-env RELEASE_COOKIE', { name: 'env', values: ['RELEASE_COOKIE', 's3cret'] }],
      ['-rabbit default_pass', { name: 'rabbit', values: ['default_pass', '<<"s3cret">>'] }],
      ['-ssl_dist_opt server_password', { name: 'ssl_dist_opt', values: ['server_password', 's3cret'] }],
      ['-eval', { name: 'eval', values: ["erlang:set_cookie('s3cret')"] }],
      ['-my_app ldap', { name: 'my_app', values: ['ldap', '[{bind,x},{bind_password,"s3cret"}]'] }],
    ] as const
  ).map(([flag, { name, values }]) => ({
    code: 'flag-with-secret' as const,
    title: `${flag} ${values.length}`,
    provoke: vmArgs({ flags: [{ name, values: [...values] }] }),
    says: `flag-with-secret: ${flag} carries a secret, expected`,
  })),
  {
    code: 'flag-given-twice',
    provoke: vmArgs({ flags: [{ name: 'proto_dist', values: ['inet_tls'] }] }),
    says: '-proto_dist "inet_tls" is given twice',
  },
  { code: 'proto-dist-plain-text', provoke: vmArgs({ protoDist: 'inet6_tcp' }), says: 'protoDist "inet6_tcp" runs' },
  { code: 'proto-dist-plain-text', provoke: vmArgs({ protoDist: 'gen_tcp' }), says: 'protoDist "gen_tcp" runs' },
  {
    code: 'proto-dist-illegal',
    provoke: vmArgs({ protoDist: 'Inet' }),
    says: 'protoDist "Inet" is not a distribution',
  },
  {
    code: 'port-out-of-range',
    provoke: vmArgs({ distribution: { firstPort: 0 } }),
    says: 'distribution.firstPort 0 is not a',
  },
  {
    code: 'port-range-empty',
    provoke: vmArgs({ distribution: { firstPort: 2, lastPort: 1 } }),
    says: 'distribution ports [2,1] are not a range',
  },
  {
    code: 'port-of-epmd',
    provoke: vmArgs({ distribution: { firstPort: 4369 } }),
    says: 'distribution ports [4369,4369] hold port 4369, which is that of epmd',
  },
  {
    code: 'port-of-epmd',
    title: 'within a range',
    provoke: vmArgs({ distribution: { firstPort: 4000, lastPort: 5000 } }),
    says: 'distribution ports [4000,5000] hold port 4369',
  },
  ...['::', '2001:DB8::1', '::ffff:10.0.0.1'].map((interfaceAddress) => ({
    code: 'interface-family-mismatch' as const,
    title: interfaceAddress,
    provoke: cluster({ distribution: { interfaceAddress } }),
    says: `distribution.interfaceAddress "${interfaceAddress}" is an address of the other IP version`,
  })),
  {
    code: 'interface-family-mismatch',
    title: 'for IPv6',
    provoke: vmArgs({ protoDist: 'inet6_tls', distribution: { interfaceAddress: '0.0.0.0' } }),
    says: '"0.0.0.0" is an address of the other IP version than the distribution protocol (-proto_dist inet6_tls)',
  },
  {
    code: 'interface-family-mismatch',
    title: 'in IPv6 notation',
    provoke: vmArgs({ protoDist: 'inet6_tls', distribution: { interfaceAddress: '::ffff:10.0.0.1' } }),
    says: '"::ffff:10.0.0.1" is an address of the other IP version',
  },
  ...(['interfaceAddress', 'epmdAddress'] as const).map((setting) => ({
    code: 'interface-not-of-host' as const,
    title: setting,
    provoke: cluster({
      nodes: [{ name: 'a@127.0.0.1' }, { name: 'a@10.0.0.2' }],
      distribution: { [setting]: '127.0.0.1' },
    }),
    says: `distribution.${setting} "127.0.0.1" is the only address that is listened at, and other nodes dial another one (other nodes dial 10.0.0.2)`,
  })),
  {
    code: 'interface-not-of-host',
    title: 'of a file of flags',
    provoke: vmArgs({ nodeName: 'a@10.0.0.1', distribution: { interfaceAddress: '127.0.0.1' } }),
    says: '"127.0.0.1" is the only address',
  },
  {
    code: 'interface-not-of-host',
    title: 'the address of one of several nodes',
    provoke: cluster({
      nodes: [{ name: 'a@10.0.0.1' }, { name: 'a@10.0.0.2' }],
      distribution: { interfaceAddress: '10.0.0.1' },
    }),
    says: '"10.0.0.1" is the only address that is listened at, and other nodes dial another one (other nodes dial 10.0.0.2)',
  },
  {
    code: 'port-shared-with-tools',
    provoke: cluster({ platform: Platform.mongooseIm(), distribution: { firstPort: 9100 } }),
    says: 'distribution port 9100 leaves no port for the tools',
  },
  {
    code: 'epmd-settings-in-conflict',
    provoke: vmArgs({ distribution: { portWithoutEpmd: 9100, firstPort: 9100 } }),
    says: 'portWithoutEpmd 9100 is set together with ports',
  },
  {
    code: 'address-not-an-ip',
    provoke: vmArgs({ distribution: { interfaceAddress: 'localhost' } }),
    says: 'distribution interface "localhost" is not an IP address',
  },

  {
    code: 'token-not-allowed',
    title: 'in a file of a custom platform',
    provoke: cluster({
      platform: Platform.of({ name: 'X', protoDist: 'inet_tls', bootFiles: () => [{ name: 'x.conf', text: TOKEN }] }),
    }),
    says: 'files of X.0.text is known to Terraform only',
  },
  {
    code: 'setting-belongs-elsewhere',
    provoke: cluster({ platform: Platform.rabbitMq(), distribution: { firstPort: 25672 } }),
    says: 'distribution.firstPort 25672 is set elsewhere on this platform (RabbitMQ: RABBITMQ_DIST_PORT',
  },
  {
    code: 'value-unwritable-in-shell-variable',
    provoke: cluster({ platform: Platform.rabbitMq(), flags: [{ name: 'my_app', values: ['a b'] }] }),
    says: 'value of -my_app "a b" cannot be written in a variable',
  },
  {
    code: 'flag-value-looks-like-flag',
    title: 'in a shell variable',
    provoke: cluster({ platform: Platform.rabbitMq(), flags: [{ name: 'x', values: ['+K'] }] }),
    says: 'value of -x "+K" begins with "-" or "+"',
  },
  {
    code: 'relx-reference-illegal',
    provoke: cluster({
      platform: Platform.relxRelease({ template: true }),
      flags: [{ name: 'x', values: ['${A-b}'] }],
    }),
    says: 'value of -x "${A-b}" holds "${" that is no reference',
  },
  {
    code: 'platform-protocol-unknown',
    provoke: () => Platform.couchDb({ protoDist: 'inet_tcp' }),
    says: 'protoDist of CouchDB "inet_tcp" is no protocol of this platform (CouchDB takes couch, inet_tls, inet6_tls)',
  },
  {
    code: 'platform-protocol-unknown',
    title: 'half a name',
    provoke: () => Platform.erl({ protoDist: 'tls' }),
    says: '"tls" is no protocol of this platform (Erlang takes inet_tls, inet6_tls)',
  },
  {
    code: 'plain-text-needs-own-protocol',
    provoke: () => Platform.couchDb({ protoDist: 'inet_tls', plainTextNodes: ['a@h'] }),
    says: '"inet_tls" has no exceptions for nodes without TLS',
  },
  {
    code: 'plain-text-given-twice',
    provoke: () => Platform.couchDb({ unsafePlainText: true, plainTextNodes: ['a@h'] }),
    says: '["a@h"] makes no difference beside unsafePlainText',
  },
  {
    code: 'node-pattern-illegal',
    provoke: () => Platform.couchDb({ plainTextNodes: ['clouseau@'] }),
    says: 'plainTextNodes of CouchDB "clouseau@" is no pattern',
  },
  {
    code: 'node-listens-in-plain-text',
    provoke: cluster({ platform: Platform.couchDb({ plainTextNodes: ['*@*'] }) }),
    says: 'plainTextNodes "*@*" excepts a node of the cluster itself from TLS (it matches couchdb@db1.example.com)',
  },

  {
    code: 'plain-text-needs-own-protocol',
    title: 'for members',
    provoke: () => Platform.couchDb({ protoDist: 'inet6_tls', unsafePlainTextMembers: ['a@h'] }),
    says: '"inet6_tls" has no exceptions for nodes without TLS',
  },
  {
    code: 'plain-text-given-twice',
    title: 'for members',
    provoke: () => Platform.couchDb({ unsafePlainText: true, unsafePlainTextMembers: ['a@h'] }),
    says: '["a@h"] makes no difference beside unsafePlainText',
  },
  {
    code: 'node-listens-in-plain-text',
    title: 'even if that node is a plain-text member',
    provoke: cluster({
      platform: Platform.couchDb({
        plainTextNodes: ['couchdb@*'],
        unsafePlainTextMembers: ['couchdb@db1.example.com'],
      }),
    }),
    says: 'plainTextNodes "couchdb@*" excepts a node of the cluster itself',
  },
  {
    code: 'node-unknown',
    title: 'as a plain-text member',
    provoke: cluster({ platform: Platform.couchDb({ unsafePlainTextMembers: ['couchdb@db2.example.com'] }) }),
    says: 'unsafePlainTextMembers "couchdb@db2.example.com" is not in this cluster',
  },
  {
    code: 'node-name-illegal-host',
    title: 'of a plain-text member, which is a name and not a pattern',
    provoke: () => Platform.couchDb({ unsafePlainTextMembers: ['couchdb@*'] }),
    says: 'node name "couchdb@*" has a host that is',
  },
  {
    code: 'node-declared-twice',
    title: 'as a plain-text member',
    provoke: () => Platform.couchDb({ unsafePlainTextMembers: ['a@h', 'b@h', 'a@h'] }),
    says: 'unsafePlainTextMembers of CouchDB "a@h" is declared twice',
  },

  {
    code: 'token-not-allowed',
    provoke: cluster({ installDirectory: `/etc/${TOKEN}` }),
    says: 'installDirectory is known',
  },
  {
    code: 'token-not-allowed',
    title: 'in the part of a node name before the @',
    provoke: (scope) =>
      new NodeCertificate(scope, 'n', {
        issuer: new CertificateAuthority(scope, 'ca', { commonName: 'CA' }),
        nodeName: TOKEN,
      }),
    says: 'node name is known to Terraform only (only the part after "@" may be a token)',
  },
];

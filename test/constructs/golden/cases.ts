/** The clusters whose files are kept in `test/golden/`, and the OTP releases for which they are rendered. */
import { basename } from 'node:path';

import {
  Delivery,
  Identity,
  type NodeFile,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterProps,
  TlsVersions,
} from 'cdktf-erlang-tls';

import { emptyStack, terraformReads } from '../../support/stacks/template';
import type { Rendering } from './layout';

/** In order, as the ranges in the names of the golden files count them. */
export const RELEASES = ['24', '25', '26', '27', '27.2', '28', '29'];

type Case = Partial<TlsClusterProps> & Pick<TlsClusterProps, 'platform'>;

const HARDENED = { firstPort: 9100, lastPort: 9109, interfaceAddress: '10.0.0.1', epmdAddress: '10.0.0.1' };

const CASES: Readonly<Record<string, Case>> = {
  'couchdb/default': { platform: Platform.couchDb() },
  'couchdb/plain-text-nodes': { platform: Platform.couchDb({ plainTextNodes: ['clouseau@127.0.0.1', '*@10.0.?.1'] }) },
  'couchdb/unsafe-plain-text': { platform: Platform.couchDb({ unsafePlainText: true }) },
  'couchdb/inet-tls': { platform: Platform.couchDb({ protoDist: 'inet_tls' }) },
  'couchdb/hardened': {
    platform: Platform.couchDb(),
    distribution: HARDENED,
    tls: { crlDirectory: '/etc/couchdb/crl' },
  },
  'couchdb/without-epmd': { platform: Platform.couchDb(), distribution: { portWithoutEpmd: 9100, buffers: false } },
  'couchdb/options': {
    platform: Platform.couchDb(),
    tls: {
      versions: TlsVersions.TLS_1_3_AND_1_2,
      serverOptions: { depth: 1, honorCipherOrder: true, clientRenegotiation: false },
      clientOptions: { logLevel: 'error', secureRenegotiate: true },
    },
    separateKeyFile: true,
  },
  'mongooseim/default': { platform: Platform.mongooseIm() },
  'mongooseim/option-file': { platform: Platform.mongooseIm({ optionFile: true }) },
  'mongooseim/non-ascii-directory': { platform: Platform.mongooseIm(), installDirectory: '/opt/café tls' },
  'mongooseim/non-ascii-directory-option-file': {
    platform: Platform.mongooseIm({ optionFile: true }),
    installDirectory: '/opt/café tls',
  },
  'mongooseim/tls-1.2': { platform: Platform.mongooseIm(), tls: { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY } },
  'mongooseim/hardened': { platform: Platform.mongooseIm(), distribution: HARDENED, tls: { crlDirectory: '/crl' } },
  'mongooseim/inet6': {
    platform: Platform.mongooseIm({ protoDist: 'inet6_tls' }),
    nodes: [{ name: 'mim@2001:db8::1' }],
  },
};

const IPV6 = { protoDist: 'inet6_tls' };
const IPV6_NODES = { nodes: [{ name: 'node@2001:db8::1' }] };
const BY_NAME = Identity.shared({ serverName: 'cluster.example.internal', longNames: true });
const BY_WILDCARD = Identity.sharedByWildcard({ wildcards: ['*.eu-west-1.compute.internal'], longNames: true });
const SHORT_NAMES = { nodes: [{ name: 'rabbit@rmq1' }] };
const RELX_FLAGS = [
  { name: 'name', values: ['${NODE_NAME:-app@10.0.0.1}'] },
  { name: 'setcookie', values: ['${COOKIE}'] },
];
/** What EEx would run. */
const EEX_FLAGS = [{ name: 'my_app', values: ['text', '<%= 1 %>'] }];

const MORE_CASES: Readonly<Record<string, Case>> = {
  'couchdb/inet6': { platform: Platform.couchDb(IPV6), ...IPV6_NODES },
  'ejabberd/default': { platform: Platform.ejabberd() },
  'ejabberd/inet6': { platform: Platform.ejabberd(IPV6), ...IPV6_NODES },
  'elixir-release/default': { platform: Platform.elixirRelease() },
  'elixir-release/inet6': { platform: Platform.elixirRelease(IPV6), ...IPV6_NODES },
  'elixir-release/shared-identity': { platform: Platform.elixirRelease(), nodes: [], identity: BY_NAME },
  'elixir-release/shared-identity-inet6': { platform: Platform.elixirRelease(IPV6), nodes: [], identity: BY_NAME },
  'elixir-release/shared-by-wildcard': { platform: Platform.elixirRelease(), nodes: [], identity: BY_WILDCARD },
  'elixir-release/templates': { platform: Platform.elixirRelease({ templates: true }), flags: EEX_FLAGS },
  'elixir-release/without-epmd': { platform: Platform.elixirRelease(), distribution: { portWithoutEpmd: 9100 } },
  'emqx/default': { platform: Platform.emqx() },
  'emqx/inet6': { platform: Platform.emqx(IPV6), ...IPV6_NODES },
  'emqx/without-buffers': { platform: Platform.emqx(), distribution: { buffers: false } },
  'erl/default': { platform: Platform.erl() },
  'erl/inet6': { platform: Platform.erl(IPV6), ...IPV6_NODES },
  'erl/shared-by-wildcard': { platform: Platform.erl(), nodes: [], identity: BY_WILDCARD },
  'erl/without-epmd': { platform: Platform.erl(), distribution: { portWithoutEpmd: 9100 } },
  'rabbitmq/default': { platform: Platform.rabbitMq() },
  'rabbitmq/inet6': { platform: Platform.rabbitMq(IPV6), ...IPV6_NODES },
  'rabbitmq/short-names': {
    platform: Platform.rabbitMq({ sslPath: '/usr/lib/erlang/lib/ssl-11.2/ebin' }),
    ...SHORT_NAMES,
  },
  'relx-release/default': { platform: Platform.relxRelease() },
  'relx-release/inet6': { platform: Platform.relxRelease(IPV6), ...IPV6_NODES },
  'relx-release/template': { platform: Platform.relxRelease({ template: true }), flags: RELX_FLAGS },
  'vernemq/default': { platform: Platform.verneMq() },
  'vernemq/inet6': { platform: Platform.verneMq(IPV6), ...IPV6_NODES },
};

/** The other platforms read the same option file, so the releases that the tests run are enough. */
export const RENDERINGS: readonly Rendering[] = [
  ...renderingsOn(RELEASES, CASES),
  ...renderingsOn(['25', '27', '29'], MORE_CASES),
];

function renderingsOn(releases: readonly string[], cases: Readonly<Record<string, Case>>): Rendering[] {
  return Object.entries(cases).flatMap(([name, props]) =>
    releases.map((otp) => ({ name, otp, files: render(otp, props) })),
  );
}

/** The text files of a node and of the tools by name; the PEM files hold references only. */
function render(otp: string, props: Case): Record<string, string> {
  try {
    const cluster = new TlsCluster(emptyStack(), 'cluster', {
      otp: OtpRelease.of(otp),
      nodes: [{ name: 'node@db1.example.com' }],
      installDirectory: '/etc/couchdb/tls',
      delivery: Delivery.localFiles({ outputDirectory: '/srv/out' }),
      ...props,
    });
    return { ...textsOf('', cluster.nodes[0]?.files), ...textsOf('tools-', cluster.tools?.files) };
  } catch (error) {
    return { REFUSED: `${error instanceof Error ? error.message : String(error)}\n` };
  }
}

function textsOf(prefix: string, files: readonly NodeFile[] = []): Record<string, string> {
  const texts = files.filter(({ path }) => !path.endsWith('.pem'));
  return Object.fromEntries(texts.map(({ path, content }) => [`${prefix}${basename(path)}`, terraformReads(content)]));
}

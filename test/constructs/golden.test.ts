/**
 * What lands on a node, as real files by platform, case and OTP release, compared byte for byte. Where a release is refused there is a file
 * `REFUSED` with the words.
 *
 * `npm run test:update-golden` writes them anew; review the difference, and tell users in CHANGELOG.md.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

import {
  Delivery,
  type NodeFile,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterProps,
  TlsVersions,
} from 'cdktf-erlang-tls';

import { emptyStack, terraformReads } from '../support/template';

const GOLDEN = join(__dirname, '../golden');

const RELEASES = ['24', '25', '26', '27', '27.2', '28', '29'];

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
  'elixir-release/templates': { platform: Platform.elixirRelease({ templates: true }), flags: EEX_FLAGS },
  'elixir-release/without-epmd': { platform: Platform.elixirRelease(), distribution: { portWithoutEpmd: 9100 } },
  'emqx/default': { platform: Platform.emqx() },
  'emqx/inet6': { platform: Platform.emqx(IPV6), ...IPV6_NODES },
  'emqx/without-buffers': { platform: Platform.emqx(), distribution: { buffers: false } },
  'erl/default': { platform: Platform.erl() },
  'erl/inet6': { platform: Platform.erl(IPV6), ...IPV6_NODES },
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

const casesOn = (releases: readonly string[], cases: Readonly<Record<string, Case>>): [string, string, Case][] =>
  Object.entries(cases).flatMap(([name, props]) => releases.map((otp): [string, string, Case] => [name, otp, props]));

/** The other platforms read the same option file, so the releases that the tests run are enough. */
const cases = [...casesOn(RELEASES, CASES), ...casesOn(['25', '27', '29'], MORE_CASES)];

test.each(cases)('%s on OTP %s', (name, otp, props) => {
  const directory = join(GOLDEN, name, otp);
  const rendered = render(otp, props);
  if (process.env.UPDATE_GOLDEN === '1') write(directory, rendered);
  expect(read(directory)).toEqual(rendered);
});

test('there is no golden file that no case owns', () => {
  const owned = cases.map(([name, otp]) => join(name, otp));
  const files = readdirSync(GOLDEN, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const directories = files.map((entry) => relative(GOLDEN, entry.parentPath)).filter((path) => path !== '');
  expect([...new Set(directories)].sort()).toEqual(owned.sort());
});

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

function write(directory: string, files: Readonly<Record<string, string>>): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
}

function read(directory: string): Record<string, string> {
  const names = existsSync(directory) ? readdirSync(directory) : [];
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

/** One fault for each finding of `erlang-tls check`. What Erlang makes of each is in `seen.json`. */
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import type { Code } from '../../../src/model/catalogue';
import { openssl } from '../programs/openssl';
import { HOSTS, type Site } from './site';
import type { Pair } from './workshop';

/** What comes of two nodes: the broken one boots or not, dials the other one, is dialled by it. */
export type Outcome = 'no boot' | `${'pong' | 'pang'} ${'pong' | 'pang'}`;

export interface Fault {
  readonly code: Code;
  readonly title: string;
  readonly breakIt: (site: Site) => void;
  readonly env?: Readonly<Record<string, string>>;
  /** What the check is told, where 27 would not show it. */
  readonly otp?: 25 | 29;
  /** Who the nodes run as, to the check. Real ones are root without its privileges, to whom owners and modes matter, too. */
  readonly user?: string;
  /** Findings that this fault has beside its own. */
  readonly also?: readonly Code[];
}

const NOBODY = 65_534;
const DAEMON = 1;

/** The group of `daemon` may read the keys, and everybody may go to them. */
function givenToDaemon(site: Site): void {
  for (const place of [site.directory, join(site.directory, '..')]) chmodSync(place, 0o755);
  for (const host of HOSTS) {
    const key = join(site.directoryOf(host), 'node.pem');
    chownSync(key, 0, DAEMON);
    chmodSync(key, 0o640);
  }
}

const BOTH_VERSIONS = "['tlsv1.3','tlsv1.2']";

const NO_CERTIFICATE = { server: { certfile: undefined }, client: { certfile: undefined } };

export const FAULTS: readonly Fault[] = [
  // Flags
  {
    code: 'args-file-missing',
    title: 'a nested file of flags that is not there',
    breakIt: (site: Site): void =>
      site.write('vm.args', `${site.read('vm.args')}-args_file ${site.path('more.args')}\n`),
  },
  {
    code: 'args-file-byte-order-mark',
    title: 'a byte order mark before -proto_dist',
    breakIt: (site: Site): void => site.write('vm.args', `\uFEFF${site.read('vm.args')}`),
    also: ['distribution-without-tls'],
  },
  {
    code: 'args-file-quote-open',
    title: 'a quote that is not closed',
    breakIt: (site: Site): void => site.write('vm.args', `-comment "x\n${site.read('vm.args')}`),
    also: ['distribution-without-tls', 'tls-options-missing'],
  },
  {
    code: 'distribution-without-tls',
    title: 'no -proto_dist',
    breakIt: (site: Site): void => site.write('vm.args', `-ssl_dist_optfile ${site.path('ssl_dist.conf')}\n`),
  },
  {
    code: 'proto-dist-plain-text',
    title: '-proto_dist inet_tcp',
    breakIt: (site: Site): void => site.write('vm.args', site.read('vm.args').replace('inet_tls', 'inet_tcp')),
    also: ['protocol-mismatch'],
  },
  {
    code: 'node-listens-in-plain-text',
    title: 'a CouchDB that excepts its own name',
    breakIt: (site: Site): void => {
      for (const host of HOSTS) {
        const path = join(site.directoryOf(host), 'vm.args');
        writeFileSync(path, readFileSync(path, 'utf8').replace('inet_tls', 'couch'));
      }
      site.write('vm.args', `${site.read('vm.args')}-couch_dist no_tls '"*@${HOSTS[0]}"'\n`);
    },
  },
  {
    code: 'flag-given-twice',
    title: '-proto_dist in ERL_FLAGS too',
    breakIt: () => undefined,
    env: { ERL_FLAGS: '-proto_dist inet_tls' },
  },
  {
    code: 'flag-given-twice',
    title: '-ssl_dist_optfile twice',
    breakIt: (site: Site): void =>
      site.write('vm.args', `${site.read('vm.args')}-ssl_dist_optfile ${site.path('ssl_dist.conf')}\n`),
  },
  {
    code: 'path-split-by-shell',
    title: 'a path with a blank and without quotes',
    breakIt: (site: Site): void =>
      site.write('vm.args', `-proto_dist inet_tls\n-ssl_dist_optfile ${site.broken}/ssl dist.conf\n`),
    also: ['option-file-missing'],
  },
  {
    code: 'tls-options-missing',
    title: 'no options',
    breakIt: (site: Site): void => site.write('vm.args', '-proto_dist inet_tls\n'),
  },
  {
    code: 'node-name-long-and-short',
    title: '-sname beside -name',
    breakIt: (site: Site): void =>
      site.write('vm.args', `${site.read('vm.args')}-name node@${HOSTS[0]}\n-sname node\n`),
  },
  {
    code: 'flat-option-unknown',
    title: 'versions in flags, which OTP knows from 26 on',
    otp: 25,
    breakIt: (site: Site): void => flat(site, (words) => `${words} server_versions tlsv1.2 client_versions tlsv1.2`),
  },
  {
    code: 'option-channels-mixed',
    title: 'an option file and -ssl_dist_opt',
    breakIt: (site: Site): void =>
      site.write('vm.args', `${site.read('vm.args')}-ssl_dist_opt client_certfile ${site.path('none.pem')}\n`),
  },
  // The option file
  {
    code: 'option-file-missing',
    title: 'no option file',
    breakIt: (site: Site): void => site.remove('ssl_dist.conf'),
  },
  {
    code: 'option-file-unreadable',
    title: 'a directory in its place',
    breakIt: (site: Site): void => {
      site.remove('ssl_dist.conf');
      mkdirSync(site.path('ssl_dist.conf'));
    },
  },
  ...(
    [
      ['without its final dot', (text: string) => text.replace(/\.\n$/, '\n')],
      ['with two terms', (text: string) => `${text}[].\n`],
      ['that is empty', () => ''],
      ['with a comment of another language', (text: string) => `# options\n${text}`],
      ['with a byte order mark', (text: string) => `\ufeff${text}`],
      ['with a variable', (text: string) => text.replace(/"[^"]*ca.pem"/, 'CaFile')],
      ['with a bracket that is not closed', (text: string) => text.replace(']}]', ']}')],
    ] as const
  ).map(([title, change]): Fault => ({
    code: 'option-file-not-literal',
    title: `an option file ${title}`,
    breakIt: (site: Site): void => site.write('ssl_dist.conf', change(site.read('ssl_dist.conf'))),
  })),
  {
    code: 'option-file-calls-function',
    title: 'an option file with a call, which the VM runs',
    breakIt: (site: Site): void =>
      site.write('ssl_dist.conf', site.read('ssl_dist.conf').replace('verify_peer', 'list_to_atom("verify_peer")')),
  },
  {
    code: 'option-file-malformed',
    title: 'options without sides',
    breakIt: (site: Site): void => site.write('ssl_dist.conf', `[{certfile,"${site.path('node.pem')}"}].\n`),
  },
  {
    code: 'option-file-side-missing',
    title: 'no client side',
    breakIt: (site: Site): void =>
      site.write('ssl_dist.conf', site.read('ssl_dist.conf').replace(/,\s*\{client,[^]*$/, '].\n')),
  },
  {
    code: 'option-file-malformed',
    title: 'a side that is misspelled',
    breakIt: (site: Site): void =>
      site.write('ssl_dist.conf', site.read('ssl_dist.conf').replace('{client,', '{clinet,')),
  },
  {
    code: 'option-file-encoding',
    title: 'a path beyond ASCII in a string',
    breakIt: (site: Site): void => {
      symlinkSync(site.path('node.pem'), site.path('nöde.pem'));
      site.options({ server: { certfile: `"${site.path('nöde.pem')}"` } });
    },
  },
  {
    code: 'option-file-encoding',
    title: 'a comment in Latin-1, in a file that says it is UTF-8',
    breakIt: (site: Site): void => {
      const head = Buffer.from(
        '%% coding: utf-8\n%% caf\xe9\n%% a comment that is long enough to be all that is told\n',
        'latin1',
      );
      site.write('ssl_dist.conf', Buffer.concat([head, Buffer.from(site.read('ssl_dist.conf'))]));
    },
  },
  {
    code: 'file-writable-by-others',
    title: 'an option file that others can write',
    breakIt: (site: Site): void => site.chmod('ssl_dist.conf', 0o666),
  },
  // Options
  {
    code: 'option-given-twice',
    title: 'an option twice on one side',
    breakIt: (site: Site): void =>
      site.write('ssl_dist.conf', site.read('ssl_dist.conf').replace('{verify,', '{depth,3},{depth,2},{verify,')),
  },
  {
    code: 'ssl-option-wrong-side',
    title: 'fail_if_no_peer_cert on the client side',
    breakIt: (site: Site): void => site.options({ client: { fail_if_no_peer_cert: 'true' } }),
  },
  {
    code: 'ssl-option-wrong-side',
    title: 'honor_ecc_order, as for a listener, on the client side too',
    breakIt: (site: Site): void => site.bothSides({ honor_ecc_order: 'true' }),
  },
  {
    code: 'ssl-option-not-in-release',
    title: 'a handshake in two steps',
    breakIt: (site: Site): void => site.options({ server: { handshake: 'hello' } }),
  },
  {
    code: 'ssl-option-not-in-release',
    title: 'an option for names of hosts, which is for listeners, from OTP 26 on',
    breakIt: (site: Site): void => site.options({ client: { sni_hosts: '[]' } }),
  },
  {
    code: 'ssl-option-not-in-release',
    title: 'secure_renegotiate with TLS 1.3 alone',
    breakIt: (site: Site): void => site.options({ server: { secure_renegotiate: 'true' } }),
  },
  {
    code: 'peer-not-verified',
    title: 'a server side that verifies nobody',
    breakIt: (site: Site): void => site.options({ server: { verify: 'verify_none', fail_if_no_peer_cert: undefined } }),
  },
  {
    code: 'client-certificate-not-required',
    title: 'a server side that insists on no certificate',
    breakIt: (site: Site): void => site.options({ server: { fail_if_no_peer_cert: undefined } }),
    otp: 25,
  },
  {
    code: 'trust-anchors-missing',
    title: 'a client side with nothing to trust',
    breakIt: (site: Site): void => site.options({ client: { cacertfile: undefined } }),
  },
  {
    code: 'certificate-option-missing',
    title: 'no certificate',
    breakIt: (site: Site): void => site.options(NO_CERTIFICATE),
  },
  {
    code: 'versions-not-set',
    title: 'no versions, beside a node of TLS 1.3',
    breakIt: (site: Site): void => site.options({ server: { versions: undefined }, client: { versions: undefined } }),
    also: ['no-common-tls-version'],
  },
  // Files
  {
    code: 'file-missing',
    title: 'no certificate file',
    breakIt: (site: Site): void => site.remove('node.pem'),
  },
  { code: 'file-missing', title: 'no trust bundle', breakIt: (site) => site.remove('ca.pem') },
  {
    code: 'file-is-directory',
    title: 'a directory in place of the trust bundle',
    breakIt: (site: Site): void => {
      site.remove('ca.pem');
      mkdirSync(site.path('ca.pem'));
    },
  },
  {
    code: 'file-not-readable',
    title: 'a key that belongs to another user',
    breakIt: (site: Site): void => {
      givenToDaemon(site);
      chownSync(site.path('node.pem'), NOBODY, NOBODY);
      site.chmod('node.pem', 0o600);
    },
    user: 'daemon',
    also: ['file-owner-unexpected'],
  },
  {
    code: 'file-owner-unexpected',
    title: 'a trust bundle that belongs to another user',
    breakIt: (site: Site): void => {
      givenToDaemon(site);
      chownSync(site.path('ca.pem'), NOBODY, NOBODY);
    },
    user: 'daemon',
  },
  {
    code: 'path-relative',
    title: 'a relative path',
    breakIt: (site: Site): void =>
      site.options({ server: { cacertfile: '"ca.pem"' }, client: { cacertfile: '"ca.pem"' } }),
    also: ['file-missing'],
  },
  {
    code: 'key-readable-by-others',
    title: 'a key that all can read',
    breakIt: (site: Site): void => site.chmod('node.pem', 0o644),
  },
  {
    code: 'directory-writable-by-others',
    title: 'a directory in which all can write',
    breakIt: (site: Site): void => site.chmod('.', 0o777),
  },
  {
    code: 'file-behind-newer-symlink',
    title: 'a link to a directory with files of long ago',
    breakIt: (site: Site): void => {
      const release = join(site.directory, '.release');
      renameSync(site.broken, release);
      symlinkSync(release, site.broken);
      for (const name of ['node.pem', 'ca.pem']) utimesSync(site.path(name), 0, 0);
    },
  },
  // PEM
  {
    code: 'pem-damaged',
    title: 'a certificate file that was cut off',
    breakIt: (site: Site): void => site.write('node.pem', site.read('node.pem').slice(0, -200)),
  },
  {
    code: 'pem-damaged',
    title: 'a trust bundle that was cut off',
    breakIt: (site: Site): void => site.write('ca.pem', site.read('ca.pem').slice(0, 200)),
  },
  {
    code: 'pem-without-certificate',
    title: 'a key alone',
    breakIt: (site: Site): void => site.write('node.pem', site.read('node.pem').replace(/-----BEGIN CERT[^]*/, '')),
  },
  {
    code: 'pem-without-key',
    title: 'a certificate alone',
    breakIt: (site: Site): void => site.write('node.pem', site.read('node.pem').replace(/[^]*(?=-----BEGIN CERT)/, '')),
  },
  {
    code: 'key-encrypted',
    title: 'an encrypted key without a password',
    breakIt: (site: Site): void => encryptKey(site, []),
  },
  {
    code: 'key-encryption-unsupported',
    title: 'a key encrypted with scrypt',
    breakIt: (site: Site): void => {
      encryptKey(site, ['-scrypt']);
      site.options({ server: { password: '"secret"' }, client: { password: '"secret"' } });
    },
  },
  ...['camellia256', 'aria256'].map((cipher) => ({
    code: 'key-encryption-unsupported' as const,
    title: `a key encrypted with ${cipher}`,
    breakIt: (site: Site): void => {
      encryptKey(site, ['-v2', cipher]);
      site.bothSides({ password: '"secret"' });
    },
  })),
  {
    code: 'key-encryption-unsupported',
    title: 'a key encrypted as PKCS #12 does it',
    breakIt: (site: Site): void => {
      encryptKey(site, ['-v1', 'PBE-SHA1-3DES']);
      site.bothSides({ password: '"secret"' });
    },
  },
  {
    code: 'key-certificate-mismatch',
    title: 'the key of another certificate',
    breakIt: (site: Site): void => {
      const { key } = site.workshop.issue(site.ca, { commonName: HOSTS[0] });
      site.write('node.pem', site.read('node.pem').replace(/-----BEGIN PRIV[^]*?END PRIVATE KEY-----\n/, key));
    },
  },
  // Certificates
  {
    code: 'certificate-not-yet-valid',
    title: 'a certificate of tomorrow',
    breakIt: (site: Site): void => void site.reissue({ from: 24, to: 600 }),
  },
  {
    code: 'certificate-expired',
    title: 'a certificate of yesterday',
    breakIt: (site: Site): void => void site.reissue({ from: -48, to: -24 }),
  },
  {
    code: 'certificate-expired',
    title: 'a CA in the middle that ended yesterday',
    breakIt: (site: Site): void => {
      const between = site.workshop.issue(site.ca, { commonName: 'Between', isCa: true, from: -48, to: -24 });
      site.reissue({}, between, [between]);
    },
    also: ['certificate-after-issuer'],
  },
  {
    code: 'certificate-ends-soon',
    title: 'a certificate with a day left',
    breakIt: (site: Site): void => void site.reissue({ to: 24 }),
    also: [],
  },
  {
    code: 'ca-ends-soon',
    title: 'a certificate of a lifetime that its CA does not have any more',
    breakIt: (site: Site): void => void site.reissue({ from: -100, to: 2990 }),
  },
  {
    code: 'certificate-after-issuer',
    title: 'a certificate that outlives its CA',
    breakIt: (site: Site): void => void site.reissue({ to: 4000 }),
  },
  {
    code: 'certificate-expired',
    title: 'a root that ended long ago, above a CA that has not',
    breakIt: (site: Site): void => {
      const root = site.workshop.root('Old CA', { from: -100, to: -50 });
      const between = site.workshop.issue(root, { commonName: 'Between', isCa: true });
      site.reissue({}, between, [between]);
      site.write('ca.pem', root.certificate + site.read('ca.pem'));
    },
    also: ['untrusted-by-peer'],
  },
  {
    code: 'trusted-ca-expired',
    title: 'a CA of long ago beside the one that signs',
    breakIt: (site: Site): void => {
      const old = site.workshop.root('Old CA', { from: -100, to: -50 });
      site.write('ca.pem', old.certificate + site.read('ca.pem'));
    },
  },
  {
    code: 'key-certificate-mismatch',
    title: 'the key of another certificate, in certs_keys',
    breakIt: (site: Site): void => {
      site.write('other.key', site.workshop.issue(site.ca, { commonName: HOSTS[0] }).key);
      site.chmod('other.key', 0o600);
      const pairs = `[#{certfile=>"${site.path('node.pem')}",keyfile=>"${site.path('other.key')}"}]`;
      site.options({
        server: { certfile: undefined, certs_keys: pairs },
        client: { certfile: undefined, certs_keys: pairs },
      });
    },
  },
  {
    code: 'chain-incomplete',
    title: 'a chain with a CA missing in the middle',
    breakIt: (site: Site): void => {
      const upper = site.workshop.issue(site.ca, { commonName: 'Upper CA', isCa: true });
      const lower = site.workshop.issue(upper, { commonName: 'Lower CA', isCa: true });
      site.reissue({}, lower, [lower]);
    },
    also: ['untrusted-by-peer'],
  },
  {
    code: 'certificate-not-first',
    title: 'a chain in the wrong order',
    breakIt: (site: Site): void => {
      const between = site.workshop.issue(site.ca, { commonName: 'Between', isCa: true });
      const { key, certificate } = site.workshop.issue(between, { commonName: HOSTS[0] });
      site.write('node.pem', key + between.certificate + certificate);
    },
  },
  {
    code: 'issuer-not-trusted',
    title: 'a certificate of another CA',
    breakIt: (site: Site): void => void site.reissue({}, site.workshop.root('Another CA')),
    also: ['untrusted-by-peer'],
  },
  {
    code: 'untrusted-by-peer',
    title: 'the files of another cluster',
    breakIt: (site: Site): void => {
      const other = site.workshop.root('Another CA');
      site.reissue({}, other);
      site.write('ca.pem', other.certificate);
    },
  },
  {
    code: 'untrusted-by-peer',
    title: 'the files of another cluster, and trust in both',
    breakIt: (site: Site): void => {
      const other = site.workshop.root('Another CA');
      site.reissue({}, other);
      site.write('ca.pem', site.read('ca.pem') + other.certificate);
    },
  },
  {
    code: 'trusted-certificate-not-a-ca',
    title: 'a leaf in the trust bundle',
    breakIt: (site: Site): void => site.write('ca.pem', site.read('node.pem').replace(/[^]*(?=-----BEGIN CERT)/, '')),
    also: ['issuer-not-trusted', 'untrusted-by-peer'],
  },
  {
    code: 'host-not-in-certificate',
    title: 'the name of another host, which the node itself would not compare, and the other one does',
    breakIt: (site: Site): void => {
      site.reissue({ alternativeNames: 'DNS:db9.x.test' });
      site.options({ client: { server_name_indication: 'disable' } });
    },
  },
  {
    code: 'certificate-self-issued',
    title: 'a certificate that signed itself, and is trusted',
    breakIt: (site: Site): void => {
      const keyUsage = 'digitalSignature,keyCertSign';
      const own = site.workshop.root(HOSTS[0], { keyUsage, more: [`subjectAltName=DNS:${HOSTS[0]}`] });
      site.write('node.pem', own.key + own.certificate);
      trustedByBoth(site, own);
    },
  },
  {
    code: 'certificate-self-issued',
    title: 'a CA with the name of the node',
    breakIt: (site: Site): void => {
      const ca = site.workshop.root(HOSTS[0]);
      site.reissue({}, ca);
      trustedByBoth(site, ca);
    },
    also: ['untrusted-by-peer'],
  },
  {
    code: 'issuer-not-a-ca',
    title: 'a certificate that another node signed',
    breakIt: (site: Site): void => void signedByLeaf(site),
  },
  {
    code: 'trusted-certificate-not-a-ca',
    title: 'a certificate that another node signed, which both trust as well',
    breakIt: (site: Site): void => trustedByBoth(site, signedByLeaf(site)),
    also: ['issuer-not-a-ca'],
  },
  {
    code: 'host-not-in-certificate',
    title: 'the name of another host',
    breakIt: (site: Site): void => void site.reissue({ alternativeNames: 'DNS:db9.x.test' }),
  },
  {
    code: 'host-not-in-certificate',
    title: 'a common name alone',
    breakIt: (site: Site): void => void site.reissue({ alternativeNames: '' }),
  },
  {
    code: 'host-not-in-certificate',
    title: 'a wildcard',
    breakIt: (site: Site): void => void site.reissue({ alternativeNames: 'DNS:*.x.test' }),
  },
  {
    code: 'extended-key-usage-missing',
    title: 'a certificate for any use',
    breakIt: (site: Site): void => void site.reissue({ extendedKeyUsage: 'anyExtendedKeyUsage' }),
  },
  {
    code: 'path-split-by-shell',
    title: 'a flag of the emulator before the other half of a path',
    breakIt: (site: Site): void =>
      site.write('vm.args', `-proto_dist inet_tls +P 2048\n-ssl_dist_optfile +K true ${site.broken}/ssl dist.conf\n`),
    also: ['option-file-missing'],
  },
  {
    code: 'proto-dist-plain-text',
    title: '-proto_dist with inet_tcp and inet_tls',
    breakIt: (site: Site): void => site.write('vm.args', site.read('vm.args').replace('inet_tls', 'inet_tcp inet_tls')),
    also: ['protocol-mismatch'],
  },
  {
    code: 'proto-dist-illegal',
    title: '-proto_dist without a name',
    breakIt: (site: Site): void => site.write('vm.args', site.read('vm.args').replace(' inet_tls', '')),
  },
  {
    code: 'proto-dist-plain-text',
    title: '-proto_dist inet_tcp before a flag of the emulator',
    breakIt: (site: Site): void => site.write('vm.args', site.read('vm.args').replace('inet_tls', 'inet_tcp +P 2048')),
    also: ['protocol-mismatch'],
  },
  {
    code: 'extended-key-usage-missing',
    title: 'a certificate for servers alone',
    breakIt: (site: Site): void => void site.reissue({ extendedKeyUsage: 'serverAuth' }),
  },
  {
    code: 'extended-key-usage-missing',
    title: 'a certificate for clients alone',
    breakIt: (site: Site): void => void site.reissue({ extendedKeyUsage: 'clientAuth' }),
  },
  {
    code: 'key-usage-without-signature',
    title: 'a key usage without digitalSignature',
    breakIt: (site: Site): void => void site.reissue({ keyUsage: 'keyEncipherment' }),
  },
  {
    code: 'certificate-name-too-long',
    title: 'a common name of 70 characters',
    otp: 29,
    breakIt: (site: Site): void =>
      void site.reissue({ commonName: `${'a'.repeat(63)}.x.test`, alternativeNames: `DNS:${HOSTS[0]}` }),
  },
  {
    code: 'signature-algorithm-rejected',
    title: 'a signature with SHA-1',
    breakIt: (site: Site): void => void site.reissue({ digest: 'sha1' }),
  },
  {
    code: 'certificate-weak',
    title: 'an RSA key of 1024 bits',
    breakIt: (site: Site): void => void site.reissue({ key: ['rsa:1024'] }),
  },
  {
    code: 'key-without-algorithm',
    title: 'signature algorithms for another kind of key',
    breakIt: (site: Site): void => site.bothSides({ signature_algs: '[rsa_pss_rsae_sha256]' }),
  },
  {
    code: 'key-without-algorithm',
    title: 'signature algorithms for another curve',
    breakIt: (site: Site): void => site.bothSides({ signature_algs: '[ecdsa_secp384r1_sha384]' }),
  },
  {
    code: 'key-without-algorithm',
    title: 'suites of TLS 1.2 for another kind of key',
    breakIt: (site: Site): void => {
      otherSpeaks(site, "['tlsv1.2']");
      site.bothSides({ versions: "['tlsv1.2']", ciphers: '["ECDHE-RSA-AES256-GCM-SHA384"]' });
    },
  },
  {
    code: 'key-without-algorithm',
    title: 'an Ed25519 key, and signature algorithms for others',
    breakIt: (site: Site): void => {
      site.reissue({ key: ['ed25519'] });
      site.bothSides({ signature_algs: '[ecdsa_secp256r1_sha256]' });
    },
  },
  {
    code: 'no-cipher-suite-for-tls-1-3',
    title: 'suites of TLS 1.2 alone beside both versions',
    breakIt: (site: Site): void => {
      site.bothSides({ versions: BOTH_VERSIONS, ciphers: '["ECDHE-ECDSA-AES256-GCM-SHA384"]' });
      otherSpeaks(site, BOTH_VERSIONS);
    },
  },
  {
    code: 'no-common-algorithm',
    title: 'other cipher suites than the other node',
    breakIt: (site: Site): void => {
      site.bothSides({ ciphers: '["TLS_AES_256_GCM_SHA384"]' });
      site.otherHas('ciphers', '["TLS_AES_128_GCM_SHA256"]');
    },
  },
  {
    code: 'no-common-algorithm',
    title: 'other groups than the other node',
    breakIt: (site: Site): void => {
      site.bothSides({ supported_groups: '[secp384r1]' });
      site.otherHas('supported_groups', '[x25519]');
    },
  },
  {
    code: 'certificate-needs-tls-1-3',
    title: 'Ed25519 without TLS 1.3',
    breakIt: (site: Site): void => {
      site.reissue({ key: ['ed25519'] });
      site.options({ server: { versions: "['tlsv1.2']" }, client: { versions: "['tlsv1.2']" } });
    },
    also: ['no-common-tls-version'],
  },
  {
    code: 'host-violates-name-constraints',
    title: 'a name that the CA between may not sign for',
    breakIt: (site: Site): void => {
      const more = ['nameConstraints=critical,permitted;DNS:y.test'];
      const between = site.workshop.issue(site.ca, { commonName: 'Between', isCa: true, more });
      site.reissue({}, between, [between]);
    },
  },
  {
    code: 'crl-missing',
    title: 'revocation asked for, and no list',
    breakIt: (site: Site): void => askForRevocation(site),
  },
  {
    code: 'crl-expired',
    title: 'a revocation list of yesterday',
    breakIt: (site: Site): void => askForRevocation(site, -2),
  },
  // Nodes together
  {
    code: 'nodes-share-key',
    title: 'the key of the other node',
    breakIt: (site: Site): void => {
      const existingKey = readFileSync(join(site.directoryOf(HOSTS[1]), 'node.pem'), 'utf8').replace(
        /-----BEGIN CERT[^]*/,
        '',
      );
      site.reissue({ existingKey });
    },
  },
  {
    code: 'no-common-tls-version',
    title: 'TLS 1.2 beside TLS 1.3',
    breakIt: (site: Site): void =>
      site.options({ server: { versions: "['tlsv1.2']" }, client: { versions: "['tlsv1.2']" } }),
  },
  // Values and names of options
  {
    code: 'ssl-option-unknown',
    title: 'an option of the client side that OTP does not know',
    breakIt: (site: Site): void => site.options({ client: { verfy: 'verify_peer' } }),
  },
  {
    code: 'ssl-option-without-effect',
    title: 'an option of the server side that OTP does not know',
    breakIt: (site: Site): void => site.options({ server: { verfy: 'verify_peer' } }),
  },
  ...(
    [
      ['a version that there is none of', { server: { versions: "['tlsv1.4']" } }, ['no-common-tls-version']],
      ['a version without its list', { server: { versions: "'tlsv1.3'" } }, ['no-common-tls-version']],
      [
        'a version alone on the client side, without its list',
        { client: { versions: "'tlsv1.3'" } },
        ['no-common-tls-version'],
      ],
      ['versions with a gap between them', { server: { versions: "['tlsv1.3','tlsv1.1']" } }],
      ['a depth in quotes', { server: { depth: '"3"' } }],
      ['a depth in quotes on the client side', { client: { depth: '"3"' } }],
      ['ciphers that are none', { server: { ciphers: 'strong' } }],
      ['a misspelled verify_peer on the client side', { client: { verify: 'verify_pear' } }],
      ['a misspelled verify_peer on the server side', { server: { verify: 'verify_pear' } }],
      ['an empty keyfile', { server: { keyfile: '""' } }],
      ['an empty keyfile on the client side', { client: { keyfile: '""' } }],
      ['a certificate file that is an atom', { server: { certfile: 'none' } }],
      ['yes instead of true', { server: { fail_if_no_peer_cert: 'yes' } }],
      ['a crl_check of no kind', { server: { crl_check: 'always' } }],
      ['a level of the log of no kind', { server: { log_level: 'loud' } }],
    ] as const
  ).map(([title, change, also = []]): Fault => ({
    code: 'ssl-option-wrong-value',
    title,
    breakIt: (site: Site): void => site.options(change),
    also,
  })),
  {
    code: 'peer-not-verified',
    title: 'verify_none before verify_peer',
    breakIt: (site: Site): void =>
      site.write('ssl_dist.conf', site.read('ssl_dist.conf').replace('{verify,', '{verify,verify_none},{verify,')),
    also: ['option-given-twice'],
  },
  {
    code: 'peer-not-verified',
    title: 'verify_none after verify_peer',
    breakIt: (site: Site): void =>
      site.write(
        'ssl_dist.conf',
        site.read('ssl_dist.conf').replace('{verify,verify_peer}', '{verify,verify_peer},{verify,verify_none}'),
      ),
    also: ['option-given-twice'],
  },
  {
    code: 'option-file-malformed',
    title: 'a server side twice, the second one empty',
    breakIt: (site: Site): void =>
      site.write('ssl_dist.conf', site.read('ssl_dist.conf').replace(/\]\}\]\.\n$/, ']},{server,[]}].\n')),
    also: ['certificate-option-missing', 'no-common-tls-version', 'peer-not-verified', 'versions-not-set'],
  },
  {
    code: 'option-file-malformed',
    title: 'a server side twice, the first one empty',
    breakIt: (site: Site): void =>
      site.write('ssl_dist.conf', site.read('ssl_dist.conf').replace(/^\[/, '[{server,[]},')),
  },
  {
    code: 'option-file-malformed',
    title: 'a word beside the sides',
    breakIt: (site: Site): void => site.write('ssl_dist.conf', site.read('ssl_dist.conf').replace(/^\[/, '[debug,')),
  },
  {
    code: 'option-file-malformed',
    title: 'an option of three parts on the client side',
    breakIt: (site: Site): void =>
      site.write('ssl_dist.conf', site.read('ssl_dist.conf').replace('{client,[', '{client,[{depth,2,3},')),
  },
  {
    code: 'option-file-malformed',
    title: 'an option of three parts on the server side',
    breakIt: (site: Site): void =>
      site.write('ssl_dist.conf', site.read('ssl_dist.conf').replace('{server,[', '{server,[{depth,2,3},')),
  },
  {
    code: 'option-file-side-missing',
    title: 'no server side',
    breakIt: (site: Site): void =>
      site.write('ssl_dist.conf', site.read('ssl_dist.conf').replace(/\{server,[^]*\]\},\s*(?=\{client)/, '')),
  },
  {
    code: 'proto-dist-unknown',
    title: '-proto_dist inet_tsl',
    breakIt: (site: Site): void => site.write('vm.args', site.read('vm.args').replace('inet_tls', 'inet_tsl')),
    also: ['protocol-mismatch'],
  },
  ...(
    [
      [
        'flat-option-unknown',
        'flags with a misspelled side',
        (words: string) => words.replace('client_verify ', 'cleint_verify '),
      ],
      [
        'flat-option-unknown',
        'flags with a misspelled option',
        (words: string) => words.replace('client_verify ', 'client_verfy '),
      ],
      ['flat-option-unknown', 'flags with a word too many', (words: string) => `${words} server_secure_renegotiate`],
      [
        'option-file-side-missing',
        'flags without a server side',
        (words: string) => words.replace(/server_\S+ \S+ /g, ''),
      ],
      [
        'ssl-option-wrong-value',
        'flags with a depth that is no number',
        (words: string) => `${words} client_depth deep`,
      ],
    ] as const
  ).map(([code, title, change]): Fault => ({
    code,
    title,
    breakIt: (site: Site): void => flat(site, change),
  })),
  {
    code: 'path-relative',
    title: 'a relative path of the option file',
    breakIt: (site: Site): void => site.write('vm.args', '-proto_dist inet_tls\n-ssl_dist_optfile ssl_dist.conf\n'),
    also: ['option-file-missing'],
  },
  {
    code: 'file-missing',
    title: 'no file of Diffie-Hellman parameters',
    breakIt: (site: Site): void =>
      site.options({ server: { dhfile: `"${site.path('dh.pem')}"`, versions: "['tlsv1.3','tlsv1.2']" } }),
  },
  {
    code: 'host-not-in-certificate',
    title: 'a second pair of certs_keys, of the kind that OTP prefers',
    breakIt: (site: Site): void => {
      const rsa = site.workshop.issue(site.ca, { commonName: HOSTS[0], key: ['rsa:2048'] });
      site.write('rsa.pem', rsa.key + rsa.certificate);
      site.chmod('rsa.pem', 0o600);
      site.reissue({ alternativeNames: 'DNS:db9.x.test' });
      site.bothSides({ certfile: undefined, certs_keys: site.pairsIn('rsa.pem', 'node.pem') });
    },
  },
  {
    code: 'file-missing',
    title: 'a second pair of certs_keys that is not there',
    breakIt: (site: Site): void =>
      site.bothSides({ certfile: undefined, certs_keys: site.pairsIn('node.pem', 'other.pem') }),
  },
  // Revocation
  {
    code: 'crl-missing',
    title: 'crl_check without crl_cache',
    breakIt: (site: Site): void => site.options({ server: { crl_check: 'true' } }),
  },
  {
    code: 'crl-missing',
    title: 'a revocation list of another name',
    breakIt: (site: Site): void => {
      askForRevocation(site, 24);
      renameSync(listOf(site), site.path('crls/site.crl'));
    },
  },
  {
    code: 'crl-missing',
    title: 'a revocation list by another hash',
    breakIt: (site: Site): void => {
      askForRevocation(site, 24);
      renameSync(listOf(site), site.path('crls/00000000.r0'));
    },
  },
  {
    code: 'crl-missing',
    title: 'a second revocation list without a first one',
    breakIt: (site: Site): void => {
      askForRevocation(site, 24);
      renameSync(listOf(site), listOf(site).replace('.r0', '.r1'));
    },
  },
  {
    code: 'crl-missing',
    title: 'a revocation list of another CA of the same name',
    breakIt: (site: Site): void => {
      askForRevocation(site, 24);
      writeFileSync(listOf(site), site.workshop.revocationList(site.workshop.root('Site CA'), 24));
    },
  },
  {
    code: 'crl-missing',
    title: 'no list of the CA in the middle, with crl_check true',
    breakIt: (site: Site): void => {
      bothBelow(site, site.workshop.issue(site.ca, { commonName: 'Between', isCa: true }));
      askForRevocation(site, 24);
    },
  },
  {
    code: 'certificate-revoked',
    title: 'a certificate on the list of its CA',
    breakIt: (site: Site): void => {
      askForRevocation(site, 24);
      const own = site.reissue({});
      writeFileSync(listOf(site), site.workshop.revocationList(site.ca, 24, [own]));
      const other = join(site.directoryOf(HOSTS[1]), 'ssl_dist.conf');
      writeFileSync(other, site.read('ssl_dist.conf').replace(/(certfile,"[^"]*)node@db1/g, '$1node@db2'));
    },
  },
  {
    code: 'crl-issuer-cannot-sign',
    title: 'a revocation list by a CA that may not sign one',
    breakIt: (site: Site): void => {
      const between = site.workshop.issue(site.ca, { commonName: 'Between', isCa: true, keyUsage: 'keyCertSign' });
      bothBelow(site, between);
      askForRevocation(site, 24);
      const hash = openssl([
        'x509',
        '-subject_hash',
        '-noout',
        '-in',
        site.workshop.file('ca', between.certificate),
      ]).trim();
      site.write(`crls/${hash}.r0`, site.workshop.revocationList(between, 24));
    },
  },
  // More of certificates
  {
    code: 'signature-algorithm-rejected',
    title: 'a signature with SHA-224',
    breakIt: (site: Site): void => void site.reissue({ digest: 'sha224' }),
  },
  {
    code: 'path-length-exceeded',
    title: 'a CA below one that may have none below it',
    breakIt: (site: Site): void => {
      const upper = site.workshop.issue(site.ca, {
        commonName: 'Upper CA',
        isCa: true,
        more: ['basicConstraints=critical,CA:TRUE,pathlen:0'],
      });
      const lower = site.workshop.issue(upper, { commonName: 'Lower CA', isCa: true });
      site.reissue({}, lower, [lower, upper]);
    },
  },
  {
    code: 'unrelated-certificate-in-chain',
    title: 'a root of others behind the certificate',
    breakIt: (site: Site): void =>
      site.write('node.pem', site.read('node.pem') + site.workshop.root('Another CA').certificate),
  },
  {
    code: 'unrelated-certificate-in-chain',
    title: 'the certificate twice',
    breakIt: (site: Site): void => {
      const text = site.read('node.pem');
      site.write('node.pem', text + text.replace(/[^]*(?=-----BEGIN CERT)/, ''));
    },
  },
  {
    code: 'chain-exceeds-depth',
    title: 'a depth of 0, and a CA between for the other node',
    breakIt: (site: Site): void => {
      const between = site.workshop.issue(site.ca, { commonName: 'Between', isCa: true });
      const { key, certificate } = site.workshop.issue(between, { commonName: HOSTS[1] });
      writeFileSync(join(site.directoryOf(HOSTS[1]), 'node.pem'), key + certificate + between.certificate);
      site.bothSides({ depth: '0' });
    },
  },
  {
    code: 'chain-exceeds-depth',
    title: 'a CA between, and a depth of 0',
    breakIt: (site: Site): void => {
      bothBelow(site, site.workshop.issue(site.ca, { commonName: 'Between', isCa: true }));
      site.bothSides({ depth: '0' });
    },
  },
  {
    code: 'host-violates-name-constraints',
    title: 'a CA between that may sign for other addresses, and a certificate with an address',
    breakIt: (site: Site): void => {
      const more = ['nameConstraints=critical,permitted;IP:10.0.0.0/255.0.0.0'];
      const between = site.workshop.issue(site.ca, { commonName: 'Between', isCa: true, more });
      site.reissue({ alternativeNames: `DNS:${HOSTS[0]},IP:127.0.0.1` }, between, [between]);
    },
  },
  ...(['P-224', 'prime192v1', 'secp256k1', 'brainpoolP256r1', 'brainpoolP384r1'] as const).map((curve): Fault => ({
    code: 'key-type-unsupported',
    otp: curve.startsWith('brainpool') ? 25 : undefined,
    title: `a key on the curve ${curve}`,
    breakIt: (site: Site): void => void site.reissue({ key: ['ec', '-pkeyopt', `ec_paramgen_curve:${curve}`] }),
  })),
  {
    code: 'critical-extension-unknown',
    title: 'a critical extension that nobody knows',
    breakIt: (site: Site): void => void site.reissue({ more: ['1.2.3.4=critical,ASN1:UTF8String:x'] }),
  },
  {
    code: 'critical-extension-unknown',
    title: 'a critical alternative name of the issuer',
    breakIt: (site: Site): void => void site.reissue({ more: ['issuerAltName=critical,DNS:x.test'] }),
  },
  {
    code: 'critical-extension-unknown',
    title: 'critical policies, before releases that know them',
    breakIt: (site: Site): void => void site.reissue({ more: ['certificatePolicies=critical,1.2.3.4'] }),
    otp: 25,
  },
  ...(
    [
      ['a CA between that may sign for other subjects', 'permitted;dirName:names', 'O=Other', undefined],
      ['a CA between that may not sign for this subject', 'excluded;dirName:names', `CN=${HOSTS[0]}`, undefined],
      ['a CA between whose names begin with a dot, before releases that take them', 'permitted;DNS:.x.test', '', 25],
      ['a CA between whose excluded names begin with a dot', 'excluded;DNS:.x.test', '', undefined],
    ] as const
  ).map(([title, constraint, names, otp]): Fault => ({
    code: 'host-violates-name-constraints',
    title,
    breakIt: (site: Site): void => {
      const more = [`nameConstraints=critical,${constraint}`, '[names]', names];
      const between = site.workshop.issue(site.ca, { commonName: 'Between', isCa: true, more });
      site.reissue({}, between, [between]);
    },
    otp,
  })),
  {
    code: 'ssl-option-wrong-value',
    title: 'a depth of more than 255',
    breakIt: (site: Site): void => site.options({ server: { depth: '256' } }),
  },
  {
    code: 'extended-key-usage-missing',
    title: 'a CA between for servers alone',
    breakIt: (site: Site): void => {
      const between = site.workshop.issue(site.ca, {
        commonName: 'Between',
        isCa: true,
        more: ['extendedKeyUsage=serverAuth'],
      });
      site.reissue({}, between, [between]);
    },
  },
  {
    code: 'signature-algorithm-rejected',
    title: 'a CA between signed with SHA-1',
    breakIt: (site: Site): void => {
      const between = site.workshop.issue(site.ca, { commonName: 'Between', isCa: true, digest: 'sha1' });
      site.reissue({}, between, [between]);
    },
  },
  {
    code: 'key-type-unsupported',
    title: 'an RSA key of 512 bits',
    breakIt: (site: Site): void => void site.reissue({ key: ['rsa:512'] }),
  },
  {
    code: 'key-type-unsupported',
    title: 'an RSASSA-PSS key of 1024 bits',
    otp: 25,
    breakIt: (site: Site): void => void site.reissue({ key: ['rsa-pss', '-pkeyopt', 'rsa_keygen_bits:1024'] }),
  },
  {
    code: 'pem-with-several-keys',
    title: 'another key before the key of the certificate',
    breakIt: (site: Site): void => {
      const { key } = site.workshop.issue(site.ca, { commonName: HOSTS[0] });
      site.write('node.pem', key + site.read('node.pem'));
    },
  },
  {
    code: 'pem-with-several-keys',
    title: 'another key behind the key of the certificate',
    breakIt: (site: Site): void => {
      const { key } = site.workshop.issue(site.ca, { commonName: HOSTS[0] });
      site.write('node.pem', site.read('node.pem') + key);
    },
  },
  {
    code: 'key-password-wrong',
    title: 'an encrypted key and another password',
    breakIt: (site: Site): void => {
      encryptKey(site, []);
      site.options({ server: { password: '"guess"' }, client: { password: '"guess"' } });
    },
  },
  {
    code: 'versions-not-set',
    title: 'Ed25519 beside the versions of the release',
    breakIt: (site: Site): void => {
      site.reissue({ key: ['ed25519'] });
      site.options({ server: { versions: undefined }, client: { versions: undefined } });
    },
    also: ['certificate-needs-tls-1-3', 'no-common-tls-version'],
  },
];

/** On the server side, with a list whose next update is so many hours from now; with none without a number. */
function askForRevocation(site: Site, nextUpdate?: number): void {
  mkdirSync(site.path('crls'));
  const cache = `{ssl_crl_hash_dir,{internal,[{dir,"${site.path('crls')}"}]}}`;
  site.options({ server: { crl_check: 'true', crl_cache: cache } });
  if (nextUpdate === undefined) return;
  const hash = openssl(['x509', '-subject_hash', '-noout', '-in', site.path('ca.pem')]).trim();
  site.write(`crls/${hash}.r0`, site.workshop.revocationList(site.ca, nextUpdate));
}

function encryptKey(site: Site, more: readonly string[]): void {
  const plain = site.workshop.file(
    'plain.key',
    /-----BEGIN PRIV[^]*?END PRIVATE KEY-----\n/.exec(site.read('node.pem'))?.[0] ?? '',
  );
  const encrypted = openssl(['pkcs8', '-topk8', '-in', plain, '-passout', 'pass:secret', ...more]);
  site.write('node.pem', encrypted + site.read('node.pem').replace(/[^]*(?=-----BEGIN CERT)/, ''));
}

/** Certificates of both nodes by that CA, which each of them sends along. */
function bothBelow(site: Site, between: Pair): void {
  site.reissue({}, between, [between]);
  const { key, certificate } = site.workshop.issue(between, { commonName: HOSTS[1] });
  writeFileSync(join(site.directoryOf(HOSTS[1]), 'node.pem'), key + certificate + between.certificate);
}

function otherSpeaks(site: Site, versions: string): void {
  site.changeOther((text) => text.replaceAll("['tlsv1.3']", versions));
}

/** Below the CA of the site, a certificate of a node that signs another one. */
function signedByLeaf(site: Site): Pair {
  const leaf = site.workshop.issue(site.ca, { commonName: 'leaf', keyUsage: 'digitalSignature,keyCertSign', to: 2100 });
  site.reissue({}, leaf, [leaf]);
  return leaf;
}

/** Beside the CA of the site. */
function trustedByBoth(site: Site, { certificate }: Pair): void {
  for (const host of HOSTS) {
    const path = join(site.directoryOf(host), 'ca.pem');
    writeFileSync(path, readFileSync(path, 'utf8') + certificate);
  }
}

/** The one list of the broken node. */
function listOf(site: Site): string {
  const [name = ''] = readdirSync(site.path('crls'));
  return site.path(`crls/${name}`);
}

/** The options as flags. Up to OTP 25 these speak TLS 1.2 alone, so the other node does, too. */
function flat(site: Site, change: (words: string) => string): void {
  const side = (name: string): string =>
    [`certfile ${site.path('node.pem')}`, `cacertfile ${site.path('ca.pem')}`, 'verify verify_peer']
      .map((pair) => `${name}_${pair} `)
      .join('');
  const words = `${side('server')}server_fail_if_no_peer_cert true ${side('client')}`.trim();
  site.write('vm.args', `-proto_dist inet_tls\n-ssl_dist_opt ${change(words)}\n`);
  otherSpeaks(site, "['tlsv1.2']");
}

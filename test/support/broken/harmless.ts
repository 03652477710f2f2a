/** What looks like a fault and is none: real nodes connect in both directions, and the check has nothing to say, or what is true of it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Code } from '../../../src/model/catalogue';
import { openssl } from '../programs/openssl';
import { HOSTS, type Site } from './site';
import type { Pair } from './workshop';

export interface Harmless {
  readonly title: string;
  readonly change: (site: Site) => void;
  /** The first release that takes it. */
  readonly from?: number;
  /** What is true of it. */
  readonly found?: readonly Code[];
}

export const HARMLESS: readonly Harmless[] = [
  {
    title: 'a comment in Latin-1',
    change: (site: Site): void => {
      const head = Buffer.from('%% caf\xe9\n', 'latin1');
      site.write('ssl_dist.conf', Buffer.concat([head, Buffer.from(site.read('ssl_dist.conf'))]));
    },
  },
  {
    title: 'a CA between whose constraint is in other letters than the name',
    change: (site: Site): void => between(site, ['nameConstraints=critical,permitted;DNS:x.test'], 'DNS:DB1.X.TEST'),
  },
  {
    title: 'a CA between that may sign for some addresses, and a certificate without one',
    change: (site: Site): void => between(site, ['nameConstraints=critical,permitted;IP:10.0.0.0/255.0.0.0']),
  },
  {
    title: 'a root that may have no CA below it, and one below it',
    change: (site: Site): void => {
      const more = ['basicConstraints=critical,CA:TRUE,pathlen:0'];
      const root = site.workshop.root('Short CA', { more });
      const below = site.workshop.issue(root, { commonName: 'Between', isCa: true });
      site.reissue({}, below, [below]);
      for (const host of HOSTS) append(site, host, 'ca.pem', root.certificate);
    },
  },
  {
    title: 'a depth of 0, and no CA between',
    change: (site: Site): void => site.bothSides({ depth: '0' }),
  },
  {
    title: 'CAs behind the certificate in whatever order, with the root and one that has nothing to do with them',
    change: (site: Site): void => {
      const upper = site.workshop.issue(site.ca, { commonName: 'Upper CA', isCa: true });
      const lower = site.workshop.issue(upper, { commonName: 'Lower CA', isCa: true });
      site.reissue({}, lower, [upper, site.workshop.root('Another CA'), lower, site.ca]);
    },
  },
  {
    title: 'the root behind the certificate',
    change: (site: Site): void => site.write('node.pem', site.read('node.pem') + site.ca.certificate),
  },
  {
    title: 'a CA that begins in the future, trusted beside the one in use',
    change: (site: Site): void => {
      const next = site.workshop.root('Next CA', { from: 240, to: 5000 });
      for (const host of HOSTS) append(site, host, 'ca.pem', next.certificate);
    },
  },
  {
    title: 'a root of X.509 version 1',
    change: (site: Site): void => {
      const key = site.workshop.file('v1.key', site.ca.key);
      const request = site.workshop.file('v1.csr', '');
      openssl(['req', '-new', '-key', key, '-subj', '/CN=Site CA', '-out', request]);
      const root = openssl(['x509', '-req', '-in', request, '-signkey', key, '-days', '1000']);
      eachFile(site, 'ca.pem', () => root);
    },
    found: ['trusted-certificate-not-a-ca'],
  },
  {
    title: 'a root that says that it is no CA',
    change: (site: Site): void => {
      const root = site.workshop.root('Odd CA', { isCa: false, keyUsage: '' });
      for (const host of HOSTS) replaceNode(site, host, root);
      eachFile(site, 'ca.pem', () => root.certificate);
    },
    found: ['trusted-certificate-not-a-ca'],
  },
  {
    title: 'a certificate of a node in the trust bundle, beside its CA',
    change: (site: Site): void => append(site, HOSTS[0], 'ca.pem', certificateOf(site, HOSTS[1])),
    found: ['trusted-certificate-not-a-ca'],
  },
  {
    title: 'a second pair of certs_keys, of a kind that OTP does not prefer, with the name of another host',
    change: (site: Site): void => {
      const rsa = site.workshop.issue(site.ca, { commonName: 'db9.x.test', key: ['rsa:2048'] });
      site.write('rsa.pem', rsa.key + rsa.certificate);
      site.chmod('rsa.pem', 0o600);
      site.bothSides({ certfile: undefined, certs_keys: site.pairsIn('rsa.pem', 'node.pem') });
    },
  },
  {
    title: 'a depth of 0, and a CA between for the node itself alone',
    change: (site: Site): void => {
      const ca = site.workshop.issue(site.ca, { commonName: 'Between', isCa: true });
      site.reissue({}, ca, [ca]);
      site.bothSides({ depth: '0' });
    },
  },
  {
    title: 'the same suite under two names',
    change: (site: Site): void => {
      eachFile(site, 'ssl_dist.conf', (text) => text.replaceAll("'tlsv1.3'", "'tlsv1.2'"));
      site.bothSides({ versions: "['tlsv1.2']", ciphers: '["ECDHE-ECDSA-AES256-GCM-SHA384"]' });
      site.otherHas('ciphers', '["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"]');
    },
  },
  {
    title: 'suites of TLS 1.2 for the key of the other node, on the side that dials it',
    change: (site: Site): void => {
      eachFile(site, 'ssl_dist.conf', (text) => text.replaceAll("'tlsv1.3'", "'tlsv1.2'"));
      const { key, certificate } = site.workshop.issue(site.ca, { commonName: HOSTS[1], key: ['rsa:2048'] });
      writeFileSync(join(site.directoryOf(HOSTS[1]), 'node.pem'), key + certificate);
      site.options({
        server: { versions: "['tlsv1.2']" },
        client: { versions: "['tlsv1.2']", ciphers: '["ECDHE-RSA-AES256-GCM-SHA384"]' },
      });
    },
  },
  {
    title: 'an option for versions before 1.2, with such versions',
    change: (site: Site): void => {
      eachFile(site, 'ssl_dist.conf', (text) => text.replaceAll("'tlsv1.3'", "'tlsv1.2'"));
      site.bothSides({ versions: "['tlsv1.2','tlsv1.1','tlsv1']", padding_check: 'true' });
    },
  },
  {
    title: 'suites of a version that no node speaks',
    change: (site: Site): void => {
      site.bothSides({ ciphers: '["ECDHE-RSA-AES256-GCM-SHA384"]' });
    },
  },
  {
    title: 'options of listeners and of sockets that do no harm',
    change: (site: Site): void => {
      const options = { nodelay: 'true', keepalive: 'true', log_alert: 'true', protocol: 'tls' };
      site.options({ server: { ...options, honor_ecc_order: 'true', reuseaddr: 'true' }, client: options });
    },
  },
  {
    title: 'one certificate for each side, with the use of that side, of which one names the host',
    change: (site: Site): void => {
      site.reissue({ extendedKeyUsage: 'serverAuth' });
      const client = site.workshop.issue(site.ca, { commonName: 'client', extendedKeyUsage: 'clientAuth' });
      site.write('client.pem', client.key + client.certificate);
      site.chmod('client.pem', 0o600);
      site.options({ client: { certfile: `"${site.path('client.pem')}"` } });
    },
  },
  {
    title: 'one CA for each side',
    change: (site: Site): void => {
      const ca = site.workshop.root('Client CA');
      for (const host of HOSTS) {
        const directory = site.directoryOf(host);
        const client = site.workshop.issue(ca, { commonName: host });
        writeFileSync(join(directory, 'client.pem'), client.key + client.certificate, { mode: 0o600 });
        writeFileSync(join(directory, 'client-ca.pem'), ca.certificate);
        const path = join(directory, 'ssl_dist.conf');
        const [server = '', rest = ''] = readFileSync(path, 'utf8').split(/(?=\{client,)/);
        const text = server.replace('/ca.pem', '/client-ca.pem') + rest.replace('/node.pem', '/client.pem');
        writeFileSync(path, text);
      }
    },
  },
  {
    title: 'an issuer in other letters',
    change: (site: Site): void => void site.reissue({}, site.workshop.root('SITE  CA', { existingKey: site.ca.key })),
  },
  {
    title: 'an extension of somebody whose value is no DER',
    change: (site: Site): void => void site.reissue({ more: ['1.2.3.4=DER:ff'] }),
  },
  {
    title: 'a path as a list of characters',
    change: (site: Site): void => {
      const characters = [...site.path('node.pem')].map((one) => `$${one}`).join(',');
      site.options({ server: { certfile: `[${characters}]` } });
    },
  },
  {
    title: 'another host, and clients that do not look at it',
    change: (site: Site): void => {
      site.reissue({ alternativeNames: 'DNS:db9.x.test' });
      site.options({ client: { server_name_indication: 'disable' } });
      const other = join(site.directoryOf(HOSTS[1]), 'ssl_dist.conf');
      const text = readFileSync(other, 'utf8').replace('{client,[', '{client,[{server_name_indication,disable},');
      writeFileSync(other, text);
    },
    from: 27,
  },
  {
    title: 'crl_check peer, and a list of the CA that signs alone',
    change: (site: Site): void => {
      const ca = site.workshop.issue(site.ca, { commonName: 'Between', isCa: true });
      for (const host of HOSTS) replaceNode(site, host, ca);
      mkdirSync(site.path('crls'));
      const hash = openssl(['x509', '-subject_hash', '-noout', '-in', site.workshop.file('ca', ca.certificate)]).trim();
      site.write(`crls/${hash}.r0`, site.workshop.revocationList(ca, 24));
      site.write(`crls/${hash}.r1`, site.workshop.revocationList(ca, -24));
      const cache = `{ssl_crl_hash_dir,{internal,[{dir,"${site.path('crls')}"}]}}`;
      site.options({ server: { crl_check: 'peer', crl_cache: cache } });
    },
  },
  {
    title: 'wildcards, and a call that lets them match',
    change: (site: Site): void => {
      const match = '{customize_hostname_check,[{match_fun,public_key:pkix_verify_hostname_match_fun(https)}]}';
      for (const host of HOSTS) {
        const { key, certificate } = site.workshop.issue(site.ca, {
          commonName: host,
          alternativeNames: 'DNS:*.x.test',
        });
        writeFileSync(join(site.directoryOf(host), 'node.pem'), key + certificate);
      }
      eachFile(site, 'ssl_dist.conf', (text) => text.replace('{client,[', `{client,[${match},`));
    },
    found: ['option-file-calls-function'],
  },
  {
    title: 'a wildcard, which the other node alone takes',
    change: (site: Site): void => {
      site.reissue({ alternativeNames: 'DNS:*.x.test' });
      const match = '{customize_hostname_check,[{match_fun,public_key:pkix_verify_hostname_match_fun(https)}]}';
      site.changeOther((text) => text.replace('{client,[', `{client,[${match},`));
    },
    found: ['option-file-calls-function'],
  },
  {
    title: 'options of sockets, and of servers',
    change: (site: Site): void => {
      const ofSockets = { nodelay: 'true', reuseaddr: 'true', show_econnreset: 'true', exit_on_close: 'true' };
      site.options({ server: { ...ofSockets, honor_ecc_order: 'true' }, client: ofSockets });
    },
  },
  {
    title: 'an empty password, and versions without one between them',
    change: (site: Site): void => {
      site.bothSides({ password: '""', versions: "['tlsv1.3','tlsv1.2',tlsv1]", depth: '255' });
    },
  },
  {
    title: 'settings of applications by another name',
    change: (site: Site): void => {
      site.write('rabbitmq.config', '[{rabbit,[{tcp_listeners,[5672]}]}].\n');
    },
  },
  {
    title: 'critical policies',
    change: (site: Site): void => void site.reissue({ more: ['certificatePolicies=critical,1.2.3.4'] }),
    from: 27,
  },
  {
    title: 'a CA between whose names begin with a dot',
    change: (site: Site): void => between(site, ['nameConstraints=critical,permitted;DNS:.x.test']),
    from: 27,
  },
  {
    title: 'a CA between for whatever use, where that is taken',
    change: (site: Site): void => {
      between(site, ['extendedKeyUsage=anyExtendedKeyUsage']);
      eachFile(site, 'ssl_dist.conf', (text) =>
        text.replaceAll(/\{(server|client),\[/g, '{$1,[{allow_any_ca_purpose,true},'),
      );
    },
    from: 27,
  },
  {
    title: 'one name for all hosts',
    change: (site: Site): void => {
      for (const host of HOSTS) {
        const { key, certificate } = site.workshop.issue(site.ca, { commonName: 'cluster.x.test' });
        writeFileSync(join(site.directoryOf(host), 'node.pem'), key + certificate);
      }
      eachFile(site, 'ssl_dist.conf', (text) =>
        text.replace('{client,[', '{client,[{server_name_indication,"cluster.x.test"},'),
      );
    },
    from: 27,
  },
  {
    title: 'the same CA in a file for each side',
    change: (site: Site): void => {
      site.write('other.pem', `the same CA\n${site.read('ca.pem')}`);
      site.options({ client: { cacertfile: `"${site.path('other.pem')}"` } });
    },
  },
  {
    title: 'a key on the curve P-521',
    change: (site: Site): void => void site.reissue({ key: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'] }),
  },
  {
    title: 'a key on a curve of the Brainpool',
    change: (site: Site): void => void site.reissue({ key: ['ec', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1'] }),
    from: 27,
  },
  {
    title: 'an Ed25519 key and no versions',
    change: (site: Site): void => {
      site.reissue({ key: ['ed25519'] });
      site.options({ server: { versions: undefined }, client: { versions: undefined } });
    },
    from: 29,
    found: ['versions-not-set'],
  },
];

function between(site: Site, more: readonly string[], name = `DNS:${HOSTS[0]}`): void {
  const ca = site.workshop.issue(site.ca, { commonName: 'Between', isCa: true, more });
  site.reissue({ alternativeNames: `DNS:${HOSTS[0]},${name}` }, ca, [ca]);
}

function replaceNode(site: Site, host: string, ca: Pair): void {
  const { key, certificate } = site.workshop.issue(ca, { commonName: host });
  writeFileSync(join(site.directoryOf(host), 'node.pem'), key + certificate + ca.certificate);
}

/** The file of that name of both nodes. */
function eachFile(site: Site, name: string, change: (text: string) => string): void {
  for (const host of HOSTS) {
    const path = join(site.directoryOf(host), name);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  }
}

function append(site: Site, host: string, name: string, text: string): void {
  const path = join(site.directoryOf(host), name);
  writeFileSync(path, readFileSync(path, 'utf8') + text);
}

function certificateOf(site: Site, host: string): string {
  return readFileSync(join(site.directoryOf(host), 'node.pem'), 'utf8').replace(/[^]*(?=-----BEGIN CERT)/, '');
}

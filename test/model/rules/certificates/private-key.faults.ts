/** Faults in private keys, and in how they belong to certificates. */
import type { Fault } from '../../../support/broken/fault';
import { certificateIn, KEY_BLOCK } from '../../../support/broken/pem';
import { HOSTS, type Site } from '../../../support/broken/site';
import { openssl } from '../../../support/programs/openssl';

export const PRIVATE_KEY_FAULTS: readonly Fault[] = [
  {
    code: 'pem-without-key',
    title: 'a certificate without a key',
    breakIt: (site) => site.change('node.pem', certificateIn),
  },
  {
    code: 'key-encrypted',
    title: 'an encrypted key without a password',
    breakIt: (site) => encryptKey(site, []),
  },
  {
    code: 'key-encryption-unsupported',
    title: 'a key encrypted with scrypt',
    breakIt: (site) => {
      encryptKey(site, ['-scrypt']);
      site.bothSides({ password: '"secret"' });
    },
  },
  ...['camellia256', 'aria256'].map((cipher): Fault => ({
    code: 'key-encryption-unsupported',
    title: `a key encrypted with ${cipher}`,
    breakIt: (site) => {
      encryptKey(site, ['-v2', cipher]);
      site.bothSides({ password: '"secret"' });
    },
  })),
  {
    code: 'key-encryption-unsupported',
    title: 'a key encrypted with a PKCS #12 scheme',
    breakIt: (site) => {
      encryptKey(site, ['-v1', 'PBE-SHA1-3DES']);
      site.bothSides({ password: '"secret"' });
    },
  },
  {
    code: 'key-certificate-mismatch',
    title: 'the key of another certificate',
    breakIt: (site) => {
      const { key } = site.workshop.issue(site.ca, { commonName: HOSTS[0] });
      site.change('node.pem', (text) => key + certificateIn(text));
    },
  },
  {
    code: 'key-certificate-mismatch',
    title: 'the key of another certificate, in certs_keys',
    breakIt: (site) => {
      site.write('other.key', site.workshop.issue(site.ca, { commonName: HOSTS[0] }).key);
      site.chmod('other.key', 0o600);
      const pairs = `[#{certfile=>"${site.path('node.pem')}",keyfile=>"${site.path('other.key')}"}]`;
      site.bothSides({ certfile: undefined, certs_keys: pairs });
    },
  },
  {
    code: 'certificate-not-first',
    title: 'a chain in the wrong order',
    breakIt: (site) => {
      const between = site.intermediate();
      const { key, certificate } = site.workshop.issue(between, { commonName: HOSTS[0] });
      site.write('node.pem', key + between.certificate + certificate);
    },
  },
  {
    code: 'pem-with-several-keys',
    title: 'another key before the key of the certificate',
    breakIt: (site) => {
      const { key } = site.workshop.issue(site.ca, { commonName: HOSTS[0] });
      site.change('node.pem', (text) => key + text);
    },
  },
  {
    code: 'pem-with-several-keys',
    title: 'another key behind the key of the certificate',
    breakIt: (site) => {
      const { key } = site.workshop.issue(site.ca, { commonName: HOSTS[0] });
      site.append('node.pem', key);
    },
  },
  {
    code: 'key-password-wrong',
    title: 'an encrypted key with the wrong password',
    breakIt: (site) => {
      encryptKey(site, []);
      site.bothSides({ password: '"guess"' });
    },
  },
];

function encryptKey(site: Site, more: readonly string[]): void {
  const plain = site.workshop.file('plain.key', KEY_BLOCK.exec(site.read('node.pem'))?.[0] ?? '');
  const encrypted = openssl(['pkcs8', '-topk8', '-in', plain, '-passout', 'pass:secret', ...more]);
  site.change('node.pem', (text) => encrypted + certificateIn(text));
}

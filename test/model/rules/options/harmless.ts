/** What looks like a fault in the option file, and is none. */
import type { Harmless } from '../../../support/broken/fault';

export const HARMLESS_OPTIONS: readonly Harmless[] = [
  {
    title: 'a comment in Latin-1',
    change: (site) => {
      const head = Buffer.from('%% caf\xe9\n', 'latin1');
      site.write('ssl_dist.conf', Buffer.concat([head, Buffer.from(site.read('ssl_dist.conf'))]));
    },
  },
  {
    title: 'the same cipher suite under two names',
    change: (site) => {
      site.changeBoth('ssl_dist.conf', (text) => text.replaceAll("'tlsv1.3'", "'tlsv1.2'"));
      site.bothSides({ versions: "['tlsv1.2']", ciphers: '["ECDHE-ECDSA-AES256-GCM-SHA384"]' });
      site.otherHas('ciphers', '["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"]');
    },
  },
  {
    title: 'an option for versions before 1.2, with such versions',
    change: (site) => {
      site.changeBoth('ssl_dist.conf', (text) => text.replaceAll("'tlsv1.3'", "'tlsv1.2'"));
      site.bothSides({ versions: "['tlsv1.2','tlsv1.1','tlsv1']", padding_check: 'true' });
    },
  },
  {
    title: 'cipher suites of a version that no node speaks',
    change: (site) => site.bothSides({ ciphers: '["ECDHE-RSA-AES256-GCM-SHA384"]' }),
  },
  {
    title: 'options of servers and of sockets that do no harm',
    change: (site) => {
      const options = { nodelay: 'true', keepalive: 'true', log_alert: 'true', protocol: 'tls' };
      site.options({ server: { ...options, honor_ecc_order: 'true', reuseaddr: 'true' }, client: options });
    },
  },
  {
    title: 'a path as a list of characters',
    change: (site) => {
      const characters = [...site.path('node.pem')].map((one) => `$${one}`).join(',');
      site.options({ server: { certfile: `[${characters}]` } });
    },
  },
  {
    title: 'options of sockets, and of servers',
    change: (site) => {
      const ofSockets = { nodelay: 'true', reuseaddr: 'true', show_econnreset: 'true', exit_on_close: 'true' };
      site.options({ server: { ...ofSockets, honor_ecc_order: 'true' }, client: ofSockets });
    },
  },
  {
    title: 'an empty password, and versions without one between them',
    change: (site) => {
      site.bothSides({ password: '""', versions: "['tlsv1.3','tlsv1.2',tlsv1]", depth: '255' });
    },
  },
  {
    title: 'an Ed25519 key and no versions',
    change: (site) => {
      site.reissue({ key: ['ed25519'] });
      site.bothSides({ versions: undefined });
    },
    from: 29,
    found: ['versions-not-set'],
  },
];

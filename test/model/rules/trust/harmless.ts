/** What looks like a fault in a trust bundle, and is none. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Harmless } from '../../../support/broken/fault';
import { certificateIn } from '../../../support/broken/pem';
import { HOSTS } from '../../../support/broken/site';
import { openssl } from '../../../support/programs/openssl';

export const HARMLESS_TRUST: readonly Harmless[] = [
  {
    title: 'a CA that is not valid yet, trusted beside the one in use',
    change: (site) => {
      site.trustOnBoth(site.workshop.root('Next CA', { from: 240, to: 5000 }));
    },
  },
  {
    title: 'a root of X.509 version 1',
    change: (site) => {
      const key = site.workshop.file('v1.key', site.ca.key);
      const request = site.workshop.file('v1.csr', '');
      openssl(['req', '-new', '-key', key, '-subj', '/CN=Site CA', '-out', request]);
      const root = openssl(['x509', '-req', '-in', request, '-signkey', key, '-days', '1000']);
      site.changeBoth('ca.pem', () => root);
    },
    found: ['trusted-certificate-not-a-ca'],
  },
  {
    title: 'a root that is not marked as a CA',
    change: (site) => {
      const root = site.workshop.root('Odd CA', { isCa: false, keyUsage: '' });
      site.reissueBoth({}, root, [root]);
      site.changeBoth('ca.pem', () => root.certificate);
    },
    found: ['trusted-certificate-not-a-ca'],
  },
  {
    title: "a node's certificate in the trust bundle, beside its CA",
    change: (site) =>
      site.append('ca.pem', certificateIn(readFileSync(join(site.directoryOf(HOSTS[1]), 'node.pem'), 'utf8'))),
    found: ['trusted-certificate-not-a-ca'],
  },
  {
    title: 'one CA for each side',
    change: (site) => {
      const ca = site.workshop.root('Client CA');
      for (const host of HOSTS) {
        const directory = site.directoryOf(host);
        const client = site.workshop.issue(ca, { commonName: host });
        writeFileSync(join(directory, 'client.pem'), client.key + client.certificate, { mode: 0o600 });
        writeFileSync(join(directory, 'client-ca.pem'), ca.certificate);
      }
      site.changeBoth('ssl_dist.conf', (text) => {
        const [server = '', rest = ''] = text.split(/(?=\{client,)/);
        return server.replace('/ca.pem', '/client-ca.pem') + rest.replace('/node.pem', '/client.pem');
      });
    },
  },
  {
    title: 'the same CA in a separate file for each side',
    change: (site) => {
      site.write('other.pem', `the same CA\n${site.read('ca.pem')}`);
      site.options({ client: { cacertfile: `"${site.path('other.pem')}"` } });
    },
  },
];

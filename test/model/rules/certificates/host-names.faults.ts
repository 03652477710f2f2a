/** Certificates that do not name their host. */
import type { Fault } from '../../../support/broken/fault';
import { HOSTS } from '../../../support/broken/site';

export const HOST_NAMES_FAULTS: readonly Fault[] = [
  {
    code: 'host-not-in-certificate',
    title: 'the name of another host, which only the other node verifies',
    also: ['peer-verified-less'],
    breakIt: (site) => {
      site.reissue({ alternativeNames: 'DNS:db9.x.test' });
      site.options({ client: { server_name_indication: 'disable' } });
    },
  },
  {
    code: 'host-not-in-certificate',
    title: 'the name of another host',
    breakIt: (site) => site.reissue({ alternativeNames: 'DNS:db9.x.test' }),
  },
  {
    code: 'host-not-in-certificate',
    title: 'a common name without a SAN',
    breakIt: (site) => site.reissue({ alternativeNames: '' }),
  },
  {
    code: 'host-not-in-certificate',
    title: 'a wildcard',
    breakIt: (site) => site.reissue({ alternativeNames: 'DNS:*.x.test' }),
  },
  {
    code: 'host-not-in-certificate',
    title: 'a second pair of certs_keys, of the kind that OTP prefers',
    breakIt: (site) => {
      site.writePair('rsa.pem', site.workshop.issue(site.ca, { commonName: HOSTS[0], key: ['rsa:2048'] }));
      site.reissue({ alternativeNames: 'DNS:db9.x.test' });
      site.bothSides({ certfile: undefined, certs_keys: site.pairsIn('rsa.pem', 'node.pem') });
    },
  },
];

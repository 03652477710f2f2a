/** Certificates that other nodes do not trust. */
import type { Fault } from '../../../support/broken/fault';

export const UNTRUSTED_BY_PEER_FAULTS: readonly Fault[] = [
  {
    code: 'untrusted-by-peer',
    title: 'the files of another cluster',
    breakIt: (site) => {
      const other = site.workshop.root('Another CA');
      site.reissue({}, other);
      site.write('ca.pem', other.certificate);
    },
  },
  {
    code: 'untrusted-by-peer',
    title: 'the files of another cluster, and trust in both',
    breakIt: (site) => {
      const other = site.workshop.root('Another CA');
      site.reissue({}, other);
      site.append('ca.pem', other.certificate);
    },
  },
];

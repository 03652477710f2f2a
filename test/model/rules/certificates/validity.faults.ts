/** Certificates at the wrong time. */
import type { Fault } from '../../../support/broken/fault';

export const VALIDITY_FAULTS: readonly Fault[] = [
  {
    code: 'certificate-not-yet-valid',
    title: 'a certificate of tomorrow',
    breakIt: (site) => site.reissue({ from: 24, to: 600 }),
  },
  {
    code: 'certificate-expired',
    title: 'a certificate of yesterday',
    breakIt: (site) => site.reissue({ from: -48, to: -24 }),
  },
  {
    code: 'certificate-expired',
    title: 'a CA in the middle that ended yesterday',
    breakIt: (site) => site.reissueBelow(site.intermediate({ from: -48, to: -24 })),
    also: ['certificate-outlives-issuer'],
  },
  {
    code: 'certificate-expired',
    title: 'a root that ended long ago, above a CA that has not',
    breakIt: (site) => {
      const root = site.workshop.root('Old CA', { from: -100, to: -50 });
      const between = site.workshop.issue(root, { commonName: 'Between', isCa: true });
      site.reissueBelow(between);
      site.change('ca.pem', (text) => root.certificate + text);
    },
    also: ['untrusted-by-peer'],
  },
  {
    code: 'certificate-expires-soon',
    title: 'a certificate with a day left',
    breakIt: (site) => site.reissue({ to: 24 }),
    also: [],
  },
  {
    code: 'ca-expires-soon',
    title: 'a certificate of a lifetime that its CA does not have any more',
    breakIt: (site) => site.reissue({ from: -100, to: 2990 }),
  },
  {
    code: 'trusted-ca-expired',
    title: 'a CA of long ago beside the one that signs',
    breakIt: (site) => {
      const old = site.workshop.root('Old CA', { from: -100, to: -50 });
      site.change('ca.pem', (text) => old.certificate + text);
    },
  },
];

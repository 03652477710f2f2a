/** Certificates at the wrong time. */
import type { Fault } from '../../../support/broken/fault';

export const VALIDITY_FAULTS: readonly Fault[] = [
  {
    code: 'certificate-not-yet-valid',
    title: 'a certificate that is not valid before tomorrow',
    breakIt: (site) => site.reissue({ from: 24, to: 600 }),
  },
  {
    code: 'certificate-expired',
    title: 'a certificate that expired yesterday',
    breakIt: (site) => site.reissue({ from: -48, to: -24 }),
  },
  {
    code: 'certificate-expired',
    title: 'an intermediate CA that expired yesterday',
    breakIt: (site) => site.reissueBelow(site.intermediate({ from: -48, to: -24 })),
    also: ['certificate-outlives-issuer'],
  },
  {
    code: 'certificate-expired',
    title: 'an expired root above an intermediate CA that is still valid',
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
    title: 'a certificate that expires in a day',
    breakIt: (site) => site.reissue({ to: 24 }),
    also: [],
  },
  {
    code: 'ca-expires-soon',
    title: 'a certificate that would outlive its CA if it were renewed now',
    breakIt: (site) => site.reissue({ from: -100, to: 2990 }),
  },
  {
    code: 'trusted-ca-expired',
    title: 'an expired CA beside the one that signs',
    breakIt: (site) => {
      const old = site.workshop.root('Old CA', { from: -100, to: -50 });
      site.change('ca.pem', (text) => old.certificate + text);
    },
  },
];

/** Faults in the CAs that a node trusts. */
import type { Fault } from '../../../support/broken/fault';
import { certificateIn } from '../../../support/broken/pem';

export const TRUST_BUNDLE_FAULTS: readonly Fault[] = [
  {
    code: 'trusted-certificate-not-a-ca',
    title: 'a leaf in the trust bundle',
    breakIt: (site) => site.write('ca.pem', certificateIn(site.read('node.pem'))),
    also: ['issuer-not-trusted', 'untrusted-by-peer'],
  },
  {
    code: 'trusted-certificate-not-a-ca',
    title: 'a certificate signed by another node, whose certificate both nodes trust',
    breakIt: (site) => site.trustOnBoth(site.reissueByLeaf()),
    also: ['issuer-not-a-ca'],
  },
];

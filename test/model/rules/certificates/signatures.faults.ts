/** Faults in the signatures of certificates. */
import type { Fault } from '../../../support/broken/fault';

export const SIGNATURES_FAULTS: readonly Fault[] = [
  {
    code: 'signature-algorithm-rejected',
    title: 'a signature with SHA-1',
    breakIt: (site) => site.reissue({ digest: 'sha1' }),
  },
  {
    code: 'signature-algorithm-rejected',
    title: 'a signature with SHA-224',
    breakIt: (site) => site.reissue({ digest: 'sha224' }),
  },
  {
    code: 'signature-algorithm-rejected',
    title: 'an intermediate CA signed with SHA-1',
    breakIt: (site) => {
      site.reissueBelow(site.intermediate({ digest: 'sha1' }));
    },
  },
];

/** Faults in the names of a certificate. */
import type { Fault } from '../../../support/broken/fault';
import { HOSTS } from '../../../support/broken/site';

export const LEAF_FAULTS: readonly Fault[] = [
  {
    code: 'common-name-too-long',
    title: 'a common name of 70 characters',
    otp: 29,
    breakIt: (site) => site.reissue({ commonName: `${'a'.repeat(63)}.x.test`, alternativeNames: `DNS:${HOSTS[0]}` }),
  },
];

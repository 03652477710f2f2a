/** Faults in extensions of a certificate. */
import type { Fault } from '../../../support/broken/fault';

export const EXTENSIONS_FAULTS: readonly Fault[] = [
  {
    code: 'critical-extension-unknown',
    title: 'an unknown critical extension',
    breakIt: (site) => site.reissue({ more: ['1.2.3.4=critical,ASN1:UTF8String:x'] }),
  },
  {
    code: 'critical-extension-unknown',
    title: 'a critical issuer alternative name',
    breakIt: (site) => site.reissue({ more: ['issuerAltName=critical,DNS:x.test'] }),
  },
  {
    code: 'critical-extension-unknown',
    title: 'critical certificate policies, in releases that do not know them',
    breakIt: (site) => site.reissue({ more: ['certificatePolicies=critical,1.2.3.4'] }),
    otp: 25,
  },
];

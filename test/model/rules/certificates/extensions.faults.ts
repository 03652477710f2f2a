/** Faults in extensions of a certificate. */
import type { Fault } from '../../../support/broken/fault';

export const EXTENSIONS_FAULTS: readonly Fault[] = [
  {
    code: 'critical-extension-unknown',
    title: 'a critical extension that nobody knows',
    breakIt: (site) => site.reissue({ more: ['1.2.3.4=critical,ASN1:UTF8String:x'] }),
  },
  {
    code: 'critical-extension-unknown',
    title: 'a critical alternative name of the issuer',
    breakIt: (site) => site.reissue({ more: ['issuerAltName=critical,DNS:x.test'] }),
  },
  {
    code: 'critical-extension-unknown',
    title: 'critical policies, before releases that know them',
    breakIt: (site) => site.reissue({ more: ['certificatePolicies=critical,1.2.3.4'] }),
    otp: 25,
  },
];

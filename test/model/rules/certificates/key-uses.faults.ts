/** Faults in the uses for which a certificate was issued. */
import type { Fault } from '../../../support/broken/fault';

export const KEY_USES_FAULTS: readonly Fault[] = [
  {
    code: 'extended-key-usage-missing',
    title: 'a certificate for any use',
    breakIt: (site) => site.reissue({ extendedKeyUsage: 'anyExtendedKeyUsage' }),
  },
  {
    code: 'extended-key-usage-missing',
    title: 'a certificate for servers only',
    breakIt: (site) => site.reissue({ extendedKeyUsage: 'serverAuth' }),
  },
  {
    code: 'extended-key-usage-missing',
    title: 'a certificate for clients only',
    breakIt: (site) => site.reissue({ extendedKeyUsage: 'clientAuth' }),
  },
  {
    code: 'extended-key-usage-missing',
    title: 'an intermediate CA for servers only',
    breakIt: (site) => {
      site.reissueBelow(site.intermediate({ more: ['extendedKeyUsage=serverAuth'] }));
    },
  },
  {
    code: 'key-usage-without-signature',
    title: 'a key usage without digitalSignature',
    breakIt: (site) => site.reissue({ keyUsage: 'keyEncipherment' }),
  },
];

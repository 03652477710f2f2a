/** Options of two nodes that do not go together. */
import type { Fault } from '../../../support/broken/fault';

export const AGREEMENT_FAULTS: readonly Fault[] = [
  {
    code: 'no-common-algorithm',
    title: 'other cipher suites than the other node',
    breakIt: (site) => {
      site.bothSides({ ciphers: '["TLS_AES_256_GCM_SHA384"]' });
      site.otherHas('ciphers', '["TLS_AES_128_GCM_SHA256"]');
    },
  },
  {
    code: 'no-common-algorithm',
    title: 'other groups than the other node',
    breakIt: (site) => {
      site.bothSides({ supported_groups: '[secp384r1]' });
      site.otherHas('supported_groups', '[x25519]');
    },
  },
  {
    code: 'no-common-tls-version',
    title: 'TLS 1.2 beside TLS 1.3',
    breakIt: (site) => site.bothSides({ versions: "['tlsv1.2']" }),
  },
];

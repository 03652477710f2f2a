/** Options of two nodes that do not go together. */
import type { Fault } from '../../../support/broken/fault';

export const AGREEMENT_FAULTS: readonly Fault[] = [
  {
    code: 'no-common-algorithm',
    title: 'cipher suites that the other node does not have',
    breakIt: (site) => {
      site.bothSides({ ciphers: '["TLS_AES_256_GCM_SHA384"]' });
      site.otherHas('ciphers', '["TLS_AES_128_GCM_SHA256"]');
    },
  },
  {
    code: 'no-common-algorithm',
    title: 'groups that the other node does not have',
    breakIt: (site) => {
      site.bothSides({ supported_groups: '[secp384r1]' });
      site.otherHas('supported_groups', '[x25519]');
    },
  },
  {
    code: 'no-common-tls-version',
    title: 'TLS 1.2 on one node and TLS 1.3 on the other',
    breakIt: (site) => site.bothSides({ versions: "['tlsv1.2']" }),
  },
];

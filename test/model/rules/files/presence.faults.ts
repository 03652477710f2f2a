/** Files that are missing or are directories, and paths that lead elsewhere. */
import { mkdirSync } from 'node:fs';

import type { Fault } from '../../../support/broken/fault';

export const PRESENCE_FAULTS: readonly Fault[] = [
  {
    code: 'file-missing',
    title: 'no certificate file',
    breakIt: (site) => site.remove('node.pem'),
  },
  { code: 'file-missing', title: 'no trust bundle', breakIt: (site) => site.remove('ca.pem') },
  {
    code: 'file-missing',
    title: 'no file of Diffie-Hellman parameters',
    breakIt: (site) =>
      site.options({ server: { dhfile: `"${site.path('dh.pem')}"`, versions: "['tlsv1.3','tlsv1.2']" } }),
  },
  {
    code: 'file-missing',
    title: 'a second pair of certs_keys that does not exist',
    breakIt: (site) => site.bothSides({ certfile: undefined, certs_keys: site.pairsIn('node.pem', 'other.pem') }),
  },
  {
    code: 'file-is-directory',
    title: 'a directory in place of the trust bundle',
    breakIt: (site) => {
      site.remove('ca.pem');
      mkdirSync(site.path('ca.pem'));
    },
  },
  {
    code: 'path-not-absolute',
    title: 'a relative path',
    breakIt: (site) => site.bothSides({ cacertfile: '"ca.pem"' }),
    also: ['file-missing'],
  },
];

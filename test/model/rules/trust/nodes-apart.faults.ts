/** Certificates and keys of two nodes that do not go together. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Fault } from '../../../support/broken/fault';
import { keyIn } from '../../../support/broken/pem';
import { HOSTS } from '../../../support/broken/site';

export const NODES_APART_FAULTS: readonly Fault[] = [
  {
    code: 'untrusted-by-peer',
    title: 'the files of another cluster',
    breakIt: (site) => {
      const other = site.workshop.root('Another CA');
      site.reissue({}, other);
      site.write('ca.pem', other.certificate);
    },
  },
  {
    code: 'untrusted-by-peer',
    title: 'the files of another cluster, and trust in both',
    breakIt: (site) => {
      const other = site.workshop.root('Another CA');
      site.reissue({}, other);
      site.append('ca.pem', other.certificate);
    },
  },
  {
    code: 'nodes-share-key',
    title: 'the key of the other node',
    breakIt: (site) => {
      const existingKey = keyIn(readFileSync(join(site.directoryOf(HOSTS[1]), 'node.pem'), 'utf8'));
      site.reissue({ existingKey });
    },
  },
];

/** Nodes that have one private key. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Fault } from '../../../support/broken/fault';
import { keyIn } from '../../../support/broken/pem';
import { HOSTS } from '../../../support/broken/site';

export const SHARED_KEYS_FAULTS: readonly Fault[] = [
  {
    code: 'nodes-share-key',
    title: 'the key of the other node',
    breakIt: (site) => {
      const existingKey = keyIn(readFileSync(join(site.directoryOf(HOSTS[1]), 'node.pem'), 'utf8'));
      site.reissue({ existingKey });
    },
  },
];

/** Files behind symbolic links. */
import { renameSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

import type { Fault } from '../../../support/broken/fault';

export const SYMLINKS_FAULTS: readonly Fault[] = [
  {
    code: 'file-behind-newer-symlink',
    title: 'a symbolic link newer than the files behind it',
    breakIt: (site) => {
      const release = join(site.directory, '.release');
      renameSync(site.broken, release);
      symlinkSync(release, site.broken);
      for (const name of ['node.pem', 'ca.pem']) utimesSync(site.path(name), 0, 0);
    },
  },
];

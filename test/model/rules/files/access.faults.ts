/** Faults in modes and owners. */
import { chmodSync, chownSync } from 'node:fs';
import { join } from 'node:path';

import type { Fault } from '../../../support/broken/fault';
import { HOSTS, type Site } from '../../../support/broken/site';

/** Users of the machine that runs the tests: one that owns nothing, and one that many systems have. */
const NOBODY = 65_534;
const DAEMON = 1;

export const ACCESS_FAULTS: readonly Fault[] = [
  {
    code: 'file-writable-by-others',
    title: 'an option file that others can write',
    breakIt: (site) => site.chmod('ssl_dist.conf', 0o666),
  },
  {
    code: 'file-not-readable',
    title: 'a key that belongs to another user',
    breakIt: (site) => {
      givenToDaemon(site);
      chownSync(site.path('node.pem'), NOBODY, NOBODY);
      site.chmod('node.pem', 0o600);
    },
    user: 'daemon',
    also: ['file-owner-unexpected'],
  },
  {
    code: 'file-owner-unexpected',
    title: 'a trust bundle that belongs to another user',
    breakIt: (site) => {
      givenToDaemon(site);
      chownSync(site.path('ca.pem'), NOBODY, NOBODY);
    },
    user: 'daemon',
  },
  {
    code: 'key-readable-by-others',
    title: 'a key that everybody can read',
    breakIt: (site) => site.chmod('node.pem', 0o644),
  },
  {
    code: 'directory-writable-by-others',
    title: 'a directory that everybody can write to',
    breakIt: (site) => site.chmod('.', 0o777),
  },
];

/** Lets the group of `daemon` read the keys, and everybody enter the directories. */
function givenToDaemon(site: Site): void {
  for (const place of [site.directory, join(site.directory, '..')]) chmodSync(place, 0o755);
  for (const host of HOSTS) {
    const key = join(site.directoryOf(host), 'node.pem');
    chownSync(key, 0, DAEMON);
    chmodSync(key, 0o640);
  }
}

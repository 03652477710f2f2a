/** Faults in files and directories, whatever is in them. */
import { chmodSync, chownSync, mkdirSync, renameSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

import type { Fault } from '../../../support/broken/fault';
import { HOSTS, type Site } from '../../../support/broken/site';

/** Users of the machine that the tests run on: of nothing, and one that many systems have. */
const NOBODY = 65_534;
const DAEMON = 1;

export const PERMISSIONS_FAULTS: readonly Fault[] = [
  {
    code: 'file-writable-by-others',
    title: 'an option file that others can write',
    breakIt: (site) => site.chmod('ssl_dist.conf', 0o666),
  },
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
    title: 'a second pair of certs_keys that is not there',
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
    code: 'path-not-absolute',
    title: 'a relative path',
    breakIt: (site) => site.bothSides({ cacertfile: '"ca.pem"' }),
    also: ['file-missing'],
  },
  {
    code: 'key-readable-by-others',
    title: 'a key that all can read',
    breakIt: (site) => site.chmod('node.pem', 0o644),
  },
  {
    code: 'directory-writable-by-others',
    title: 'a directory in which all can write',
    breakIt: (site) => site.chmod('.', 0o777),
  },
  {
    code: 'file-behind-newer-symlink',
    title: 'a link to a directory with files of long ago',
    breakIt: (site) => {
      const release = join(site.directory, '.release');
      renameSync(site.broken, release);
      symlinkSync(release, site.broken);
      for (const name of ['node.pem', 'ca.pem']) utimesSync(site.path(name), 0, 0);
    },
  },
];

/** The group of `daemon` may read the keys, and everybody may go to them. */
function givenToDaemon(site: Site): void {
  for (const place of [site.directory, join(site.directory, '..')]) chmodSync(place, 0o755);
  for (const host of HOSTS) {
    const key = join(site.directoryOf(host), 'node.pem');
    chownSync(key, 0, DAEMON);
    chmodSync(key, 0o640);
  }
}

import { join } from 'node:path';

import { textOf } from '../../model/observed/files/found-file';
import type { ServiceUser } from '../../model/rules/files/access';
import { UsageError } from '../command';
import { fileOnDisk } from './file-system';

/** A user of the system below `root`, by name or number, with the groups that its files give to it; or a number and groups, `1000:1000,2000`. */
export function serviceUser(name: string, root: string): ServiceUser {
  const [, uidAlone, groupsAlone = ''] = /^(\d+):(\d+(?:,\d+)*)$/.exec(name) ?? [];
  if (uidAlone !== undefined) return { uid: Number(uidAlone), gids: groupsAlone.split(',').map(Number) };
  const users = rows(join(root, 'etc/passwd'));
  // A name made of digits takes precedence over the number of another user.
  const entry = users.find(([user]) => user === name) ?? users.find(([, , uid]) => uid === name);
  const [user, , uid, gid] = entry ?? [];
  if (user === undefined) {
    if (/^\d+$/.test(name)) return { uid: Number(name), gids: [] };
    throw new UsageError(
      `--user=${name} is not a user of this machine${root === '/' ? '' : ` below ${root}`}: use a name, a number, or numbers as in 1000:1000,2000`,
    );
  }
  const groups = rows(join(root, 'etc/group')).filter(([, , , members = '']) => members.split(',').includes(user));
  return { uid: Number(uid), gids: [gid, ...groups.map(([, , id]) => id)].map(Number) };
}

function rows(path: string): string[][] {
  return textOf(fileOnDisk(path))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':'));
}

import { readFileSync } from 'node:fs';

import type { ServiceUser } from '../model/checks/installed-file-checks';
import { UsageError } from './command';

/** A user of this machine, by name or number, with the groups that the files of the system give to it. */
export function serviceUser(name: string): ServiceUser {
  const users = rows('/etc/passwd');
  // A user may be called by a number that is another one's.
  const entry = users.find(([user]) => user === name) ?? users.find(([, , uid]) => uid === name);
  const [user, , uid, gid] = entry ?? [];
  if (user === undefined) {
    if (/^\d+$/.test(name)) return { uid: Number(name), gids: [] };
    throw new UsageError(`--user=${name} is no user of this machine`);
  }
  const groups = rows('/etc/group').filter(([, , , members = '']) => members.split(',').includes(user));
  return { uid: Number(uid), gids: [gid, ...groups.map(([, , id]) => id)].map(Number) };
}

function rows(path: string): string[][] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':'));
}

import { FILE_WRITABLE_BY_OTHERS, KEY_READABLE_BY_OTHERS } from '../../files/file-set';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { FoundFile, Permissions } from '../../observed/files/found-file';

/** The user that a node runs as. */
export interface ServiceUser {
  readonly uid: number;
  readonly gids: readonly number[];
}

const WRITE_BY_OTHERS = 0o022;
const READ_BY_GROUP = 0o040;
const READ_BY_OTHERS = 0o004;
const STICKY = 0o1000;

/** A finding if users other than the owner can change a file. */
export function writableFindings({ path, permissions }: FoundFile): readonly Finding[] {
  if (permissions === undefined || (permissions.mode & WRITE_BY_OTHERS) === 0) return [];
  return [finding(FILE_WRITABLE_BY_OTHERS, { subject: path, got: octal(permissions) })];
}

/** A finding if users other than the node's can read a file with a private key. */
export function keyFindings({ path, permissions }: FoundFile, user: ServiceUser | undefined): readonly Finding[] {
  if (permissions === undefined) return [];
  const { mode } = permissions;
  const isOpen = (mode & READ_BY_OTHERS) !== 0 || ((mode & READ_BY_GROUP) !== 0 && !isForTheNode(permissions, user));
  return isOpen ? [finding(KEY_READABLE_BY_OTHERS, { subject: path, got: octal(permissions) })] : [];
}

/** Whether a group-readable key is shared with the node alone: root owns it and its group is the node's, such as Debian's `ssl-cert`. */
function isForTheNode({ uid, gid }: Permissions, user: ServiceUser | undefined): boolean {
  return user === undefined ? uid === 0 && gid !== 0 : user.gids.includes(gid);
}

/** Findings about the directories above files. With the sticky bit, only the owner of a file can replace it. */
export function directoryFindings(files: readonly FoundFile[], user: ServiceUser | undefined): readonly Finding[] {
  const parents = new Map(files.flatMap(({ parents: all }) => all.map((one) => [one.path, one] as const)));
  return [...parents.values()].flatMap((parent) => [
    ...((parent.mode & WRITE_BY_OTHERS) !== 0 && (parent.mode & STICKY) === 0
      ? [finding(DIRECTORY_WRITABLE_BY_OTHERS, { subject: parent.path, got: octal(parent) })]
      : []),
    ...ownerFindings({ path: parent.path, permissions: parent }, user),
  ]);
}

export const DIRECTORY_WRITABLE_BY_OTHERS = rule({
  code: 'directory-writable-by-others',
  severity: 'error',
  problem: 'can be written by other users',
  expected: 'only the owner can write to the directories from the file up to the root',
  remedy:
    'remove that permission (chmod go-w): a user who can replace the option file can run code as the user of the node',
  inErlang: 'nothing',
  source: 'docs/in-erlang.md',
});

/** A finding if a file or directory belongs to another user, who can change it and its permissions. */
export function ownerFindings(
  { path, permissions }: Pick<FoundFile, 'path' | 'permissions'>,
  user: ServiceUser | undefined,
): readonly Finding[] {
  if (user === undefined || permissions === undefined || [0, user.uid].includes(permissions.uid)) return [];
  return [finding(FILE_OWNER_UNEXPECTED, { subject: path, got: `user ${permissions.uid}` })];
}

export const FILE_OWNER_UNEXPECTED = rule({
  code: 'file-owner-unexpected',
  severity: 'warning',
  problem: 'belongs to another user',
  expected: 'files and directories that belong to root or to the user of the node (--user)',
  remedy:
    'give it to one of them (chown): the owner of a file can change it, and the owner of a directory can replace the files in it',
  inErlang: 'nothing',
  source: 'docs/in-erlang.md',
});

/** A finding if the user of the node cannot read a file. */
export function readableFindings(
  { kind, path, permissions, parents }: FoundFile,
  user: ServiceUser | undefined,
): readonly Finding[] {
  if (user === undefined || permissions === undefined || kind !== 'file') return [];
  const closed = parents.find((parent) => !isAllowed(SEARCH, user, parent));
  if (closed !== undefined)
    return [finding(FILE_NOT_READABLE, { subject: path, detail: `${closed.path} is ${octal(closed)}` })];
  return isAllowed(READ, user, permissions)
    ? []
    : [finding(FILE_NOT_READABLE, { subject: path, got: octal(permissions) })];
}

export const FILE_NOT_READABLE = rule({
  code: 'file-not-readable',
  severity: 'error',
  problem: 'cannot be read by the user of the node',
  expected: 'a file that this user can read, in directories that this user can search',
  remedy: 'give the file to that user (chown), and let the user search the named directory (chmod +x)',
  inErlang:
    'nothing at boot; the accepting node logs "permission denied" (OTP 29: "decoding error"), the dialling one often nothing',
  source: 'docs/in-erlang.md',
});

/** Permission bits of the last three, as POSIX names them; a directory is searched where a path leads through it. */
const READ = 4;
const SEARCH = 1;

function isAllowed(bit: number, { uid, gids }: ServiceUser, { mode, uid: owner, gid }: Permissions): boolean {
  if (uid === 0) return true;
  if (uid === owner) return (mode & (bit << 6)) !== 0;
  return (mode & (gids.includes(gid) ? bit << 3 : bit)) !== 0;
}

function octal({ mode }: Permissions): string {
  return `0${(mode & 0o7777).toString(8)}`;
}

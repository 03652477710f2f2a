import { PATH_RELATIVE } from '../../cluster/absolute-path';
import { crlDirectoryOf, pathsOf } from '../../erlang/options/tls-settings';
import { FILE_WRITABLE_BY_OTHERS, KEY_READABLE_BY_OTHERS } from '../../files/file-set';
import { type Finding, finding } from '../../findings/finding';
import { type Rule, rule } from '../../findings/rule';
import type { FoundFile, FoundLink, Permissions } from '../../observed/files/found-file';
import type { InstalledNode } from '../../observed/files/installed-node';
import { type PemContent } from '../../observed/files/material';
import { MINUTE } from '../../x509/calendar';

/** The user that a node runs as. */
export interface ServiceUser {
  readonly uid: number;
  readonly gids: readonly number[];
}

/** What is wrong with the files of a node as files: whether they are there, who may read and who may change them. */
export function fileFindings(node: InstalledNode, user: ServiceUser | undefined): readonly Finding[] {
  const contents = contentsOf(node);
  const files = [...(node.optionFile === undefined ? [] : [node.optionFile]), ...contents.map(({ file }) => file)];
  return [
    ...relativeFindings(node),
    ...contents.flatMap(({ file }) => presenceFindings(file)),
    ...distinct(files).flatMap((file) => [
      ...writableFindings(file),
      ...readableFindings(file, user),
      ...ownerFindings(file, user),
    ]),
    ...linkFindings(node),
    ...contents.filter(({ keys }) => keys.length > 0).flatMap(({ file }) => secrecyFindings(file, user)),
    ...directoryFindings(files, user),
  ];
}

/** Every PEM file of a node once. */
export function contentsOf({ sides }: InstalledNode): readonly PemContent[] {
  const all = sides.flatMap(({ material: { identity, key, trust, others } }) => [identity, key, trust, ...others]);
  const given = all.filter((one) => one !== undefined);
  return given.filter((one, index) => given.findIndex(({ file }) => file.path === one.file.path) === index);
}

function relativeFindings({ sides }: InstalledNode): readonly Finding[] {
  return [
    ...relativeIn(
      'a file that the options name',
      sides.flatMap(({ options }) => pathsOf(options)),
    ),
    ...relativeIn(
      'the directory of revocation lists',
      sides.flatMap(({ options }) => crlDirectoryOf(options) ?? []),
    ),
  ];
}

function relativeIn(subject: string, paths: readonly string[]): readonly Finding[] {
  return [...new Set(paths)]
    .filter((path) => !path.startsWith('/'))
    .map((got) => finding(PATH_RELATIVE, { subject, got }));
}

export const FILE_MISSING = rule({
  code: 'file-missing',
  severity: 'error',
  problem: 'is not there',
  expected: 'the file that the options name',
  remedy: 'install it, or correct the path',
  inErlang:
    'nothing at boot; the node that is dialled logs "no such file or directory", the one that dials often nothing',
});

export const FILE_NOT_EXAMINED = rule({
  code: 'file-not-examined',
  severity: 'error',
  problem: 'was not looked at',
  expected:
    'a regular file that whoever runs the check can read, not larger than 64 MiB, or 1 MiB where flags or options stand',
  remedy: 'run the check as root or as the user of the node; where the file is no regular one, put one in its place',
});

export const FILE_IS_DIRECTORY = rule({
  code: 'file-is-directory',
  severity: 'error',
  problem: 'is a directory',
  expected: 'a file',
  remedy: 'correct the path',
  inErlang: 'nothing at boot; "illegal operation on a directory" where the node is dialled, and nothing where it dials',
});

export function presenceFindings({ kind, path, why }: FoundFile): readonly Finding[] {
  return kind === 'file' ? [] : [finding(ABSENCE[kind], { subject: path, ...(why && { detail: why }) })];
}

const OTHERS_WRITE = 0o022;
const GROUP_READS = 0o040;
const OTHERS_READ = 0o004;
const STICKY = 0o1000;

function writableFindings({ path, permissions }: FoundFile): readonly Finding[] {
  if (permissions === undefined || (permissions.mode & OTHERS_WRITE) === 0) return [];
  return [finding(FILE_WRITABLE_BY_OTHERS, { subject: path, got: octal(permissions) })];
}

function secrecyFindings({ path, permissions }: FoundFile, user: ServiceUser | undefined): readonly Finding[] {
  if (permissions === undefined) return [];
  const { mode } = permissions;
  const isOpen = (mode & OTHERS_READ) !== 0 || ((mode & GROUP_READS) !== 0 && !isForTheNode(permissions, user));
  return isOpen ? [finding(KEY_READABLE_BY_OTHERS, { subject: path, got: octal(permissions) })] : [];
}

/** A key of root's that a group may read is given to the node in this way, as with the group `ssl-cert` of Debian. */
function isForTheNode({ uid, gid }: Permissions, user: ServiceUser | undefined): boolean {
  return user === undefined ? uid === 0 && gid !== 0 : user.gids.includes(gid);
}

/** In a directory with the sticky bit, only the owner of a file can put another one in its place. */
function directoryFindings(files: readonly FoundFile[], user: ServiceUser | undefined): readonly Finding[] {
  const parents = new Map(files.flatMap(({ parents: all }) => all.map((one) => [one.path, one] as const)));
  return [...parents.values()].flatMap((parent) => [
    ...((parent.mode & OTHERS_WRITE) !== 0 && (parent.mode & STICKY) === 0
      ? [finding(DIRECTORY_WRITABLE_BY_OTHERS, { subject: parent.path, got: octal(parent) })]
      : []),
    ...ownerFindings({ path: parent.path, permissions: parent }, user),
  ]);
}

export const DIRECTORY_WRITABLE_BY_OTHERS = rule({
  code: 'directory-writable-by-others',
  severity: 'error',
  problem: 'can be written by other users',
  expected: 'directories in which only the owner can put files, from the file up to the root',
  remedy: 'take that permission away (chmod go-w): who can replace the option file runs code as the node',
  inErlang: 'nothing',
});

/** Who owns a file or a directory can change it, and give others the right to. */
function ownerFindings(
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
  expected: 'files and directories of root, or of the user that the node runs as (--user)',
  remedy:
    'give it to one of them (chown): who owns a file can change it, and who owns a directory can put another file in its place',
  inErlang: 'nothing',
});

/**
 * A file that is older than the last look at it counts as unchanged, and a node looks every two minutes. Where the path of a trust bundle is
 * itself a link, it is kept under the name that the link leads to (`erlang/otp:lib/ssl/src/ssl_pem_cache.erl`, `ssl_config.erl`).
 */
function linkFindings({ sides }: InstalledNode): readonly Finding[] {
  const isLater = ({ laterBy }: FoundLink): boolean => laterBy > 2 * MINUTE;
  const behindOld = sides.flatMap(({ material: { identity, key, trust } }) => [
    ...[identity, key].filter((one) => one?.file.links?.some(isLater)),
    ...[trust].filter((one) => one?.file.links?.some((link) => isLater(link) && !link.isEnd)),
  ]);
  const paths = new Set(behindOld.flatMap((one) => one?.file.path ?? []));
  return [...paths].map((path) => finding(FILE_BEHIND_NEWER_SYMLINK, { subject: path }));
}

export const FILE_BEHIND_NEWER_SYMLINK = rule({
  code: 'file-behind-newer-symlink',
  severity: 'warning',
  problem: 'lies behind a symbolic link that is younger than the file',
  expected: 'a file that is as young as the links in its path',
  remedy: 'touch the file, which makes running nodes read it within two minutes',
  inErlang: 'nothing at boot; a node that runs keeps the file that it read before, however long it waits',
});

function readableFindings(
  { kind, path, permissions, parents }: FoundFile,
  user: ServiceUser | undefined,
): readonly Finding[] {
  if (user === undefined || permissions === undefined || kind !== 'file') return [];
  const closed = parents.find((parent) => !may(user, parent, 1));
  if (closed !== undefined)
    return [finding(FILE_NOT_READABLE, { subject: path, detail: `${closed.path} is ${octal(closed)}` })];
  return may(user, permissions, 4) ? [] : [finding(FILE_NOT_READABLE, { subject: path, got: octal(permissions) })];
}

export const FILE_NOT_READABLE = rule({
  code: 'file-not-readable',
  severity: 'error',
  problem: 'cannot be read by the user of the node',
  expected: 'a file and directories that this user can read',
  remedy: 'give the file to that user (chown), and let the user pass through the directory that is named (chmod +x)',
  inErlang:
    'nothing at boot; the node that is dialled logs "permission denied" (OTP 29: "decoding error"), the one that dials often nothing',
});

/** `right`: 4 to read, 1 to pass through a directory. */
function may({ uid, gids }: ServiceUser, { mode, uid: owner, gid }: Permissions, right: number): boolean {
  if (uid === 0) return true;
  if (uid === owner) return (mode & (right << 6)) !== 0;
  return (mode & (gids.includes(gid) ? right << 3 : right)) !== 0;
}

function octal({ mode }: Permissions): string {
  return `0${(mode & 0o7777).toString(8)}`;
}

function distinct(files: readonly FoundFile[]): readonly FoundFile[] {
  return files.filter((file, index) => files.findIndex(({ path }) => path === file.path) === index);
}

const ABSENCE: Readonly<Record<Exclude<FoundFile['kind'], 'file'>, Rule>> = {
  missing: FILE_MISSING,
  unreadable: FILE_NOT_EXAMINED,
  directory: FILE_IS_DIRECTORY,
};

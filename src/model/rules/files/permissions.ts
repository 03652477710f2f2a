import { crlDirectoryOf, pathsOf } from '../../erlang/options/tls-settings';
import type { ErrorCode } from '../../error-catalogue';
import { type Finding, finding } from '../../errors';
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
    .map((got) => finding('path-relative', { subject, got }));
}

const ABSENCE: Readonly<Record<Exclude<FoundFile['kind'], 'file'>, ErrorCode>> = {
  missing: 'file-missing',
  unreadable: 'file-not-examined',
  directory: 'file-is-directory',
};

export function presenceFindings({ kind, path, why }: FoundFile): readonly Finding[] {
  return kind === 'file' ? [] : [finding(ABSENCE[kind], { subject: path, ...(why && { detail: why }) })];
}

const OTHERS_WRITE = 0o022;
const GROUP_READS = 0o040;
const OTHERS_READ = 0o004;
const STICKY = 0o1000;

function writableFindings({ path, permissions }: FoundFile): readonly Finding[] {
  if (permissions === undefined || (permissions.mode & OTHERS_WRITE) === 0) return [];
  return [finding('file-writable-by-others', { subject: path, got: octal(permissions) })];
}

function secrecyFindings({ path, permissions }: FoundFile, user: ServiceUser | undefined): readonly Finding[] {
  if (permissions === undefined) return [];
  const { mode } = permissions;
  const isOpen = (mode & OTHERS_READ) !== 0 || ((mode & GROUP_READS) !== 0 && !isForTheNode(permissions, user));
  return isOpen ? [finding('key-readable-by-others', { subject: path, got: octal(permissions) })] : [];
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
      ? [finding('directory-writable-by-others', { subject: parent.path, got: octal(parent) })]
      : []),
    ...ownerFindings({ path: parent.path, permissions: parent }, user),
  ]);
}

/** Who owns a file or a directory can change it, and give others the right to. */
function ownerFindings(
  { path, permissions }: Pick<FoundFile, 'path' | 'permissions'>,
  user: ServiceUser | undefined,
): readonly Finding[] {
  if (user === undefined || permissions === undefined || [0, user.uid].includes(permissions.uid)) return [];
  return [finding('file-owned-by-another', { subject: path, got: `user ${permissions.uid}` })];
}

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
  return [...paths].map((path) => finding('file-linked-to-old', { subject: path }));
}

function readableFindings(
  { kind, path, permissions, parents }: FoundFile,
  user: ServiceUser | undefined,
): readonly Finding[] {
  if (user === undefined || permissions === undefined || kind !== 'file') return [];
  const closed = parents.find((parent) => !may(user, parent, 1));
  if (closed !== undefined)
    return [finding('file-not-readable', { subject: path, detail: `${closed.path} is ${octal(closed)}` })];
  return may(user, permissions, 4) ? [] : [finding('file-not-readable', { subject: path, got: octal(permissions) })];
}

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

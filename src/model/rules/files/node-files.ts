import { type Finding } from '../../findings/finding';
import type { FoundFile } from '../../observed/files/found-file';
import type { InstalledNode } from '../../observed/files/installed-node';
import type { PemContent } from '../../observed/files/material';
import {
  directoryFindings,
  keyFindings,
  ownerFindings,
  readableFindings,
  type ServiceUser,
  writableFindings,
} from './access';
import { presenceFindings, relativePathFindings } from './presence';
import { symlinkFindings } from './symlinks';

/** Findings about the files of a node as files: whether they exist, who can read them and who can change them. */
export function fileFindings(node: InstalledNode, user: ServiceUser | undefined): readonly Finding[] {
  const contents = contentsOf(node);
  const files = [...(node.optionFile === undefined ? [] : [node.optionFile]), ...contents.map(({ file }) => file)];
  return [
    ...relativePathFindings(node),
    ...contents.flatMap(({ file }) => presenceFindings(file)),
    ...distinct(files).flatMap((file) => [
      ...writableFindings(file),
      ...readableFindings(file, user),
      ...ownerFindings(file, user),
    ]),
    ...symlinkFindings(node),
    ...contents.filter(({ keys }) => keys.length > 0).flatMap(({ file }) => keyFindings(file, user)),
    ...directoryFindings(files, user),
  ];
}

/** Every PEM file of a node, once. */
export function contentsOf({ sides }: InstalledNode): readonly PemContent[] {
  const all = sides.flatMap(({ material: { identity, key, trust, others } }) => [identity, key, trust, ...others]);
  const given = all.filter((one) => one !== undefined);
  return given.filter((one, index) => given.findIndex(({ file }) => file.path === one.file.path) === index);
}

function distinct(files: readonly FoundFile[]): readonly FoundFile[] {
  return files.filter((file, index) => files.findIndex(({ path }) => path === file.path) === index);
}

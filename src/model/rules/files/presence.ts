import { PATH_NOT_ABSOLUTE } from '../../cluster/absolute-path';
import { crlDirectoryOf, pathsOf } from '../../erlang/options/tls-settings';
import { type Finding, finding } from '../../findings/finding';
import { type Rule, rule } from '../../findings/rule';
import type { FoundFile } from '../../observed/files/found-file';
import type { InstalledNode } from '../../observed/files/installed-node';

/** Findings about relative paths in the options of a node. */
export function relativePathFindings({ sides }: InstalledNode): readonly Finding[] {
  const files = sides.flatMap(({ options }) => pathsOf(options));
  const directories = sides.flatMap(({ options }) => crlDirectoryOf(options) ?? []);
  return [...relativeIn('a file named by the options', files), ...relativeIn('the directory of CRLs', directories)];
}

function relativeIn(subject: string, paths: readonly string[]): readonly Finding[] {
  return [...new Set(paths)]
    .filter((path) => !path.startsWith('/'))
    .map((got) => finding(PATH_NOT_ABSOLUTE, { subject, got }));
}

/** A finding if there is no file at a path, or none that can be read. */
export function presenceFindings({ kind, path, why }: FoundFile): readonly Finding[] {
  return kind === 'file' ? [] : [finding(ABSENCE[kind], { subject: path, ...(why && { detail: why }) })];
}

export const FILE_MISSING = rule({
  code: 'file-missing',
  severity: 'error',
  problem: 'does not exist',
  expected: 'the file that the options name',
  remedy: 'install the file, or correct the path',
  inErlang: 'nothing at boot; the accepting node logs "no such file or directory", the dialling one often nothing',
  source: 'docs/in-erlang.md',
});

export const FILE_NOT_EXAMINED = rule({
  code: 'file-not-examined',
  severity: 'error',
  problem: 'was not examined',
  expected:
    'a regular file that the user who runs the check can read, of at most 64 MiB, or 1 MiB for flags and options',
  remedy: 'run the check as root or as the user of the node; replace anything that is not a regular file',
  source: 'docs/check.md',
});

export const FILE_IS_DIRECTORY = rule({
  code: 'file-is-directory',
  severity: 'error',
  problem: 'is a directory',
  expected: 'a file',
  remedy: 'correct the path',
  inErlang: 'nothing at boot; "illegal operation on a directory" when the node is dialled, and nothing when it dials',
  source: 'docs/in-erlang.md',
});

const ABSENCE: Readonly<Record<Exclude<FoundFile['kind'], 'file'>, Rule>> = {
  missing: FILE_MISSING,
  unreadable: FILE_NOT_EXAMINED,
  directory: FILE_IS_DIRECTORY,
};

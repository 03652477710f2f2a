import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import { composedText, hasControlCharacter, hasHalfCharacter } from '../terraform/terraform-text';

/**
 * An absolute, normalized POSIX path. Erlang resolves a relative certificate path in the VM's working directory at each connection, not at
 * boot, so only an absolute path is the same at every connection.
 */
export function absolutePath(subject: string, path: string): string {
  if (!path.startsWith('/')) refuse(PATH_NOT_ABSOLUTE, { subject, got: path });
  if (hasControlCharacter(path) || hasHalfCharacter(path)) {
    refuse(PATH_WITH_CONTROL_CHARACTER, { subject, got: path });
  }
  composedText(subject, path);
  const segments = path.slice(1).split('/');
  if (path === '/' || segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    refuse(PATH_NOT_NORMALIZED, { subject, got: path });
  }
  return path;
}

export const PATH_NOT_ABSOLUTE = rule({
  code: 'path-not-absolute',
  severity: 'error',
  problem: 'is not an absolute path',
  expected: 'a path that begins with "/"',
  remedy: 'write the whole path on the node: the VM resolves a relative one against its working directory',
  inErlang:
    'a relative path of the option file: the node does not boot, "bad_ssl_dist_optfile"; one in the options: nothing at boot, and the accepting node logs the path that it resolved at the connection',
  source: 'docs/in-erlang.md',
});

export const PATH_NOT_NORMALIZED = rule({
  code: 'path-not-normalized',
  severity: 'error',
  problem: 'is not a normalized path',
  expected: 'no empty, "." or ".." part and no final "/"',
  remedy: 'write the path in its shortest form',
  source: 'test/model/cluster/absolute-path.test.ts',
});

export const PATH_WITH_CONTROL_CHARACTER = rule({
  code: 'path-with-control-character',
  severity: 'error',
  problem: 'holds a character that cannot be written to a file safely',
  expected: 'printable characters',
  remedy: 'rename the directory',
  source: 'test/model/cluster/absolute-path.test.ts',
});

/** Whether shells, templates and scripts that split at blanks keep the path as it is, even without quotes. */
export function isPlainPath(path: string): boolean {
  return /^[0-9A-Za-z_@%/:.,=^~+-]*$/.test(path);
}

/** The path of `name` in `directory`. */
export function inDirectory(directory: string, name: string): string {
  return `${directory}/${name}`;
}

export const PATH_SPLIT_BY_SHELL = rule({
  code: 'path-split-by-shell',
  severity: 'error',
  problem: 'holds a blank or another character that a shell would interpret',
  expected: 'letters, digits and _@%/:.,=^~+-',
  remedy: 'choose another install directory for this platform',
  inErlang: 'the node does not boot: {bad_ssl_dist_optfile,…} with the path in two',
  source: 'docs/in-erlang.md; test/real/paths.test.ts',
});

import { refuse } from '../errors';
import { composedText, hasControlCharacter, hasHalfCharacter } from '../terraform/terraform-text';

/**
 * An absolute, normalized POSIX path. Erlang resolves a relative certificate path against the VM's working directory when a
 * connection is made, not at boot, so only absolute paths mean the same at every connection.
 */
export function absolutePath(subject: string, path: string): string {
  if (!path.startsWith('/')) refuse('path-not-absolute', { subject, got: path });
  if (hasControlCharacter(path) || hasHalfCharacter(path)) {
    refuse('path-with-control-character', { subject, got: path });
  }
  composedText(subject, path);
  const segments = path.slice(1).split('/');
  if (path === '/' || segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    refuse('path-not-normalized', { subject, got: path });
  }
  return path;
}

/** Whether a shell, a template or a script that cuts at blanks leaves the path as it is, also without quotes. */
export function isPlainPath(path: string): boolean {
  return /^[0-9A-Za-z_@%/:.,=^~+-]*$/.test(path);
}

/** The path of `name` in `directory`. */
export function inDirectory(directory: string, name: string): string {
  return `${directory}/${name}`;
}

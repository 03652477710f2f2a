/**
 * The same text for paths that lead to one file, on whatever file system: without empty and `.` parts, and without regard to case and to the form
 * of accents, which file systems of macOS and Windows ignore.
 */
export function fileKey(path: string): string {
  const parts: string[] = [];
  for (const part of path.normalize('NFC').toLowerCase().split('/')) {
    const isUp = part === '..' && parts.length > 0 && parts.at(-1) !== '..';
    if (isUp) parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}

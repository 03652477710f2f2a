/** Shows the written files. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { table } from './output';

/** Every file below a directory, by its path from there. */
export function filesBelow(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

/** Every file with its permissions. */
export function fileTable(directory: string): string {
  return table(
    ['file', 'mode', 'holds'],
    filesBelow(directory).map((file) => [file, modeOf(join(directory, file)), contentOf(join(directory, file))]),
  );
}

function modeOf(path: string): string {
  return `0${(statSync(path).mode & 0o777).toString(8)}`;
}

function contentOf(path: string): string {
  const text = readFileSync(path, 'utf8');
  const blocks = [...text.matchAll(/^-----BEGIN (.+)-----$/gm)].map(([, label = '']) => label.toLowerCase());
  return blocks.length > 0 ? blocks.join(', ') : `${text.trimEnd().split('\n').length} lines of text`;
}

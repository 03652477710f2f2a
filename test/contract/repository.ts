import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

/** The checkout, as an absolute path. */
export const checkout = path.resolve(__dirname, '../..');

/** A text file of the project. */
export interface TextFile {
  /** From the checkout. */
  readonly path: string;
  readonly text: string;
}

/** Every file that is under version control or about to be, and matches one of the patterns. */
export function readRepository(...patterns: readonly string[]): TextFile[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...patterns];
  return execFileSync('git', args, { cwd: checkout, encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && existsSync(path.join(checkout, file)))
    .map((file) => ({ path: file, text: readFileSync(path.join(checkout, file), 'utf8') }));
}

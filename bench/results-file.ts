/** Files in `bench/results/`. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What was written there. Absent if there is no such file. */
export function readResults(file: string): unknown {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : undefined;
}

/** Whole or not at all: a run that is stopped loses nothing. */
export function writeResults(file: string, results: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(results, undefined, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** Directories for `PATH`: of chosen programs only, or of programs that do something more before they do what they are for. */
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the install script calls by name, beside the one that computes SHA-256. */
export const CALLED: readonly string[] = [
  ...['cat', 'chmod', 'chown', 'cmp', 'cp', 'env', 'find', 'id', 'ln', 'ls', 'mkdir', 'mv', 'pwd'],
  ...['readlink', 'rm', 'sync', 'touch'],
];

/** Links to the machine's own programs, or all to the one program that is named. */
export function linksTo(directory: string, programs: readonly string[], target?: string): string {
  mkdirSync(directory, { recursive: true });
  for (const program of programs) symlinkSync(target ?? fileOf(program), join(directory, program));
  return directory;
}

/** Each is a shell script with these lines, and then becomes the real one, which they know as `$REAL`. */
export function wrappers(directory: string, programs: readonly string[], lines: string): string {
  mkdirSync(directory, { recursive: true });
  for (const program of programs) {
    const text = `#!/bin/sh\nREAL=${fileOf(program)}\n${lines}\nexec "$REAL" "$@"\n`;
    writeFileSync(join(directory, program), text, { mode: 0o755 });
  }
  return directory;
}

/** In front of what the machine has. */
export function before(directory: string): string {
  return `${directory}:${process.env.PATH}`;
}

/** The file, also of a program that is built into the shell. */
export function fileOf(program: string): string {
  const directory = process.env.PATH?.split(':').find((one) => existsSync(join(one, program)));
  if (directory === undefined) throw new Error(`${program} is not on this machine`);
  return join(directory, program);
}

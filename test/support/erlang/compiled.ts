/** The Erlang half of the harness, compiled by each runtime's own `erlc` into the cache. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

import { cacheDirectory, type Runtime } from './runtimes';

/** Directory for `-pa` with the modules through which the harness talks to a virtual machine. */
export function harnessDirectory(runtime: Runtime): string {
  return compiled(
    runtime,
    ['harness_control.erl', 'harness_arguments.erl', 'harness_terms.erl', 'harness_tls.erl', 'harness_traffic.erl'].map(
      ours,
    ),
  );
}

/**
 * Directory for `-pa` with our stand-in for CouchDB's protocol module, and the application file of its name: with it
 * `application:load(couch_dist)` reads `-couch_dist` flags as CouchDB's own start does.
 */
export function couchDistDirectory(runtime: Runtime): string {
  return compiled(runtime, ['couch_dist.erl', 'couch_dist.app'].map(ours));
}

/** Directory for `-pa` with these sources. By content: a changed source is compiled anew, and two runs of the tests at once cannot disturb each other. */
export function compiled(runtime: Runtime, files: readonly string[]): string {
  const hash = createHash('sha256').update(runtime.version);
  for (const file of files) hash.update(`${basename(file)}\0`).update(readFileSync(file));
  const directory = join(cacheDirectory(), 'beam', `${runtime.otp}-${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(directory)) compileInto(directory, runtime, files);
  return directory;
}

function compileInto(directory: string, runtime: Runtime, files: readonly string[]): void {
  mkdirSync(join(directory, '..'), { recursive: true });
  const unfinished = mkdtempSync(`${directory}.`);
  try {
    const modules = files.filter((file) => file.endsWith('.erl'));
    runErlc(runtime, ['-Werror', '+warnings_as_errors', '-o', unfinished, ...modules]);
    for (const file of files.filter((name) => name.endsWith('.app')))
      copyFileSync(file, join(unfinished, basename(file)));
    publish(unfinished, directory);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function runErlc(runtime: Runtime, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(runtime.erlc, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`erlc of OTP ${runtime.version} failed: ${error?.message ?? ''}${stdout}${stderr}`);
}

function publish(unfinished: string, directory: string): void {
  try {
    renameSync(unfinished, directory);
  } catch (error) {
    // Another process was quicker, with the same content.
    if (!existsSync(directory)) throw error;
  }
}

function ours(file: string): string {
  return join(__dirname, file);
}

import { randomBytes } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { endWhatWasStarted, endWithThisProcess, removeWithThisProcess } from '../bootstrap/ends-with.cjs';

/**
 * A new directory for temporary files. With this process, it goes away, and what the process has started ends: also where it is
 * interrupted or killed.
 */
export function ownDirectory(name: string, { isKept = false } = {}): string {
  endWithThisProcess();
  endOnSignals();
  // Without links, so that messages of other programs contain the same paths.
  // With a short name: Terraform's providers listen on sockets below it, whose paths have at most 107 characters.
  const directory = join(realpathSync(tmpdir()), `erlang-tls-${name}-${randomBytes(4).toString('hex')}`);
  // Also after SIGKILL, where no handler runs.
  if (!isKept) removeWithThisProcess(directory);
  mkdirSync(directory, { mode: 0o700 });
  process.once('exit', () => {
    // A program that still writes would create the directory again.
    endWhatWasStarted();
    if (!isKept) remove(directory);
  });
  return directory;
}

/** Where programs cannot be found by their mark, one that is just being ended may still write. */
function remove(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 15 });
}

/** Ends through `process.exit`, so that everyone who started something can end it. */
function endOnSignals(): void {
  for (const [signal, number] of [['SIGINT', 2] as const, ['SIGTERM', 15] as const, ['SIGHUP', 1] as const]) {
    // As a shell reports it. A second one does not interrupt the cleaning up.
    process.on(signal, () => process.exit(128 + number));
  }
}

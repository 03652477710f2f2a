/** The one directory that the demo writes to. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { endWhatWasStarted, endWithThisProcess, removeWithThisProcess } from '../bootstrap/ends-with.cjs';

/** The directories of the demo. */
export interface Workspace {
  readonly directory: string;
  /** The output directory of the examples. */
  readonly outputDirectory: string;
  /** The directory in the checkout for the report pages. */
  readonly pageDirectory: string;
  readonly farewell: string;
}

/**
 * A directory in which the examples can be synthesized and deployed as in a checkout, and which takes in every temporary file of the
 * programs that are started. It goes away with this process, also where that is interrupted or killed.
 */
export function workspace(): Workspace {
  endWithThisProcess();
  endOnSignals();
  // Without links, so that messages of other programs contain the same paths.
  // With a short name: Terraform's providers listen on sockets below it, whose paths have at most 107 characters.
  const directory = join(realpathSync(tmpdir()), `erlang-tls-demo-${randomBytes(4).toString('hex')}`);
  const isKept = (process.env.KEEP ?? '') !== '';
  // Also after SIGKILL, where no handler runs.
  if (!isKept) removeWithThisProcess(directory);
  mkdirSync(directory, { mode: 0o700 });
  process.once('exit', () => {
    // A program that still writes would create the directory again.
    endWhatWasStarted();
    if (!isKept) remove(directory);
  });

  for (const name of COPIED) cpSync(join(CHECKOUT, name), join(directory, name), { recursive: true, filter: isSource });
  for (const name of LINKED) symlinkSync(join(CHECKOUT, name), join(directory, name));
  const temporary = join(directory, 'tmp');
  mkdirSync(temporary);
  process.env.TMPDIR = temporary;
  return {
    directory,
    outputDirectory: join(directory, 'out'),
    pageDirectory: join(CHECKOUT, 'out/demo'),
    farewell: isKept ? `Everything is kept in ${directory}.` : 'Nothing else is left behind; KEEP=1 keeps the files.',
  };
}

const CHECKOUT = resolve(__dirname, '../..');

/** The examples are copied, because state and output are written beside them; the rest is only read. */
const COPIED = ['cdktf.json', 'tsconfig.json', 'tsconfig.dev.json', 'examples'];
const LINKED = ['package.json', 'node_modules', 'src'];

function isSource(path: string): boolean {
  return !/[\\/](cdktf\.out|out|\.terraform)$/.test(path.slice(CHECKOUT.length));
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

/** The one directory that the demo writes to. */
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { ownDirectory } from './own-directory';

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
  const isKept = (process.env.KEEP ?? '') !== '';
  const directory = ownDirectory('demo', { isKept });
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

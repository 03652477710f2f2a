import { lstatSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { refuse } from '../../model/findings/finding';
import { REQUEST_ILLEGAL } from '../../model/rules/certificates/request';
import { checkedId } from '../deliveries/output';

/**
 * The request of a node in a directory of the project. Absent if there is no file of that name; what is there and cannot be read is no missing
 * request. The only place where a synth reads a file: such a file is a part of the program, and committed with it.
 */
export function requestIn(directory: string, id: string): string | undefined {
  const path = join(directory, `${checkedId(id)}.csr`);
  try {
    return contentOf(path, directory);
  } catch (error) {
    return refuse(REQUEST_ILLEGAL, { subject: 'file', got: path, detail: problemOf(error) });
  }
}

/** To read a pipe would wait for ever. */
function contentOf(path: string, directory: string): string | undefined {
  const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  if (!isThere && statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== false) return undefined;
  const found = statSync(path);
  if (!found.isFile()) throw new Error('it is no regular file');
  if (found.size > MOST_BYTES) throw new Error(`it has ${found.size} bytes`);
  return readFileSync(path, 'utf8');
}

/** A request with every name of a node has a few kilobytes. */
const MOST_BYTES = 1_000_000;

function problemOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkedId } from '../deliveries/output';

/**
 * The request of a node in a directory of the project. Absent if there is no file of that name. The only place where a synth reads a file: such a
 * file is a part of the program, and committed with it.
 */
export function requestIn(directory: string, id: string): string | undefined {
  const path = join(directory, `${checkedId(id)}.csr`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

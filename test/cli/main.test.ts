import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { checkout } from '../contract/repository';

test('what cannot be written is no answer: exit code 2', () => {
  const tsx = join(checkout, 'node_modules/.bin/tsx');
  const script = `exec ${JSON.stringify(tsx)} --tsconfig tsconfig.dev.json src/cli/main.ts --help >/dev/full`;
  const { status, stderr } = spawnSync('sh', ['-c', script], { cwd: checkout, encoding: 'utf8' });
  expect([status, stderr]).toEqual([2, expect.stringContaining('ENOSPC')]);
});

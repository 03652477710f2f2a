import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BEGIN_BODY } from '../../../../src/model/deliveries/over-ssh/steps';
import { eventually } from '../../../support/programs/eventually';

let home: string;
beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'erlang-tls-home-'))));
afterEach(() => rmSync(home, { recursive: true }));

/** The first step, as it runs on a host. No step follows, and its watchdog gives up at once. */
function begin(): { readonly status: number | null; readonly stderr: string } {
  const script = join(home, 'begin.sh');
  writeFileSync(script, `#!/bin/sh\ndirectory='./.erlang-tls-x'\nlimit='0'\n${BEGIN_BODY.replace(/\$\$\{/g, '${')}`);
  return spawnSync('sh', [script], { cwd: home, encoding: 'utf8' });
}

test('the directory of the script is made closed in a home that others may read, and removed if no step comes', async () => {
  chmodSync(home, 0o755);
  expect(begin()).toMatchObject({ status: 0, stderr: '' });
  expect(statSync(join(home, '.erlang-tls-x')).mode & 0o777).toBe(0o700);
  const isGone = (): true | undefined => (existsSync(join(home, '.erlang-tls-x')) ? undefined : true);
  await eventually('the watchdog removes the directory', isGone, 20_000);
});

test.each([0o777, 0o1777])('nothing is made where everybody can write: mode %o', (mode) => {
  chmodSync(home, mode);
  const { status, stderr } = begin();
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: everybody can write to \/.*: chmod o-w, or choose another stagingDirectory\n$/);
  expect(readdirSync(home)).toEqual(['begin.sh']);
  expect(existsSync(join(home, '.erlang-tls-x'))).toBe(false);
});

import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';

import { checkout } from '../contract/repository';
import { HOSTS, Site } from '../support/broken/site';
import { requires } from '../support/programs/requires';
import { inTemporaryDirectory } from '../support/programs/temporary-directory';

const TOOL = `${JSON.stringify(join(checkout, 'node_modules/.bin/tsx'))} --tsconfig tsconfig.dev.json src/cli/main.ts`;

test('output that cannot be written gives exit code 2', () => {
  const { status, stderr } = spawnSync('sh', ['-c', `exec ${TOOL} --help >/dev/full`], {
    cwd: checkout,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([2, 'error: the output cannot be written: no space left on device\n']);
});

requires('openssl', 'root')('a user who may not read every file', () => {
  test('gets a finding for each unreadable file, and the findings about the others', async () => {
    await inTemporaryDirectory(async (directory) => {
      const site = new Site(join(directory, 'site'));
      site.chmod('vm.args', 0o000);
      chmodSync(site.directoryOf(HOSTS[1]), 0o000);
      // Root without its privileges: modes matter to it.
      const script = `exec setpriv --bounding-set=-all --inh-caps=-all -- ${TOOL} check --json "$0"`;
      const { status, stdout, stderr } = spawnSync('sh', ['-c', script, site.directory], {
        cwd: checkout,
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([1, '']);
      const { nodes, findings } = JSON.parse(stdout) as {
        nodes: unknown[];
        findings: { code: string; subject: string }[];
      };
      expect(nodes).toHaveLength(1);
      expect(findings.map(({ code, subject }) => [code, subject])).toEqual([
        ['file-not-examined', site.path('vm.args')],
        ['file-not-examined', site.directoryOf(HOSTS[1])],
      ]);
    });
  });
});

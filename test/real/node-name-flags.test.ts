import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { codesOf } from '../support/cli/run-cli';
import { freshAddress, freshPort } from '../support/erlang/addresses';
import { onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';

const SLOW_MS = 60_000;

requires('erl')('flags with the name of a node', () => {
  onEachRuntime('make the VM a node or not, as the check predicts', (runtime) => {
    test.each([
      ['-sname node@db1', true],
      ['-sname node@db1.x.test', false],
      ['-sname node@127.0.0.1', false],
      ['-name node@db1.x.test', true],
      ['-name node@db1', true],
      ['-name node@127.0.0.1', true],
      ['-name node@db1.x.test more', false],
      ['-sname', false],
    ])(
      '%s: %s',
      async (flags, isNode) => {
        const directory = mkdtempSync(join(tmpdir(), 'node-name-'));
        try {
          const file = join(directory, 'vm.args');
          writeFileSync(file, `${flags}\n`);
          expect((await codesOf(['check', file])).includes('node-name-illegal')).toBe(!isNode);
          const port = await freshPort();
          const address = (await freshAddress(port)).replaceAll('.', ',');
          const { stdout } = spawnSync(
            runtime.erl,
            [
              ...['-noinput', '-start_epmd', 'false', '-erl_epmd_port', String(port), '-args_file', file],
              ...['-kernel', 'inet_dist_use_interface', `{${address}}`],
              ...['-eval', 'io:format("node ~w~n", [is_alive()]), halt().'],
            ],
            { encoding: 'utf8', timeout: SLOW_MS, env: { ...process.env, ERL_CRASH_DUMP_SECONDS: '0' } },
          );
          expect(stdout.includes('node true')).toBe(isNode);
        } finally {
          rmSync(directory, { recursive: true, force: true });
        }
      },
      SLOW_MS,
    );
  });
});

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { endAt } from '../support/processes/endings';
import { requires } from '../support/programs/requires';
import { type ProgramResult, runProgram } from '../support/terraform';

const SLOW_MS = 180_000;

/** A text in the output of the walk, and how much later the walk is ended. */
const MOMENTS: [signal: NodeJS.Signals, after: string, delayMs: number][] = [
  ['SIGTERM', 'terraform apply', 0],
  ['SIGKILL', 'terraform apply', 50],
  ['SIGKILL', 'certificate of generation', 1000],
];

const COMMAND = resolve(__dirname, '../../scripts/bootstrap/rotation.mjs');

requires(
  'terraform',
  'go',
  'erl',
)('npm run rotation', () => {
  let directory: string;
  let walk: ProgramResult;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'erlang-tls-rotation-test-'));
    const env = { ...process.env, TMPDIR: directory, KEEP: '' };
    walk = await runProgram(process.execPath, [COMMAND], { env, timeoutMs: SLOW_MS });
  }, SLOW_MS);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('completes all steps, and leaves nothing', () => {
    expect([walk.exitCode, walk.stderr]).toEqual([0, '']);
    expect(walk.stdout.match(/^\S.*(?=\n-+$)/gm)).toEqual([
      'Before: one generation',
      'Refused: everything at once',
      'Deploy 1: the next generation is trusted',
      'Deploy 2: the next generation signs',
      'Deploy 3: the first generation is retired',
    ]);
    // tsx keeps its cache there.
    expect(readdirSync(directory).filter((name) => !name.startsWith('tsx-'))).toEqual([]);
  });

  test('shows after each step what each node has, and that no call was lost', () => {
    expect(walk.stdout.match(/app@node2.*: .*; certificate of .*/g)).toEqual([
      'app@node2.example.com: ca.pem, node.pem, ssl_dist.conf, vm.args; certificate of generation 2026',
      'app@node2.example.com: ca.pem; certificate of generation 2026',
      'app@node2.example.com: node.pem; certificate of generation 2027',
      'app@node2.example.com: ca.pem; certificate of generation 2027',
    ]);
    expect(walk.stdout.match(/none was lost, and no node was missed/g)).toHaveLength(4);
  });

  test('shows what the plan refuses, and what each other plan would do', () => {
    expect(walk.stdout).toMatch(/generation-not-trusted-yet: CA generation "2027"/);
    expect(walk.stdout).toMatch(/generation-in-use: CA generation "2026"/);
    expect(walk.stdout.match(/every pair can connect/g)).toHaveLength(4);
    expect(walk.stdout).not.toMatch(/PRIVATE KEY/);
  });

  test.each(MOMENTS)(
    'leaves no process after %s, %j and %i ms',
    async (signal, after, delayMs) => {
      const env = { ...process.env, TMPDIR: directory, KEEP: '' };
      const [code] = await endAt([COMMAND], { signal, after, delayMs }, { env, directory });
      expect(code).not.toBe(0);
    },
    SLOW_MS,
  );
});

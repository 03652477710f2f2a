import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { eventually } from '../programs/eventually';
import { expectNoProcess } from './endings';
import { processesMentioning, programOf } from './living';

const CHECKOUT = resolve(__dirname, '../../..');

/** It runs a program for ten minutes, in a separate session. */
const ENDLESS_TEST = `
  const { runProgram } = require('${CHECKOUT}/test/support/terraform');
  test('is endless', async () => void (await runProgram('setsid', ['--wait', 'sleep', '600'])), 600000);`;

/** The project of the tests with real programs, for tests that lie elsewhere. */
const configuration = (directory: string): string => `
  import configuration from '${CHECKOUT}/jest.config.mjs';
  const real = configuration.projects.find(({ displayName }) => displayName === 'real');
  export default {
    ...real,
    rootDir: '${CHECKOUT}',
    roots: ['${directory}'],
    testMatch: ['${directory}/*.test.js'],
  };`;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'jest-run-test-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

(process.platform === 'linux' ? test.each : test.skip.each)<NodeJS.Signals>(['SIGTERM', 'SIGINT', 'SIGKILL'])(
  'everything that the tests of a jest run started ends with the run after %s',
  async (signal) => {
    for (const name of ['one', 'other']) writeFileSync(join(directory, `${name}.test.js`), ENDLESS_TEST);
    writeFileSync(join(directory, 'jest.config.mjs'), configuration(directory));
    const args = ['--config', join(directory, 'jest.config.mjs'), '--maxWorkers=2'];
    const run = spawn(process.execPath, [join(CHECKOUT, 'node_modules/jest/bin/jest.js'), ...args], {
      env: { ...process.env, TMPDIR: directory },
      stdio: 'ignore',
    });
    const ended = once(run, 'exit');
    await eventually('both tests have started their programs', () => sleepers() === 2 || undefined, 60_000);
    run.kill(signal);
    await ended;
    await expectNoProcess(directory);
  },
  120_000,
);

function sleepers(): number {
  return processesMentioning(directory).filter((pid) => programOf(pid) === 'sleep').length;
}

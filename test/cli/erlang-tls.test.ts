import { join } from 'node:path';

import packageFacts from '../../package.json';
import { findingsIn, findingsJson } from '../../src/model/report/text/findings';
import { runCli } from '../support/cli/run-cli';

test.each([[[]], [['--help']], [['help']]])('%j lists the commands', async (args) => {
  const { exitCode, out } = await runCli(args);
  expect([exitCode, out]).toEqual([0, expect.stringMatching(/^usage: erlang-tls COMMAND\n/)]);
});

test('--version prints the version', async () => {
  expect(await runCli(['--version'])).toEqual({ exitCode: 0, out: `${packageFacts.version}\n`, err: '' });
});

test('an unknown command is refused with the list of commands', async () => {
  const { exitCode, err } = await runCli(['constructor']);
  expect([exitCode, err]).toEqual([
    2,
    expect.stringContaining('unknown command "constructor"\nusage: erlang-tls COMMAND'),
  ]);
});

test('--help is an option before --, and a path after it', async () => {
  expect((await runCli(['check', join('none'), '--help'])).exitCode).toBe(0);
  const { exitCode, err } = await runCli(['check', '--', '--help']);
  expect([exitCode, err]).toEqual([2, expect.stringContaining('--help does not exist')]);
});

test('without findings a workflow gets a notice', () => {
  expect(findingsIn('github', [], false)).toBe('::notice title=erlang-tls::nothing found\n');
});

test('JSON escapes control characters, and parses to the same text', () => {
  const text = '\x1b[31m \x9b31m \u202e \u2028 \n \x7f ü';
  const json = findingsJson([], { text });
  expect(json).not.toMatch(/[\x1b\x9b\u202e\u2028\x7f]/);
  expect(JSON.parse(json)).toEqual({ text, findings: [] });
});

import { join } from 'node:path';

import packageFacts from '../../package.json';
import { findingsIn, findingsJson } from '../../src/model/report/text/findings';
import { runCli } from '../support/cli/run-cli';

test.each([[[]], [['--help']], [['help']]])('%j says what there is', async (args) => {
  const { exitCode, out } = await runCli(args);
  expect([exitCode, out]).toEqual([0, expect.stringMatching(/^usage: erlang-tls COMMAND\n/)]);
});

test('--version says which one this is', async () => {
  expect(await runCli(['--version'])).toEqual({ exitCode: 0, out: `${packageFacts.version}\n`, err: '' });
});

test('an unknown command is refused with those that there are', async () => {
  const { exitCode, err } = await runCli(['constructor']);
  expect([exitCode, err]).toEqual([
    2,
    expect.stringContaining('unknown command "constructor"\nusage: erlang-tls COMMAND'),
  ]);
});

test('--help is an option before --, and a path behind it', async () => {
  expect((await runCli(['check', join('none'), '--help'])).exitCode).toBe(0);
  const { exitCode, err } = await runCli(['check', '--', '--help']);
  expect([exitCode, err]).toEqual([2, expect.stringContaining('--help is not there')]);
});

test('nothing found is a notice in a workflow', () => {
  expect(findingsIn('github', [], false)).toBe('::notice title=erlang-tls::nothing found\n');
});

test('JSON holds what a terminal would take for a command as its number, and the same text', () => {
  const text = '\x1b[31m \x9b31m \u202e \u2028 \n \x7f ü';
  const json = findingsJson([], { text });
  expect(json).not.toMatch(/[\x1b\x9b\u202e\u2028\x7f]/);
  expect(JSON.parse(json)).toEqual({ text, findings: [] });
});

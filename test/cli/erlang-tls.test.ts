import { join } from 'node:path';

import packageFacts from '../../package.json';
import { findingsIn, findingsJson } from '../../src/model/report/text/findings';
import { runCli } from '../support/cli/run-cli';

test.each([[['--help']], [['-h']], [['help']], [['help', '--help']]])('%j lists the commands', async (args) => {
  const { exitCode, out } = await runCli(args);
  expect([exitCode, out]).toEqual([0, expect.stringMatching(/^usage: erlang-tls COMMAND /)]);
});

test('no command is refused with the list of commands: nothing was checked', async () => {
  const { exitCode, out, err } = await runCli([]);
  expect([exitCode, out, err]).toEqual([
    2,
    '',
    expect.stringMatching(/^error: no command is given\nusage: erlang-tls /),
  ]);
});

test('--version prints the version', async () => {
  expect(await runCli(['--version'])).toEqual({ exitCode: 0, out: `${packageFacts.version}\n`, err: '' });
});

test.each(['check', 'check-plan', 'report'])('help %s lists its options', async (command) => {
  const { exitCode, out } = await runCli(['help', command]);
  expect([exitCode, out]).toEqual([0, expect.stringMatching(new RegExp(`^usage: erlang-tls ${command} `))]);
  for (const option of ['--help', '-h']) expect((await runCli([command, option])).out).toBe(out);
});

test.each([[['constructor']], [['help', 'constructor']]])('%j is refused with the list of commands', async (args) => {
  const { exitCode, err } = await runCli(args);
  expect([exitCode, err]).toEqual([
    2,
    expect.stringContaining('unknown command "constructor"\nusage: erlang-tls COMMAND '),
  ]);
});

test('--help is an option before --, and a path after it', async () => {
  expect((await runCli(['check', join('none'), '--help'])).exitCode).toBe(0);
  const { exitCode, err } = await runCli(['check', '--', '--help']);
  expect([exitCode, err]).toEqual([2, expect.stringContaining('--help does not exist')]);
});

test.each([
  ['--all', 'unknown option --all: use --days, --erl, --fail-on, '],
  ['-x', 'unknown option -x: use --days, '],
  ['--constructor', 'unknown option --constructor: use --days, '],
  ['--json=yes', '--json takes no value'],
  ['--otp', '--otp needs a value: write --otp=VALUE'],
  ['--otp --json', '--otp needs a value: write --otp=VALUE'],
  ['--otp=27 --otp=25', '--otp is given twice: give it once'],
])('the option %s is refused in words that say what to write', async (options, message) => {
  const { exitCode, out, err } = await runCli(['check', ...options.split(' ')]);
  expect([exitCode, out, err]).toEqual([2, '', expect.stringContaining(`error: ${message}`)]);
});

test('an option that may be repeated, or whose value begins with -, is not refused', async () => {
  const { err } = await runCli(['check', '--probe=a@b', '--probe=c@d', '--days=-1']);
  expect(err).toContain('--days=-1 is not a number of days');
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

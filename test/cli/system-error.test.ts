import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { getSystemErrorMap } from 'node:util';

import { erlangTls } from '../../src/cli/erlang-tls';
import { systemErrorText } from '../../src/cli/system-error';
import { runCli } from '../support/cli/run-cli';
import { inTemporaryDirectory } from '../support/programs/temporary-directory';

/** A code such as `ENOENT`. */
const CODE = /\bE[A-Z0-9]{3,}\b/;

test('every error of the operating system has words without its code', () => {
  for (const [code] of getSystemErrorMap().values()) {
    const text = systemErrorText(Object.assign(new Error(`${code}: open`), { code, syscall: 'open' }));
    expect(text).toMatch(/^[a-z]/);
    expect(text).not.toMatch(CODE);
  }
});

test('a connection that failed at each address of a host gives each reason once', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED ::1:1'), { code: 'ECONNREFUSED' });
  const unreachable = Object.assign(new Error('connect ENETUNREACH'), { code: 'ENETUNREACH' });
  const text = systemErrorText(new AggregateError([refused, refused, unreachable]));
  expect(text).toBe('connection refused; network is unreachable');
});

test('every way to fail gives words', async () => {
  const closed = await closedPort();
  await inTemporaryDirectory(async (directory) => {
    const site = join(directory, 'site');
    const optionFile = join(site, 'ssl_dist.conf');
    const notAProgram = join(directory, 'erl');
    mkdirSync(site);
    writeFileSync(optionFile, '[{server,[{verify,verify_peer}]}].\n');
    writeFileSync(notAProgram, '');
    for (const [args, words] of [
      [['check-plan', directory], `${directory} cannot be read: it is a directory`],
      [['check-plan', join(directory, 'none')], 'cannot be read: no such file or directory'],
      [['report', `--state=${join(optionFile, 'x')}`], 'cannot be read: a part of it is not a directory'],
      [['report', '--state='], 'a file without a name cannot be read: no such file or directory'],
      [['check', `${directory}/${'x'.repeat(300)}`], 'cannot be read: name too long'],
      [['check', `--erl=${notAProgram}`, optionFile], 'cannot be started: permission denied'],
      [['check', `--erl=${join(directory, 'none')}`, optionFile], 'cannot be started: no such file or directory'],
      [['check', `--probe=127.0.0.1:${closed}`], '(connection refused)'],
      [['check', `--probe=localhost:${closed}`], '(connection refused)'],
    ] as const) {
      const { exitCode, out, err } = await runCli(args);
      expect(exitCode).toBeGreaterThan(0);
      expect(out + err).toContain(words);
      expect(out + err).not.toMatch(CODE);
    }
  });
});

test('an error without an own message, such as a full disk, gives the path and words', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', path: '/tmp/x' });
  let said = '';
  const world = { err: (text: string) => void (said += text), env: {}, now: 0, isTerminal: false };
  const out = (): void => {
    throw full;
  };
  const exitCode = await inTemporaryDirectory(async (directory) => {
    const optionFile = join(directory, 'ssl_dist.conf');
    writeFileSync(optionFile, '[].\n');
    return erlangTls(['check', optionFile], { ...world, out });
  });
  expect([exitCode, said]).toEqual([2, 'error: /tmp/x: no space left on device\n']);
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

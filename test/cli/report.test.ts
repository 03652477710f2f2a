import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { HOSTS, Site } from '../support/broken/site';
import { runCli } from '../support/cli';
import { requires } from '../support/programs';

test.each<[string, string[], string]>([
  ['no path', [], 'a path is needed'],
  ['an unknown format', ['--format=pdf', '.'], '--format=pdf is none of html, svg and text'],
  ['a format of every object', ['--format=constructor', '.'], 'is none of'],
])('%s is refused: exit code 2', async (_title, args, message) => {
  const { exitCode, out, err } = await runCli(['report', ...args]);
  expect([exitCode, out, err]).toEqual([2, '', expect.stringContaining(message)]);
});

requires('openssl')('the report of installed nodes', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'erlang-tls-report-'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test('says of each node whose certificate it has and whom it trusts, with the findings', async () => {
    const site = new Site(join(directory, 'site'));
    const next = site.workshop.root('Next CA');
    site.write('ca.pem', site.ca.certificate + next.certificate);
    site.reissue({}, next);
    const { exitCode, out } = await runCli(['report', '--format=text', '--title=site', site.directory]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^site, .*: 1 error\n/);
    expect(out).toMatch(/^[AB] {3}Next CA, signs +\S+ +in \d+ days +1 +1$/m);
    expect(out).toMatch(new RegExp(`^node@${HOSTS[0]} +valid .* [AB] +A B$`, 'm'));
    expect(out).toMatch(/^error: nodes-apart: /m);
  });

  test('is a page or a picture without keys', async () => {
    const site = new Site(join(directory, 'site'));
    const page = await runCli(['report', site.directory]);
    expect(page.out).toMatch(/^<!DOCTYPE html>/);
    const picture = await runCli(['report', '--format=svg', site.directory]);
    expect(picture.out).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(page.out + picture.out).not.toMatch(/-----BEGIN/);
  });
});

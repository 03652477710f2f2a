/** Every file that a platform writes for flags or options is read, or is said not to be examined. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { mayConfigure } from '../../src/model/observed/files/configuring-files';
import { runCli } from '../support/cli/run-cli';
import { readRepository } from './repository';

/** `test/golden/PLATFORM/VARIANT/FILE@RELEASES`, of which tools have files of their own. */
const FILES = readRepository('test/golden')
  // Notes that a release is refused.
  .filter(({ path }) => !basename(path).startsWith('REFUSED'))
  .map(({ path, text }) => {
    const [platform = '', variant = '', file = ''] = path.split('/').slice(-3);
    const name = file.replace(/@.*/, '');
    return {
      node: `${platform}/${variant}${name.startsWith('tools-') ? ' tools' : ''}`,
      name: name.replace('tools-', ''),
      text,
    };
  });

const NODES = [...new Set(FILES.map(({ node }) => node))];

test('there are files of every kind', () => {
  expect(NODES.length).toBeGreaterThan(20);
});

test.each(NODES)('each file of %s has a name that the check knows, and is read', async (node) => {
  const files = FILES.filter((file) => file.node === node);
  const place = mkdtempSync(join(tmpdir(), 'carriers-'));
  try {
    for (const { name, text } of files) writeFileSync(join(place, name), text);
    const { out, err } = await runCli(['check', '--json', place]);
    expect(err).toBe('');
    const { nodes, findings } = JSON.parse(out) as {
      nodes: { optionFile?: string; flags: { path: string; notExamined: string[] }[] }[];
      findings: { code: string; message: string }[];
    };
    const read = nodes.flatMap(({ optionFile, flags }) => [optionFile ?? [], flags.map(({ path }) => path)].flat());
    const names = read.map((path) => basename(path));
    expect(files.map(({ name }) => name).filter((name) => !mayConfigure(name) || !names.includes(name))).toEqual([]);
    const left = nodes.flatMap(({ flags }) => flags.flatMap(({ notExamined }) => notExamined));
    expect(findings.some(({ code }) => code === 'flags-not-examined')).toBe(left.length > 0);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

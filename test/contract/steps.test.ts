import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { checkout } from './repository';

const STEPS = pathToFileURL(join(checkout, 'scripts/checks/steps.mjs')).href;

/** The last line that a step reports, with the value of `CI`. */
function reportOf(step: string, ci: string): string {
  const script = `import { runStep } from ${JSON.stringify(STEPS)}; await runStep(${step});`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    env: { ...process.env, CI: ci },
    timeout: 60_000,
  });
  return stdout.trimEnd().split('\n').at(-1) ?? '';
}

const MISSING = "{ name: 'one', command: ['no-such-program', []], program: 'no-such-program', package: 'its-package' }";
const UNABLE = "{ name: 'one', command: ['true', []], probe: { command: ['false', []], remedy: 'get a network' } }";
const ABLE = "{ name: 'one', command: ['true', []], probe: { command: ['true', []], remedy: 'get a network' } }";
const BROKEN = "{ name: 'one', command: ['false', []], probe: { command: ['true', []], remedy: 'get a network' } }";

test.each([
  ['whose program is missing is skipped on a workstation', MISSING, '', /skipped \(.*apt-get install its-package\)/],
  ['whose program is missing fails on a build machine', MISSING, 'true', /failed \(.*apt-get install its-package\)/],
  ['whose probe fails is skipped on a workstation', UNABLE, '', /skipped \(get a network\)/],
  ['whose probe fails fails itself on a build machine', UNABLE, 'true', /failed \(get a network\)/],
  ['whose probe succeeds passes if its command does', ABLE, '', /passed/],
  ['whose probe succeeds fails if its command does', BROKEN, '', /failed \([\d.]+ s\)/],
])('a step %s', (_title, step, ci, report) => {
  expect(reportOf(step, ci)).toMatch(report);
});

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CATALOGUE } from '../../src/model/catalogue';
import type { Rule, Severity } from '../../src/model/findings/rule';
import type { Fault } from '../support/broken/fault';
import { meet } from '../support/broken/meeting';
import { freshSite, OF_FILES, OF_USERS, SLOW_MS } from '../support/broken/meetings';
import { HOSTS } from '../support/broken/site';
import { codesOf, runCli } from '../support/cli/run-cli';
import type { Runtime } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';

const fresh = freshSite();

requires('erl', 'openssl')('two real nodes', () => {
  onEachRuntime('whose outcome is no matter of one meeting', (runtime) => {
    test(
      'never start if a file of flags includes itself, and run until their time limit',
      () => {
        const { site } = fresh;
        site.write('whole.args', '-kernel net_setuptime 7\n');
        expect(startsWithinSeconds(runtime, site.path('whole.args'))).toBe(true);
        site.write('whole.args', `-args_file ${site.path('whole.args')}\n`);
        expect(startsWithinSeconds(runtime, site.path('whole.args'))).toBe(false);
      },
      SLOW_MS,
    );

    test(
      'are refused at random if an expired CA is trusted beside its renewal',
      async () => {
        const { site, directory } = fresh;
        const outcomes = new Set<string>();
        for (let left = 20; left > 0 && !outcomes.has('pang pang'); left -= 1) {
          const renewed = site.workshop.root('Renewed CA', {});
          const old = site.workshop.root('Renewed CA', { from: -100, to: -50, existingKey: renewed.key });
          site.reissue({}, renewed);
          const trusted = site.ca.certificate + renewed.certificate;
          site.write('ca.pem', trusted + old.certificate);
          writeFileSync(join(site.directoryOf(HOSTS[1]), 'ca.pem'), trusted);
          expect(await codesOf(['check', directory])).toEqual(['expired-duplicate-ca']);
          outcomes.add((await meet(site, { runtime })).outcome);
        }
        expect(outcomes).toContain('pang pang');
      },
      SLOW_MS,
    );
  });
});

requires('openssl')('the check', () => {
  test('finds nothing in nodes without a fault', async () => {
    expect(await codesOf(['check', '--otp=25', fresh.directory])).toEqual([]);
  });

  test.each(OF_FILES)('reports the fault first, and prints no key: %s', async (_title, fault) => namesFirst(fault));
});

requires('openssl', 'root')('the check of files that belong to another user', () => {
  test.each(OF_USERS)('reports the fault first, and prints no key: %s', async (_title, fault) => namesFirst(fault));
});

async function namesFirst(fault: Fault): Promise<void> {
  const { site, directory } = fresh;
  fault.breakIt(site);
  const user = fault.user === undefined ? [] : [`--user=${fault.user}`];
  const args = ['check', `--otp=${fault.otp ?? 27}`, ...user, directory];
  const codes = await codesOf(args, { env: fault.env });
  const all = [fault.code, ...(fault.also ?? [])];
  // What breaks it is told by a warning elsewhere, at times before.
  const first = codes.find((code) => severityOf(code) === severityOf(fault.code));
  expect([first, [...new Set(codes)].sort()]).toEqual([fault.code, [...new Set(all)].sort()]);
  expect((await runCli(args, { env: fault.env })).out).not.toMatch(/-----BEGIN|secret/);
}

function severityOf(code: string): Severity | undefined {
  return Object.entries<Rule>(CATALOGUE).find(([one]) => one === code)?.[1].severity;
}

/** Whether a node starts with these flags and stops on request within this much processor time. */
function startsWithinSeconds({ erl }: Runtime, argsFile: string, seconds = 4): boolean {
  const script = `ulimit -t ${seconds}; exec "$0" -args_file "$1" -noshell -s erlang halt`;
  const { status, error } = spawnSync('sh', ['-c', script, erl, argsFile], { stdio: 'ignore' });
  if (error !== undefined) throw error;
  return status === 0;
}

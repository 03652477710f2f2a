/** The tests in which real nodes of one release meet, each on a fresh site: what every fault and every harmless oddity does to them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FAULTS } from '../../model/rules/faults';
import { HARMLESS } from '../../model/rules/harmless';
import { codesOf } from '../cli/run-cli';
import type { Runtime } from '../erlang';
import { onEachRuntime } from '../erlang/blocks';
import { requires } from '../programs/requires';
import type { Fault } from './fault';
import { Host } from './meeting';
import { inAnyOrder, keepSeen, seenFaults } from './seen';
import { Site } from './site';

/** Of a test with nodes that wait for each other. */
export const SLOW_MS = 120_000;

type Titled = readonly (readonly [title: string, fault: Fault])[];

const BY_TITLE: Titled = FAULTS.map((fault) => [`${fault.code}: ${fault.title}`, fault] as const);

/** The faults by title: those of files alone, and those that give files to other users. */
export const OF_FILES: Titled = BY_TITLE.filter(([, { user }]) => user === undefined);
export const OF_USERS: Titled = BY_TITLE.filter(([, { user }]) => user !== undefined);

/** A site in a directory of its own, which each test makes anew. */
export interface Fresh {
  site: Site;
  directory: string;
}

/** Gives each test of a block its site. */
export function freshSite(): Fresh {
  const fresh = {} as Fresh;
  beforeEach(() => {
    fresh.directory = mkdtempSync(join(tmpdir(), 'broken-node-'));
    fresh.site = new Site(join(fresh.directory, 'site'));
  });
  afterEach(() => rmSync(fresh.directory, { recursive: true, force: true }));
  return fresh;
}

/** Every fault and every harmless oddity on real nodes of this release. */
export function meetings(otp: number): void {
  const fresh = freshSite();

  requires('erl', 'openssl')('two real nodes', () => {
    onEachRuntime(
      'with at most one fault',
      (runtime) => {
        const host = hostOf(runtime);

        test(
          'connect in both directions without a fault',
          async () => {
            const before = { outcome: 'pong pong' } as const;
            expect(await host().meet(fresh.site, { runtime, before })).toEqual(before);
          },
          SLOW_MS,
        );

        const harmless = HARMLESS.filter(({ from = 0 }) => from <= runtime.otp);
        test.each(harmless.map((one) => [one.title, one] as const))(
          'connect in both directions in spite of a harmless oddity, which the check accepts: %s',
          async (_title, { change, found = [] }) => {
            const { site, directory } = fresh;
            change(site);
            const { outcome } = await host().meet(site, { runtime, before: { outcome: 'pong pong' } });
            expect(outcome).toBe('pong pong');
            expect([...new Set(await codesOf(['check', `--otp=${runtime.otp}`, directory]))].sort()).toEqual(
              [...found].sort(),
            );
          },
          SLOW_MS,
        );

        test.each(OF_FILES)(
          'behave and log as recorded: %s',
          async (title, fault) => saysWhatItSaid(host(), fresh.site, { title, fault, runtime }),
          SLOW_MS,
        );
      },
      [otp],
    );
  });

  requires(
    'erl',
    'openssl',
    'root',
  )('two real nodes, one of them under another user,', () => {
    onEachRuntime(
      'with one fault',
      (runtime) => {
        const host = hostOf(runtime);
        test.each(OF_USERS)(
          'behave and log as recorded: %s',
          async (title, fault) => {
            const { site, directory } = fresh;
            return saysWhatItSaid(host(), site, { title, fault, runtime: unprivileged(runtime, directory) });
          },
          SLOW_MS,
        );
      },
      [otp],
    );
  });
}

/** A host for the tests of a block. */
function hostOf(runtime: Runtime): () => Host {
  let host: Host | undefined;
  beforeAll(async () => {
    host = await Host.open(runtime);
  });
  afterAll(async () => host?.close());
  return () => {
    if (host === undefined) throw new Error('no test is running');
    return host;
  };
}

/** Root, to whom owners and modes matter as to everybody. */
function unprivileged(runtime: Runtime, directory: string): Runtime {
  const erl = join(directory, 'erl');
  const program = `exec setpriv --bounding-set=-all --inh-caps=-all -- "${runtime.erl}" "$@"`;
  writeFileSync(erl, `#!/bin/sh\n${program}\n`, { mode: 0o755 });
  return { ...runtime, erl };
}

interface Recorded {
  readonly title: string;
  readonly fault: Fault;
  readonly runtime: Runtime;
}

async function saysWhatItSaid(host: Host, site: Site, { title, fault, runtime }: Recorded): Promise<void> {
  fault.breakIt(site);
  const before = seenFaults()[title]?.[runtime.otp];
  const seen = await host.meet(site, { runtime, env: fault.env, before });
  if (process.env.UPDATE_GOLDEN === '1') keepSeen(title, runtime.otp, seen);
  else expect(inAnyOrder(seen)).toEqual(inAnyOrder(before));
}

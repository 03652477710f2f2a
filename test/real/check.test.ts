import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { CATALOGUE } from '../../src/model/catalogue';
import type { Rule, Severity } from '../../src/model/findings/rule';
import { FAULTS } from '../model/rules/faults';
import { HARMLESS } from '../model/rules/harmless';
import type { Fault } from '../support/broken/fault';
import { inAnyOrder, keepSeen, reasonIn, reportsIn, type Seen, seenFaults } from '../support/broken/seen';
import { HOSTS, Site } from '../support/broken/site';
import { codesOf, runCli } from '../support/cli/run-cli';
import {
  BootFailed,
  couchDistDirectory,
  type ErlangCluster,
  type ErlangNode,
  IMPATIENT,
  type Runtime,
  withCluster,
} from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { eventually } from '../support/programs/eventually';
import { requires } from '../support/programs/requires';

const SLOW_MS = 120_000;

const BY_TITLE = FAULTS.map((fault) => [`${fault.code}: ${fault.title}`, fault] as const);
const OF_FILES = BY_TITLE.filter(([, { user }]) => user === undefined);
/** These give files to other users. */
const OF_USERS = BY_TITLE.filter(([, { user }]) => user !== undefined);

let directory: string;
let site: Site;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'broken-node-'));
  site = new Site(join(directory, 'site'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

requires('erl', 'openssl')('two real nodes', () => {
  onEachRuntime('with at most one fault', (runtime) => {
    test(
      'connect in both directions without a fault',
      async () => expect(await meet(runtime)).toEqual({ outcome: 'pong pong' }),
      SLOW_MS,
    );

    test(
      'never start if a file of flags includes itself, and run until their time limit',
      () => {
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
        const outcomes = new Set<string>();
        for (let left = 20; left > 0 && !outcomes.has('pang pang'); left -= 1) {
          const renewed = site.workshop.root('Renewed CA', {});
          const old = site.workshop.root('Renewed CA', { from: -100, to: -50, existingKey: renewed.key });
          site.reissue({}, renewed);
          const trusted = site.ca.certificate + renewed.certificate;
          site.write('ca.pem', trusted + old.certificate);
          writeFileSync(join(site.directoryOf(HOSTS[1]), 'ca.pem'), trusted);
          expect(await codesOf(['check', directory])).toEqual(['expired-duplicate-ca']);
          outcomes.add((await meet(runtime)).outcome);
        }
        expect(outcomes).toContain('pang pang');
      },
      SLOW_MS,
    );

    const harmless = HARMLESS.filter(({ from = 0 }) => from <= runtime.otp);
    test.each(harmless.map((one) => [one.title, one] as const))(
      'connect in both directions in spite of a harmless oddity, which the check accepts: %s',
      async (_title, { change, found = [] }) => {
        change(site);
        expect((await meet(runtime)).outcome).toBe('pong pong');
        expect([...new Set(await codesOf(['check', `--otp=${runtime.otp}`, directory]))].sort()).toEqual(
          [...found].sort(),
        );
      },
      SLOW_MS,
    );

    test.each(OF_FILES)(
      'behave and log as recorded: %s',
      async (title, fault) => saysWhatItSaid(runtime, title, fault),
      SLOW_MS,
    );
  });
});

requires(
  'erl',
  'openssl',
  'root',
)('two real nodes, one of them under another user,', () => {
  onEachRuntime('with one fault', (runtime) => {
    test.each(OF_USERS)(
      'behave and log as recorded: %s',
      async (title, fault) => saysWhatItSaid(unprivileged(runtime), title, fault),
      SLOW_MS,
    );
  });
});

/** Root, to whom owners and modes matter as to everybody. */
function unprivileged(runtime: Runtime): Runtime {
  const erl = join(directory, 'erl');
  const program = `exec setpriv --bounding-set=-all --inh-caps=-all -- "${runtime.erl}" "$@"`;
  writeFileSync(erl, `#!/bin/sh\n${program}\n`, { mode: 0o755 });
  return { ...runtime, erl };
}

async function saysWhatItSaid(runtime: Runtime, title: string, fault: Fault): Promise<void> {
  fault.breakIt(site);
  const before = seenFaults()[title]?.[runtime.otp];
  const seen = await meet(runtime, fault.env, before);
  if (process.env.UPDATE_GOLDEN === '1') keepSeen(title, runtime.otp, seen);
  else expect(inAnyOrder(seen)).toEqual(inAnyOrder(before));
}

requires('openssl')('the check', () => {
  test('finds nothing in nodes without a fault', async () => {
    expect(await codesOf(['check', '--otp=25', directory])).toEqual([]);
  });

  test.each(OF_FILES)('reports the fault first, and prints no key: %s', async (_title, fault) => namesFirst(fault));
});

requires('openssl', 'root')('the check of files that belong to another user', () => {
  test.each(OF_USERS)('reports the fault first, and prints no key: %s', async (_title, fault) => namesFirst(fault));
});

async function namesFirst(fault: Fault): Promise<void> {
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

/** Connects the broken node in both directions, and waits until both nodes have logged what is recorded. */
async function meet(runtime: Runtime, env: Readonly<Record<string, string>> = {}, before?: Seen): Promise<Seen> {
  return withCluster({ hosts: HOSTS }, async (erlang) => {
    const whole = await start(erlang, runtime, HOSTS[1], {});
    const broken = await start(erlang, runtime, HOSTS[0], env).catch(refusedBoot);
    if (typeof broken === 'string') {
      const own = reasonIn(broken, directory);
      return { outcome: 'no boot', ...(own && { own }) };
    }
    const first = await dial(broken, whole);
    if (isDeepStrictEqual(inAnyOrder(first), inAnyOrder(before))) return first;
    // The accepting node logs after the connecting one has given up, and before the next attempt.
    return dial(broken, whole);
  });
}

async function dial(broken: ErlangNode, whole: ErlangNode): Promise<Seen> {
  const dials = await broken.ping(whole);
  if (dials === 'pong') await broken.disconnect(whole);
  const isDialled = await whole.ping(broken);
  if (isDialled === 'pong') await whole.disconnect(broken);
  const [own, other] = await Promise.all([broken, whole].map(said));
  return { outcome: `${dials} ${isDialled}` as const, ...(own && { own }), ...(other && { other }) };
}

/** What a node has logged by the time that no handshake is under way; undefined for nothing. */
async function said(node: ErlangNode): Promise<readonly string[] | undefined> {
  const last = `all is said ${node.log().length}`;
  await node.eval(`
    Handshakes = fun() -> length([P || P <- processes(), proc_lib:translate_initial_call(P) =:= {ssl_gen_statem, init, 1}]) end,
    Connections = fun() -> length([C || {_, C} <- erlang:system_info(dist_ctrl), is_pid(C)]) end,
    Wait = fun Again() ->
      case Handshakes() =:= Connections() of
        true -> ok;
        false -> receive after 5 -> Again() end
      end
    end,
    Wait(),
    logger:error("${last}")`);
  const log = await eventually('the last word in the log', () => {
    const text = node.log();
    return text.includes(last) ? text.replace(/^=.*\r?\nall is said.*\n/gm, '') : undefined;
  });
  const reports = reportsIn(log, directory);
  return reports.length === 0 ? undefined : reports;
}

async function start(
  erlang: ErlangCluster,
  runtime: Runtime,
  host: string,
  env: Readonly<Record<string, string>>,
): Promise<ErlangNode> {
  const args = [
    '-args_file',
    join(site.directoryOf(host), 'vm.args'),
    ...IMPATIENT,
    '-pa',
    couchDistDirectory(runtime),
  ];
  return erlang.startNode({ runtime, name: `node@${host}`, args, env });
}

function refusedBoot(error: unknown): string {
  if (!(error instanceof BootFailed)) throw error;
  return error.output;
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Fault, FAULTS, type Outcome } from '../support/broken/faults';
import { HOSTS, Site } from '../support/broken/site';
import { codesOf, runCli } from '../support/cli';
import { BootFailed, type ErlangCluster, type ErlangNode, type Runtime, withCluster } from '../support/erlang';
import { eventually } from '../support/eventually';
import { requires } from '../support/programs';
import { onEachRuntime } from '../support/runtime-blocks';

const SLOW_MS = 120_000;

/** TLS that dials plain TCP waits for an answer that never comes: 7 s by default. */
const IMPATIENT = ['-kernel', 'net_setuptime', '2'];

const BY_TITLE = FAULTS.map((fault) => [`${fault.code}: ${fault.title}`, fault] as const);

let directory: string;
let site: Site;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'broken-node-'));
  site = new Site(join(directory, 'site'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

requires('erl', 'openssl')('real nodes, of which one is broken', () => {
  onEachRuntime('in one way', (runtime) => {
    test(
      'connect in both directions where none is',
      async () => expect(await meet(runtime)).toBe('pong pong'),
      SLOW_MS,
    );

    test(
      'never start where a file of flags names itself, until they have used up the time that they are given',
      () => {
        site.write('whole.args', '-kernel net_setuptime 7\n');
        expect(startsWithinSeconds(runtime, site.path('whole.args'))).toBe(true);
        site.write('whole.args', `-args_file ${site.path('whole.args')}\n`);
        expect(startsWithinSeconds(runtime, site.path('whole.args'))).toBe(false);
      },
      SLOW_MS,
    );

    test.each(BY_TITLE)(
      'do as the catalogue says: %s',
      async (_title, fault) => {
        fault.breakIt(site);
        const otp = runtime.otp as 25 | 27 | 29;
        const logs = fault.logs instanceof RegExp ? fault.logs : fault.logs?.[otp];
        expect(await meet(runtime, fault.env, logs)).toBe(expected(fault, otp));
      },
      SLOW_MS,
    );
  });
});

requires('openssl')('the check', () => {
  test('finds nothing in nodes that are whole', async () => {
    expect(await codesOf(['check', '--otp=25', directory])).toEqual([]);
  });

  test.each(BY_TITLE)('names what is broken first, and prints no key: %s', async (_title, fault) => {
    fault.breakIt(site);
    const args = ['check', `--otp=${fault.otp ?? 27}`, directory];
    const codes = await codesOf(args, { env: fault.env });
    const all = [fault.code, ...(fault.also ?? [])];
    expect([codes[0], [...new Set(codes)].sort()]).toEqual([fault.code, [...new Set(all)].sort()]);
    expect((await runCli(args, { env: fault.env })).out).not.toMatch(/-----BEGIN|secret/);
  });
});

/** Whether a node starts with these flags, and ends as it is told, before it has kept a processor busy for so long. */
function startsWithinSeconds({ erl }: Runtime, argsFile: string, seconds = 4): boolean {
  const script = `ulimit -t ${seconds}; exec "$0" -args_file "$1" -noshell -s erlang halt`;
  const { status, error } = spawnSync('sh', ['-c', script, erl, argsFile], { stdio: 'ignore' });
  if (error !== undefined) throw error;
  return status === 0;
}

/** Lets the broken node dial and be dialled. Where words are given, also waits until one of the two has logged them. */
async function meet(runtime: Runtime, env: Readonly<Record<string, string>> = {}, logs?: RegExp): Promise<Outcome> {
  return withCluster({ hosts: HOSTS }, async (erlang) => {
    const whole = await start(erlang, runtime, HOSTS[1], {});
    const broken = await start(erlang, runtime, HOSTS[0], env).catch(refusedBoot);
    if (broken === undefined) return 'no boot';
    const dials = await broken.ping(whole);
    if (dials === 'pong') await broken.disconnect(whole);
    const isDialled = await whole.ping(broken);
    if (logs !== undefined) {
      await eventually(`${logs} in a log`, () => logs.test(broken.log() + whole.log()) || undefined);
    }
    return `${dials} ${isDialled}` as const;
  });
}

async function start(
  erlang: ErlangCluster,
  runtime: Runtime,
  host: string,
  env: Readonly<Record<string, string>>,
): Promise<ErlangNode> {
  const args = ['-args_file', join(site.directoryOf(host), 'vm.args'), ...IMPATIENT];
  return erlang.startNode({ runtime, name: `node@${host}`, args, env });
}

function refusedBoot(error: unknown): undefined {
  if (!(error instanceof BootFailed)) throw error;
  return undefined;
}

function expected({ outcome }: Fault, otp: 25 | 27 | 29): Outcome {
  return typeof outcome === 'string' ? outcome : outcome[[25, 27, 29].indexOf(otp) as 0 | 1 | 2];
}

import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { eventually } from '../programs/eventually';
import { isAlive, processesWith } from './living';

const ENDS_WITH = join(__dirname, '../../../scripts/bootstrap/ends-with.cjs');

/** The variable by which this test knows what it started. */
const FAMILY = 'ENDS_WITH_TEST';

/** A separate session whose parent has ended: it cannot be found by its group or its parent. */
const DAEMON = "spawn('setsid', ['--fork', 'sleep', '600'], quiet)";

/** It does not end when it is asked to. */
const STUBBORN = "spawn('setsid', ['--fork', 'sh', '-c', 'trap : TERM INT HUP; while :; do sleep 600; done'], quiet)";

/** It is up after a while, and does not end by itself. */
const STAY_UP = "setTimeout(() => console.log('up'), 200); setInterval(() => undefined, 1000)";

const MANY = 8;

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('everything that a process started', () => {
  test.each<NodeJS.Signals>(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'])(
    'ends with it after %s, including a daemon',
    async (signal) => {
      const family = await startFamily(`${DAEMON}; ${STAY_UP}`);
      await family.endWith(signal);
    },
  );

  test('ends with it, even if it ignores every signal that can be ignored', async () => {
    const family = await startFamily(`${STUBBORN}; ${STAY_UP}`);
    await family.endWith('SIGKILL');
  });

  test('ends with it if it exits normally or by an error', async () => {
    for (const end of ['process.exit()', "throw new Error('on purpose')", 'process.abort()']) {
      const family = await startFamily(`${DAEMON}; console.log('up'); setTimeout(() => { ${end} }, 200)`);
      await family.isGone();
    }
  });

  test(`ends with it while it starts more, at ${MANY} moments`, async () => {
    for (let moment = 0; moment < MANY; moment += 1) {
      const family = await startFamily(`console.log('up'); setInterval(() => ${DAEMON}, 5)`);
      await family.endWith('SIGKILL', moment * 17);
    }
  }, 120_000);

  test('leaves none of the directories that were to go with it', async () => {
    for (const end of ['SIGKILL', 'SIGTERM'] as const) {
      const directory = join(tmpdir(), `erlang-tls-ends-with-${randomUUID()}`);
      const family = await startFamily(`
        removeWithThisProcess(${JSON.stringify(directory)});
        require('node:fs').mkdirSync(${JSON.stringify(join(directory, 'below'))}, { recursive: true });
        ${DAEMON}; ${STAY_UP}`);
      expect(existsSync(directory)).toBe(true);
      await family.endWith(end);
      await eventually('it is gone', () => (existsSync(directory) ? undefined : true), 20_000);
    }
  });

  test('ends on request, while the process itself continues', async () => {
    const family = await startFamily(
      `${DAEMON}; setTimeout(() => { endWhatWasStarted(); console.log('up'); setInterval(() => undefined, 1000); }, 200)`,
    );
    expect(family.processes()).toEqual([family.pid]);
    await family.endWith('SIGKILL');
  });

  test('is named, and waited for no longer, if it belongs to another user', () => {
    const { status, stderr, started } = endOnRequest(
      `const kill = process.kill;
       process.kill = (pid, signal) => {
         if (require('node:fs').readFileSync('/proc/' + pid + '/comm', 'utf8') !== 'sleep\\n') return kill.call(process, pid, signal);
         throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
       };`,
      "[spawn('sleep', ['600'], quiet), spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] })]",
    );
    expect(started.map(({ state }) => state)).toEqual(['S', 'Z']);
    expect(stderr).toBe(
      `cannot end all that was started: process ${started[0]?.pid} (sleep) belongs to another user\n`,
    );
    expect(status).toBe(0);
  });

  test('is named, and waited for no longer, if it does not end in time', () => {
    const { status, stderr, started } = endOnRequest(
      // No signal arrives, and time flies.
      `process.kill = () => true;
       const start = Date.now(), now = Date.now;
       Date.now = () => start + 20 * (now() - start);`,
      "[spawn('sleep', ['600'], quiet)]",
    );
    expect(started.map(({ state }) => state)).toEqual(['S']);
    expect(stderr).toBe(`cannot end all that was started: still there after 20 s: processes ${started[0]?.pid}\n`);
    expect(status).toBe(0);
  });
});

interface Child {
  readonly pid: number;
  /** As proc(5) has it, after `endWhatWasStarted`. */
  readonly state: string;
}

/** Lets a program start children and call `endWhatWasStarted`, whose process first evaluates `preloaded`. */
function endOnRequest(
  preloaded: string,
  children: string,
): { status: number | null; stderr: string; started: Child[] } {
  const directory = mkdtempSync(join(tmpdir(), 'erlang-tls-ends-with-'));
  try {
    const file = join(directory, 'preloaded.cjs');
    writeFileSync(file, preloaded);
    const script = `
      const { spawn } = require('node:child_process');
      const { readFileSync } = require('node:fs');
      const { endWithThisProcess, endWhatWasStarted } = require(${JSON.stringify(ENDS_WITH)});
      endWithThisProcess();
      const quiet = { stdio: 'ignore' };
      const children = ${children};
      process.env.NODE_OPTIONS = ${JSON.stringify(`--require=${file}`)};
      endWhatWasStarted();
      const stateOf = (pid) => /\\) (.)/.exec(readFileSync('/proc/' + pid + '/stat', 'utf8'))[1];
      console.log(JSON.stringify(children.map(({ pid }) => ({ pid, state: stateOf(pid) }))));
      process.exit();`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    return { status, stderr, started: JSON.parse(stdout) as Child[] };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

interface Family {
  readonly pid: number;
  /** All of the family that live, without the one that waits for their parent's end. */
  processes(): readonly number[];
  endWith(signal: NodeJS.Signals, afterMs?: number): Promise<void>;
  isGone(): Promise<void>;
}

let count = 0;

/** Runs a program in a separate process until it prints something. */
async function startFamily(program: string): Promise<Family> {
  const name = `${process.pid}-${(count += 1)}`;
  const script = `
    const { spawn } = require('node:child_process');
    const { endWithThisProcess, endWhatWasStarted, removeWithThisProcess } = require(${JSON.stringify(ENDS_WITH)});
    endWithThisProcess();
    process.env.${FAMILY} = '${name}';
    const quiet = { stdio: 'ignore' };
    ${program};`;
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(parent, 'exit');
  await once(parent.stdout, 'data');
  const pid = parent.pid ?? 0;
  const processes = (): readonly number[] => [
    ...(isAlive(pid) ? [pid] : []),
    ...processesWith(FAMILY, name).filter((one) => one !== pid),
  ];
  const isGone = async (): Promise<void> => {
    await ended;
    await eventually('nothing of it is left', () => (processes().length === 0 ? true : undefined), 30_000);
  };
  return {
    pid,
    processes,
    isGone,
    endWith: async (signal, afterMs = 0) => {
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      expect(processes()).toContain(pid);
      parent.kill(signal);
      await isGone();
    },
  };
}

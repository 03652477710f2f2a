import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

const MANY = 8;

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('everything that a process started', () => {
  test.each<NodeJS.Signals>(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'])(
    'ends with it after %s, including a daemon',
    async (signal) => {
      const family = await startFamily(`${DAEMON}; setTimeout(() => console.log('up'), 200)`);
      await family.endWith(signal);
    },
  );

  test('ends with it, even if it ignores every signal that can be ignored', async () => {
    const family = await startFamily(`${STUBBORN}; setTimeout(() => console.log('up'), 200)`);
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

  test('ends on request, while the process itself continues', async () => {
    const family = await startFamily(
      `${DAEMON}; setTimeout(() => { endWhatWasStarted(); console.log('up'); setInterval(() => undefined, 1000); }, 200)`,
    );
    expect(family.processes()).toEqual([family.pid]);
    await family.endWith('SIGKILL');
  });
});

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
    const { endWithThisProcess, endWhatWasStarted } = require(${JSON.stringify(ENDS_WITH)});
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

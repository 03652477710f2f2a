import { readFileSync } from 'node:fs';

import { findProgram, MissingProgram, ProgramKilled, runProgram } from './program';

describe('running a program', () => {
  test('returns the exit code and the output', async () => {
    const result = await runProgram('sh', ['-c', 'echo out; echo err >&2; exit 3']);
    expect(result).toMatchObject({ exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  test('ends a program that takes too long', async () => {
    const running = runProgram('sleep', ['600'], { timeoutMs: 100 });
    await expect(running).rejects.toThrow(/did not end within 100 ms/);
    await expect(running).rejects.toMatchObject({ timedOut: true });
  });

  test('also ends its children', async () => {
    const stop = new AbortController();
    let printed = '';
    const onOutput = (text: string): void => {
      printed += text;
      if (printed.includes('\n')) stop.abort();
    };
    const running = runProgram('sh', ['-c', 'sleep 600 & echo $!; wait'], { signal: stop.signal, onOutput });
    await expect(running).rejects.toThrow(ProgramKilled);
    await expect(running).rejects.toMatchObject({ timedOut: false });
    await until(() => hasEnded(Number(printed)));
  });

  test('names a missing program and says how to get it', () => {
    expect(findProgram('no-such-program')).toBeUndefined();
    expect(findProgram('sh')).toMatch(/\/sh$/);
    expect(new MissingProgram('go', 'install Go').message).toBe('"go" is not on the PATH: install Go');
  });
});

/** A killed process that its parent has not yet waited for still accepts signals, but no longer runs. */
function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(' Z ');
  } catch (error) {
    return ['ESRCH', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('the condition did not come true within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

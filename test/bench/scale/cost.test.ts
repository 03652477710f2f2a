import { costOf } from '../../../bench/scale/cost';
import { runProgram } from '../../../test/support/terraform';

/** Runs in a shell, which waits for it: a grandchild of this process, like Terraform's providers. */
const GRANDCHILD = 'node -e "const end = Date.now() + 500; while (Date.now() < end); process.memoryUsage()"; true';

test('the processor time of a program includes that of its children', async () => {
  const { processorSeconds, wallSeconds } = await costOf(async (onStart) => {
    await runProgram('sh', ['-c', GRANDCHILD], { onStart });
  });
  // Other work on the machine may take some of the half second.
  expect(processorSeconds).toBeGreaterThan(0.1);
  expect(wallSeconds).toBeGreaterThanOrEqual(0.5);
});

test('a program that sleeps costs no processor time, and its peak of memory is seen', async () => {
  const { processorSeconds, wallSeconds, peakMegabytes } = await costOf(async (onStart) => {
    await runProgram(process.execPath, ['-e', 'globalThis.kept = Buffer.alloc(100e6, 1); setTimeout(() => {}, 400)'], {
      onStart,
    });
  });
  expect(processorSeconds).toBeLessThan(wallSeconds);
  expect(peakMegabytes).toBeGreaterThan(100);
  expect(peakMegabytes).toBeLessThan(400);
});

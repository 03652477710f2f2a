// `npm test`: everything that has to hold, in a fresh clone too. Its last line is `N passed, N failed, N skipped`,
// where each step before the tests counts as one.
import { endWithParent } from './ends-with-parent.mjs';
import { installIfNeeded } from './install-if-needed.mjs';

endWithParent();
await installIfNeeded();

// Only now, because these modules may import installed packages.
const { runSteps } = await import('../checks/steps.mjs');
const { runJest } = await import('../checks/jest.mjs');

const steps = await runSteps();
const tests = await runJest();

const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => steps[key] + tests[key];
const failed = sum('failed');
console.log(`${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped`);
process.exitCode = failed === 0 ? 0 : 1;

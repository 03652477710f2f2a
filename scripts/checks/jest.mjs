import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { nodeModule } from '../bootstrap/paths.mjs';
import { run } from '../bootstrap/run.mjs';

/** Runs all jest projects and counts their tests. */
export async function runJest() {
  const directory = mkdtempSync(join(tmpdir(), 'cdktf-erlang-tls-jest-'));
  try {
    const results = join(directory, 'results.json');
    const code = await run(nodeModule('jest/bin/jest.js', ['--json', `--outputFile=${results}`]));
    return count(code, readResults(results));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * @typedef {object} JestResults the part of jest's JSON report that is used here
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {number} numRuntimeErrorTestSuites files that broke before any of their tests ran
 */

/**
 * A run that fails without a failing test (an unreadable report, a reporter's refusal, a broken set-up) or that
 * runs no test at all counts as one failure: the sum must never look better than the exit code.
 *
 * @param {number} code
 * @param {JestResults | undefined} results
 */
function count(code, results) {
  if (results === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const passed = results.numPassedTests;
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const isHiddenFailure = failed === 0 && (code !== 0 || passed === 0);
  return {
    passed,
    failed: isHiddenFailure ? 1 : failed,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

/**
 * @param {string} path
 * @returns {JestResults | undefined}
 */
function readResults(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    console.error(`jest left no report: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

// Says at the end of a run, once and loudly, what was skipped, why, and how to get it. On a build machine a skip that
// the list does not allow makes the run fail, also when a test was skipped by hand.
import { readFileSync } from 'node:fs';

import { inRoot } from '../bootstrap/paths.mjs';

/** The marker that test/support/programs/requires.ts writes into the title of a block that it skips. */
const marker = /\[skipped: needs ([^\]]+)\]/;

/** @typedef {Pick<import('@jest/test-result').AggregatedResult, 'testResults'>} Results */

export default class SkipReporter {
  /** @type {Error | undefined} */
  #error;

  /** @param {{ testNamePattern?: string }} globalConfig */
  constructor(globalConfig) {
    // With -t, jest counts every test that the pattern leaves out as skipped.
    this.isPartial = Boolean(globalConfig.testNamePattern);
  }

  /**
   * @param {unknown} _contexts
   * @param {Results} results
   */
  onRunComplete(_contexts, results) {
    if (this.isPartial) return;
    const skipped = countByReason(results);
    if (skipped.size === 0) return;
    console.log(
      ['', 'SKIPPED', ...[...skipped].map(([reason, tests]) => `  ${tests} tests: ${reason}`), ''].join('\n'),
    );
    if (process.env.CI === 'true') this.#refuse([...skipped.keys()].filter((reason) => !isAllowed(reason)));
  }

  getLastError() {
    return this.#error;
  }

  /** @param {string[]} reasons */
  #refuse(reasons) {
    if (reasons.length === 0) return;
    this.#error = new Error(`CI=true: not allowed by test/support/programs/allowed-skips.json: ${reasons.join('; ')}`);
    console.error(this.#error.message);
  }
}

/** @param {Results} results */
function countByReason({ testResults }) {
  /** @type {Map<string, number>} */
  const tests = new Map();
  for (const file of testResults) {
    for (const { status, fullName } of file.testResults) {
      if (status === 'passed' || status === 'failed') continue;
      const reason = marker.exec(fullName)?.[1] ?? `${status} by hand: ${fullName}`;
      tests.set(reason, (tests.get(reason) ?? 0) + 1);
    }
  }
  return tests;
}

/** @param {string} reason the marker's text begins with the names of the programs */
function isAllowed(reason) {
  const allowed = JSON.parse(readFileSync(inRoot('test/support/programs/allowed-skips.json'), 'utf8'));
  const names = reason.split(':')[0]?.split(', ') ?? [];
  return names.every((name) => name in allowed);
}

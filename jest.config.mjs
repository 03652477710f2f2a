import { mkdirSync } from 'node:fs';

// Where `new App()` of cdktf puts things. It looks, and then makes it: two test files at once would stumble over each other.
mkdirSync(new URL('cdktf.out', import.meta.url), { recursive: true });

/** Tests are transpiled, not type-checked: `tsc -p tsconfig.dev.json` does that once for all of them. */
const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022', keepClassNames: true },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    },
  ],
};

/** @param {string} displayName @param {string[]} testMatch */
const project = (displayName, testMatch) => ({
  displayName,
  testEnvironment: 'node',
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/dist/', 'cdktf\\.out/'],
  // The examples and their tests import the published name; no build is needed for that.
  moduleNameMapper: { '^cdktf-erlang-tls$': '<rootDir>/src/index.ts' },
  transform,
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
});

/** @type {import('jest').Config} */
export default {
  // One more than the cores of the smallest machine: real programs wait for each other a third of the time.
  maxWorkers: 3,
  // A deadline and no wait: a machine that does other things beside the tests is slow.
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/scripts/checks/jest-skip-reporter.mjs'],
  coverageDirectory: '<rootDir>/coverage',
  collectCoverageFrom: ['src/**/*.ts'],
  projects: [
    project('unit', [
      'test/model/**/*.test.ts',
      'test/constructs/**/*.test.ts',
      'test/cli/**/*.test.ts',
      'test/contract/**/*.test.ts',
      'test/bench/**/*.test.ts',
      'examples/**/*.test.ts',
    ]),
    project('laws', ['test/laws/**/*.test.ts']),
    {
      ...project('real', ['test/real/**/*.test.ts', 'test/support/**/*.test.ts']),
      globalSetup: '<rootDir>/test/support/terraform/global-setup.ts',
    },
  ],
};

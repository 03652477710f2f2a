import { isBuiltin } from 'node:module';
import { join } from 'node:path';

import { readRepository } from './repository';

/** Runs on a clone in which no npm package is installed yet. */
const BOOTSTRAP = 'scripts/bootstrap/';

const scripts = readRepository(`${BOOTSTRAP}*.mjs`);

test('there are scripts that run before anything is installed', () => {
  expect(scripts.map(({ path }) => path)).toContain(`${BOOTSTRAP}test.mjs`);
});

test.each(scripts.map(({ path, text }) => [path, text] as const))('%s needs no npm package', (path, text) => {
  expect(loadedFirst(text).filter((specifier) => !isAvailable(path, specifier))).toEqual([]);
});

test.each([
  ["import { readFileSync } from 'node:fs';", []],
  ["import { root } from './paths.mjs';", []],
  ["import eslint from 'eslint';", ['eslint']],
  ["import 'eslint';", ['eslint']],
  ["import { runSteps } from '../checks/steps.mjs';", ['../checks/steps.mjs']],
  ["const { runSteps } = await import('../checks/steps.mjs');", []],
])('imports of npm packages and of other folders are found in %s', (text, wanted) => {
  expect(loadedFirst(text).filter((specifier) => !isAvailable(`${BOOTSTRAP}script.mjs`, specifier))).toEqual(wanted);
});

/** The static imports: they load before the first line runs. */
function loadedFirst(text: string): string[] {
  return [...text.matchAll(/^import (?:[^;]*? from )?'([^']+)'/gm)].map(([, specifier = '']) => specifier);
}

function isAvailable(path: string, specifier: string): boolean {
  return isBuiltin(specifier) || (specifier.startsWith('.') && join(path, '..', specifier).startsWith(BOOTSTRAP));
}

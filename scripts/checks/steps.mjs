import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { inRoot, nodeModule, root } from '../bootstrap/paths.mjs';
import { run } from '../bootstrap/run.mjs';

/**
 * @typedef {'passed' | 'failed' | 'skipped'} Outcome
 * @typedef {object} Step
 * @property {string} name
 * @property {[command: string, args: string[]]} command
 * @property {string} [program] system program that the step needs
 * @property {string} [package] its Debian package, where the name is another
 * @property {{ command: [command: string, args: string[]], remedy: string }} [probe] fails if the step cannot run here
 * @property {string} [after] an earlier step of the lane, without whose success this one would say nothing new
 */

/** From the Go module proxy, which keeps its checksum; Go caches what it builds. */
const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

/**
 * One lane per core of the smallest machine we build on; within a lane the steps run one after the other.
 *
 * @type {Step[][]}
 */
const lanes = [
  [
    { name: 'type-check', command: nodeModule('typescript/bin/tsc', ['-p', 'tsconfig.dev.json']) },
    { name: 'eslint', command: nodeModule('eslint/bin/eslint.js', ['--max-warnings=0', ...cached('eslint/'), '.']) },
    {
      name: 'prettier',
      command: nodeModule('prettier/bin/prettier.cjs', [
        '--check',
        '--log-level=warn',
        ...cached('prettier.json'),
        '.',
      ]),
    },
  ],
  [
    // Before the build, which would make up for it.
    { name: 'embedded-drift', command: script('build/embed.mjs', '--check') },
    { name: 'build', command: script('build/build.mjs') },
    { name: 'api-drift', command: script('docs/api.mjs', '--check'), after: 'build' },
    { name: 'pack', command: script('checks/pack.mjs'), after: 'build' },
    {
      name: 'benchmark',
      command: script('bootstrap/bench.mjs', '--ci'),
      after: 'build',
      probe: {
        command: script('bootstrap/bench.mjs', '--probe'),
        remedy: 'it needs Terraform with its providers, from a registry or built with Go',
      },
    },
    {
      name: 'shellcheck',
      command: ['shellcheck', ['--external-sources', ...filesOf('.ci/run', '*.sh')]],
      program: 'shellcheck',
    },
    {
      name: 'actionlint',
      command: ['go', ['run', ACTIONLINT, ...filesOf('.github/workflows/*')]],
      program: 'go',
      package: 'golang-go',
      probe: {
        command: ['go', ['run', ACTIONLINT, '-version']],
        remedy: 'go cannot build it: it needs a Go module proxy',
      },
    },
  ],
];

/** Runs all steps, two at a time, and counts their outcomes. */
export async function runSteps() {
  const outcomes = (await Promise.all(lanes.map(runLane))).flat();
  const count = (/** @type {Outcome} */ wanted) => outcomes.filter((outcome) => outcome === wanted).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** @param {Step[]} steps */
async function runLane(steps) {
  /** @type {Map<string, Outcome>} */
  const outcomes = new Map();
  for (const step of steps) {
    const isPointless = step.after !== undefined && outcomes.get(step.after) === 'failed';
    outcomes.set(step.name, isPointless ? report(step, 'failed', `${step.after} failed`) : await runStep(step));
  }
  return [...outcomes.values()];
}

/**
 * @param {Step} step
 * @returns {Promise<Outcome>}
 */
export async function runStep(step) {
  if (step.program !== undefined && !isInstalled(step.program)) {
    return reportUnable(step, `${step.program} is missing, on Debian: apt-get install ${step.package ?? step.program}`);
  }
  if (step.probe !== undefined && (await run(step.probe.command, { label: step.name })) !== 0) {
    return reportUnable(step, step.probe.remedy);
  }
  const start = performance.now();
  const code = await run(step.command, { label: step.name });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  return report(step, code === 0 ? 'passed' : 'failed', `${seconds} s`);
}

/**
 * On a build machine, a step that cannot run counts as failed.
 *
 * @param {Step} step
 * @param {string} remedy
 */
function reportUnable(step, remedy) {
  return report(step, process.env.CI === 'true' ? 'failed' : 'skipped', remedy);
}

/**
 * @param {Step} step
 * @param {Outcome} outcome
 * @param {string} detail
 */
function report(step, outcome, detail) {
  console.log(`[${step.name}] ${outcome} (${detail})`);
  return outcome;
}

/** @param {string} program */
function isInstalled(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/**
 * Files under version control, and those about to be.
 *
 * @param {string[]} patterns
 */
function filesOf(...patterns) {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...patterns];
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && existsSync(inRoot(file)));
}

/**
 * @param {string} name
 * @param {string[]} args
 * @returns {[command: string, args: string[]]}
 */
function script(name, ...args) {
  return [process.execPath, [inRoot('scripts', name), ...args]];
}

/**
 * Arguments with which ESLint and Prettier remember the files they have seen, by content.
 *
 * @param {string} name
 */
function cached(name) {
  return ['--cache', '--cache-strategy=content', `--cache-location=${inRoot('node_modules', '.cache', name)}`];
}

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { endWithThisProcess } from './ends-with.cjs';
import { root } from './paths.mjs';
import { systemErrorText } from './system-error.cjs';

/**
 * Runs a child process, by default in the checkout, and resolves to its exit code. It never rejects: a program that cannot be
 * started, or that a signal ended, counts as failed. With a label, each line of its output carries that label, so
 * that the output of two parallel steps stays readable.
 *
 * @param {[command: string, args: string[]]} commandLine
 * @param {{ label?: string, cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function run([command, args], { label, cwd = root, env } = {}) {
  if (interrupted) return Promise.resolve(EXIT_CODE_OF_SIGINT);
  endWithThisProcess();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: label === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    if (label !== undefined) {
      prefixLines(child.stdout, label, process.stdout);
      prefixLines(child.stderr, label, process.stdout);
    }
    const release = passSignalsTo(child);
    child.on('error', (error) => {
      console.error(`${command} cannot be started: ${systemErrorText(error)}`);
      release();
      resolve(127);
    });
    child.on('close', (code, signal) => {
      if (signal !== null) console.error(`${label ?? command}: ended by ${signal}`);
      release();
      resolve(code ?? 1);
    });
  });
}

/**
 * @param {import('node:stream').Readable | null} stream
 * @param {string} label
 * @param {NodeJS.WritableStream} target
 */
function prefixLines(stream, label, target) {
  if (stream === null) return;
  createInterface({ input: stream }).on('line', (line) => target.write(`[${label}] ${line}\n`));
}

/** This process was asked to end: no further child is started. */
let interrupted = false;

/** What a shell reports for a program that Ctrl-C ended. */
const EXIT_CODE_OF_SIGINT = 130;

/** Signals that are passed on; any other end of this process is noticed from outside. */
const SIGNALS = /** @type {const} */ (['SIGHUP', 'SIGINT', 'SIGTERM']);

/**
 * This process outlives the child, which has nodes to stop and files to remove. The terminal sends Ctrl-C to both, so the child
 * may get it twice.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function passSignalsTo(child) {
  const pass = (/** @type {NodeJS.Signals} */ signal) => {
    interrupted = true;
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  return () => {
    for (const signal of SIGNALS) process.off(signal, pass);
  };
}

// Everything that this process starts ends with it, for any reason: also by SIGKILL, and also between the start of a program and the moment
// in which somebody could have noted it. CommonJS, so that scripts and tests load the same file.
const { spawn, spawnSync } = require('node:child_process');
const { randomUUID } = require('node:crypto');
const { join } = require('node:path');

const { systemErrorText } = require('./system-error.cjs');

/** Every process passes its environment on: a program is marked from its first moment, whoever its parent and its group are later. */
const MARKS = 'ERLANG_TLS_ENDS_WITH';

/** Halting and killing takes milliseconds; what is there after this time cannot be ended. */
const INSIST_MS = 20_000;

const END_MARKED = join(__dirname, 'end-marked.mjs');

/** @type {string | undefined} */
let mark;

/** @type {import('node:net').Socket | undefined} */
let toWatcher;

/**
 * From now on, what this process starts ends with it. Does nothing where processes cannot be found by their environment: that takes Linux.
 */
function endWithThisProcess() {
  if (mark !== undefined || process.platform !== 'linux') return;
  const own = randomUUID();
  // It waits for the end of its standard input, which the kernel closes with this process. It has the marks of others alone: those
  // who end this process end it, too.
  const watcher = spawn(process.execPath, [END_MARKED, own], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  toWatcher = /** @type {import('node:net').Socket} */ (watcher.stdin);
  toWatcher.unref();
  // Without a watcher, this process still removes what it made where it can.
  toWatcher.on('error', () => undefined);
  process.env[MARKS] = [process.env[MARKS] ?? [], own].flat().join(' ');
  mark = own;
}

/**
 * From now on, a directory goes away with this process and what it has started. Call it before the directory exists, and after
 * `endWithThisProcess`.
 *
 * @param {string} directory
 */
function removeWithThisProcess(directory) {
  toWatcher?.write(`${directory}\0`);
}

/**
 * Ends now, and before this returns, what this process has started since `endWithThisProcess`. Says on standard error what
 * it could not end.
 */
function endWhatWasStarted() {
  if (mark === undefined) return;
  const { [MARKS]: _, ...env } = process.env;
  const { error } = spawnSync(process.execPath, [END_MARKED, mark, '--now'], {
    cwd: '/',
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 2 * INSIST_MS,
    // It ignores the others.
    killSignal: 'SIGKILL',
  });
  if (error !== undefined) console.error(`cannot end all that was started: ${systemErrorText(error)}`);
}

/**
 * The marks, for a program that gets an environment of its own.
 *
 * @returns {Record<string, string>}
 */
function marks() {
  const inherited = process.env[MARKS];
  return inherited === undefined ? {} : { [MARKS]: inherited };
}

module.exports = { INSIST_MS, MARKS, endWithThisProcess, endWhatWasStarted, marks, removeWithThisProcess };

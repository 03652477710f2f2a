// Ends every process that has MARK in its environment, and what those started:
//
//   node end-marked.mjs MARK         once standard input ends; asks first, and insists after a while. Then it removes the directories
//                                    that standard input has named, each with a NUL after it
//   node end-marked.mjs MARK --now   at once, and until none is left
//
// Exits with 1, and tells which, if some could not be ended.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

import { INSIST_MS, MARKS } from './ends-with.cjs';

const [mark = '', now] = process.argv.slice(2);

/** A demo that is asked to end removes its files. */
const PATIENCE_MS = 5000;

/** Between its fork and its exec, a program has neither the mark nor, if its parent is dead, a parent by which it could be found. */
const QUIET_MS = now === undefined ? 1000 : 0;

const POLL_MS = 20;

/**
 * Processes of another user, such as a child of sudo(8): they get no signal from us.
 *
 * @type {Set<number>}
 */
const foreign = new Set();

// Ctrl-C is for the other processes.
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.on(signal, () => undefined);

/** The directories that were named until the end. */
async function endOfInput() {
  let input = '';
  try {
    for await (const text of process.stdin.setEncoding('utf8')) input += text;
  } catch {
    // The other end is closed, which is what this process waits for.
  }
  return input.split('\0').slice(0, -1);
}

/** Tells each process once to end, until none is left or the time is up. */
async function ask() {
  const asked = new Set();
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = markedProcesses();
    if (found.length === 0 || Date.now() > deadline) return;
    for (const { pid } of found.filter((one) => !asked.has(one.pid))) {
      send(pid, 'SIGTERM');
      asked.add(pid);
    }
    await setTimeout(POLL_MS);
  }
}

/**
 * Halts all before it kills any: what one starts while its end is on the way would have no parent by which it could be found.
 * Once the time is up, it kills what it finds and gives up.
 */
async function insist() {
  const deadline = Date.now() + INSIST_MS;
  /** @type {Set<number>} */
  let halted = new Set();
  let quietSince = Date.now();
  for (;;) {
    const found = markedProcesses();
    if (found.length === 0) {
      if (Date.now() - quietSince >= QUIET_MS) return;
    } else if (Date.now() > deadline) {
      for (const { pid } of found) send(pid, 'SIGKILL');
      complain(`still there after ${INSIST_MS / 1000} s: processes ${found.map(({ pid }) => pid).join(', ')}`);
      return;
    } else {
      quietSince = Date.now();
      if (found.every(({ pid }) => halted.has(pid))) for (const { pid } of found) send(pid, 'SIGKILL');
      else for (const { pid } of found) send(pid, 'SIGSTOP');
      halted = new Set(found.filter(({ state }) => HALTED.test(state)).map(({ pid }) => pid));
    }
    await setTimeout(POLL_MS);
  }
}

/**
 * @typedef {object} Process
 * @property {number} pid
 * @property {number} parent
 * @property {string} state
 */

/** Stopped, traced while stopped; or waiting for a child of vfork(2), which is halted itself: see proc(5). */
const HALTED = /^[TtD]$/;

/**
 * Those that live and may be signalled, and their descendants: a fork has the mark only when its program has started.
 */
function markedProcesses() {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? processOf(Number(name)) : []));
  const marked = new Set(all.filter(({ pid }) => isMarked(pid)));
  for (const { pid } of marked) for (const one of all) if (one.parent === pid) marked.add(one);
  return [...marked].filter(({ pid, state }) => !/^[ZX]$/.test(state) && !foreign.has(pid));
}

/** @param {number} pid */
function isMarked(pid) {
  const marks = read(pid, 'environ')
    .split('\0')
    .find((one) => one.startsWith(`${MARKS}=`));
  return (
    marks
      ?.slice(MARKS.length + 1)
      .split(' ')
      .includes(mark) ?? false
  );
}

/**
 * @param {number} pid
 * @returns {Process[]}
 */
function processOf(pid) {
  const stat = read(pid, 'stat');
  // State and parent follow the name, which stands in parentheses and may hold anything.
  const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat === '' ? [] : [{ pid, state, parent: Number(parent) }];
}

/**
 * @param {number} pid
 * @param {string} file
 */
function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It has ended, or is another user's.
    return '';
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // Any other error: it has just ended.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return;
    foreign.add(pid);
    complain(`process ${pid} (${read(pid, 'comm').trim()}) belongs to another user`);
  }
}

/** @param {string} reason */
function complain(reason) {
  console.error(`cannot end all that was started: ${reason}`);
  process.exitCode = 1;
}

const directories = now === undefined ? await endOfInput() : [];
if (now === undefined) await ask();
await insist();
for (const directory of directories) rmSync(directory, { recursive: true, force: true });

/** What real Erlang showed of each fault, kept in a file that the tests compare and the documentation is made from. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/** The broken node does not boot; or whether it reaches the other node, and whether that one reaches it. */
export type Outcome = 'no boot' | `${'pong' | 'pang'} ${'pong' | 'pang'}`;

/** One run with the broken node and a whole one. A list is left out where it is empty: a log without a word. */
export interface Seen {
  readonly outcome: Outcome;
  /** What the broken node logged. */
  readonly own?: readonly string[];
  /** What the other node logged. */
  readonly other?: readonly string[];
}

/** By fault, then by release. */
export type SeenFaults = Readonly<Record<string, Readonly<Record<string, Seen>>>>;

const FILE = join(__dirname, 'seen.json');

export function seenFaults(): SeenFaults {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as SeenFaults) : {};
}

/** For comparisons: processes of one node log in either order. */
export function inAnyOrder(seen: Seen | undefined): Seen | undefined {
  const sorted = (lines?: readonly string[]): readonly string[] | undefined => lines && [...lines].sort();
  return seen && { ...seen, own: sorted(seen.own), other: sorted(seen.other) };
}

/** Keeps what was seen, where a developer asked for that. What differs in order alone stays as it was. */
export function keepSeen(fault: string, otp: number, seen: Seen): void {
  const all = seenFaults();
  if (isDeepStrictEqual(inAnyOrder(all[fault]?.[otp]), inAnyOrder(seen))) return;
  writeFileSync(FILE, `${JSON.stringify({ ...all, [fault]: { ...all[fault], [otp]: seen } }, undefined, 2)}\n`);
}

/**
 * The reports of a log, one line each, without what differs from run to run and from version to version: times, process ids, lines of source.
 * That an alert of the other side has come is left out: it is lost where the connection is closed at once.
 */
export function reportsIn(log: string, directory: string): readonly string[] {
  const reports = log
    .replaceAll('\r', '')
    .replaceAll(directory, 'DIR')
    .replace(/\S*\/erlang-cluster-\w+\/[^/\s]+/g, 'CWD')
    .split(/^=[A-Z ]+ REPORT==== .*===$/m)
    .map((report) => report.replace(/\s+/g, ' ').trim());
  const lines = reports.flatMap((report) => lineOf(report) ?? []);
  return [...new Set(lines)];
}

function lineOf(report: string): string | undefined {
  if (report === '' || ECHO.test(report)) return undefined;
  const [, alert] = / generated (?:SERVER|CLIENT) ALERT: (.*)$/.exec(report) ?? [];
  if (alert !== undefined) return shortened(alert);
  return shortened(
    (/^crasher: .*? (exception .*)$/.exec(report)?.[1] ?? report).replace(REASON, '$1').replace(PROCESS, '$1: $2'),
  );
}

/** Alerts of the other side, connections that it or the test closed, and supervisor reports about crashes that are logged separately. */
const ECHO = / received (SERVER|CLIENT) ALERT: |^supervisor: |\{badmatch,\{error,closed\}\}|\{shutdown, ?dist_closed\}/;

/** What crashed, before all that is different each time. */
const REASON = /^(?:\*\* )?(State machine|TLS distribution handshake failed|exception error: .*? matching \w+:\w+).*/;

/** The process that ended, its place in the source, and a key decrypted with a wrong password differ between runs and releases. */
const PROCESS = /^(Error in process) <.*?> on node '.*?' with exit value: (.*?(?:\{asn1,|(?=, ?\[\{file,))).*/;

/** Certificates and lists as bytes, whose number differs with their signatures. Erlang may break off the last one. */
const BYTES = /<<\d+(?:, ?\d+){15,}(?:>>|[^>]*$)/g;

/** Some reasons are whole certificates. */
const LONGEST = 160;

/** Erlang breaks terms into lines by the width that is left. */
function shortened(text: string): string {
  const term = text
    .replace(/([,{[]) (?=[{["'<])/g, '$1')
    .replace(BYTES, '<<…>>')
    .replaceAll('<<…>>, ', '<<…>>,');
  return term.length <= LONGEST ? term : `${term.slice(0, LONGEST)}…`;
}

/** Why a node did not boot, of all that it printed. */
export function reasonIn(output: string, directory: string): readonly string[] | undefined {
  // Before it has booted, a VM writes characters beyond ASCII in one encoding or the other, and text of them as text or as numbers.
  const text = output
    .replaceAll(directory, 'DIR')
    .replace(/\s+/g, ' ')
    .replace(/[^\x20-\x7e]+/g, '?');
  const [reason] =
    /Failed to open arguments file "[^"]*"|\{bad_ssl_dist_optfile, ?\{encoding_error,|\{bad_ssl_dist_optfile,.*?(?=,\s?\[\{)|\{bad_environment_value,|\{unbound_var,[^}]*\}|\{badarg,\[\{ets,insert,\[ssl_dist_opts/.exec(
      text,
    ) ?? [];
  const said = shortened(reason ?? text.trim());
  return said === '' ? undefined : [said];
}

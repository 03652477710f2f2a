import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { firstValue } from '../../model/erlang/flags/flag-use';
import { pathsOf } from '../../model/erlang/options/tls-settings';
import {
  ANSWER_PROGRAM,
  DIAL_PROGRAM,
  HANDSHAKE_PROGRAM,
  RELEASE_PROGRAM,
} from '../../model/erlang/programs/preflight';
import { type Finding, finding, printable } from '../../model/findings/finding';
import { readIpAddress } from '../../model/network/ip-address';
import type { InstalledNode } from '../../model/observed/files/installed-node';
import { leafOf } from '../../model/observed/files/material';
import type { Releases } from '../../model/otp/releases';
import {
  ERL_NODES_CANNOT_CONNECT,
  ERL_NOT_RUN,
  ERL_REJECTS_OPTIONS,
  ERL_RELEASE_DIFFERS,
} from '../../model/rules/probe/erl-pair';
import { UsageError } from '../command';
import { systemErrorText } from '../system-error';

/** Enough to start a VM and complete a handshake on a busy machine. */
const DEADLINE_MS = 60_000;

/** The result of trying the files of nodes with a real erl. */
export interface ErlResult {
  readonly findings: readonly Finding[];
  /** For people. */
  readonly text: string;
}

/** Tries the files of each node with a real erl, one node after the other: each starts virtual machines. */
export async function tryWithErl(erl: string, nodes: readonly InstalledNode[], releases: Releases): Promise<ErlResult> {
  const release = await releaseOf(erl);
  const findings: Finding[] = [];
  if (releases.excludes(release)) {
    findings.push(
      finding(ERL_RELEASE_DIFFERS, { subject: erl, got: release, detail: `the nodes run ${releases.text}` }),
    );
  }
  let text = `tried with ${erl}, OTP ${release}\n`;
  for (const node of nodes.filter(({ isTools }) => !isTools)) {
    findings.push(...(await erlFindings(erl, node)));
    const why = whyNoPair(node);
    if (why !== undefined) text += `  no pair of nodes was started for ${node.label}: ${why}\n`;
  }
  return { findings, text: text.split('\n').map(printable).join('\n') };
}

async function releaseOf(erl: string): Promise<string> {
  const [release] = await linesOf(start(erl, ['-eval', RELEASE_PROGRAM], {}));
  if (release !== undefined && /^\d+$/.test(release)) return release;
  throw new UsageError(`${erl} did not answer: is it an erl?`);
}

/**
 * Tries the options of a node with a real `erl`. With an option file it completes a handshake with itself; then two nodes dial each other, with
 * the option file or with the node's own `-ssl_dist_opt`.
 */
async function erlFindings(erl: string, node: InstalledNode): Promise<readonly Finding[]> {
  const { label, optionFile } = node;
  const options = optionsOf(node);
  const host = node.host ?? namedBy(node) ?? 'localhost';
  if (options === undefined) return [finding(ERL_NOT_RUN, { subject: label })];
  const file = optionFile?.kind === 'file' ? optionFile.path : undefined;
  requireInstalled(node, file);
  const refused = file === undefined ? [] : await handshake(erl, file, host);
  if (refused.length > 0)
    return refused.map((detail) => finding(ERL_REJECTS_OPTIONS, { subject: file ?? label, detail }));
  if (whyNoPair(node) !== undefined) return file === undefined ? [finding(ERL_NOT_RUN, { subject: label })] : [];
  const apart = await pair(erl, options, host);
  return apart.map((detail) => finding(ERL_NODES_CANNOT_CONNECT, { subject: label, detail }));
}

/** TLS options as flags. Absent if the node has none. */
function optionsOf({ optionFile, flags }: InstalledNode): readonly string[] | undefined {
  if (optionFile?.kind === 'file') return ['-ssl_dist_optfile', optionFile.path];
  const flat = flags?.uses.filter(({ name }) => name === 'ssl_dist_opt') ?? [];
  return flat.length === 0 ? undefined : flat.flatMap(({ values }) => ['-ssl_dist_opt', ...values]);
}

/** Refuses if the files are not at the paths in the options: erl reads those paths. */
function requireInstalled({ sides }: InstalledNode, optionFile: string | undefined): void {
  const [path] = sides.flatMap(({ options }) => pathsOf(options));
  const needed = [optionFile, path && dirname(path)].filter((one) => one !== undefined);
  if (needed.every((one) => existsSync(one))) return;
  throw new UsageError(`--erl needs the files at the paths in the options (${path ?? ''}): run it on the node`);
}

/** Host in the certificate, for a node whose flags and directory name none. */
function namedBy({ sides }: InstalledNode): string | undefined {
  return sides.map(({ material }) => leafOf(material)?.dnsNames[0]).find((name) => name !== undefined);
}

/** Why no pair of nodes can be started: the module of another protocol is not available, and an address cannot be resolved to this machine. */
function whyNoPair({ host, flags }: InstalledNode): string | undefined {
  const protocol = firstValue('proto_dist', flags?.uses) ?? 'inet_tls';
  if (protocol !== 'inet_tls') return `its protocol is ${protocol}`;
  if (host === undefined) return 'its host is unknown';
  return readIpAddress(host) === undefined ? undefined : 'its host is an address';
}

/** The messages of the sides that failed. */
async function handshake(erl: string, optionFile: string, host: string): Promise<string[]> {
  const said = await linesOf(start(erl, ['-eval', HANDSHAKE_PROGRAM, '-extra', optionFile, host], {}));
  if (said.length === 0) throw new UsageError(`${erl} did not answer: is it an erl with the ssl application?`);
  return said.filter((line) => !/^(client|server) ok$/.test(line));
}

/** Starts two nodes with names of their own on that host, which they resolve to this machine, and an epmd of their own. */
async function pair(erl: string, options: readonly string[], host: string): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'erlang-tls-'));
  const epmdPort = await freePort();
  try {
    const names = ['check1', 'check2'].map((name) => `${name}-${process.pid}@${host}`) as [string, string];
    const resolver = join(directory, 'inetrc');
    writeFileSync(resolver, `{lookup,[file]}.\n{host,{127,0,0,1},[${JSON.stringify(host)}]}.\n`);
    const cookieFile = join(directory, '.erlang.cookie');
    writeFileSync(cookieFile, randomBytes(12).toString('hex'), { mode: 0o400 });
    const env = {
      HOME: directory,
      ERL_INETRC: resolver,
      ERL_EPMD_PORT: String(epmdPort),
      ERL_EPMD_ADDRESS: '127.0.0.1',
    };
    const node = (name: string, program: string, other: string): ChildProcess =>
      start(
        erl,
        [
          ...[host.includes('.') ? '-name' : '-sname', name, '-proto_dist', 'inet_tls', ...options],
          ...['-kernel', 'inet_dist_use_interface', '{127,0,0,1}', '-eval', program, '-extra', other],
        ],
        env,
      );
    const answering = node(names[1], ANSWER_PROGRAM, names[0]);
    const answers = linesOf(answering);
    await Promise.race([answers, readiness(answering)]);
    const dialling = await linesOf(node(names[0], DIAL_PROGRAM, names[1]));
    if (!dialling.includes('dialled pong')) answering.kill('SIGKILL');
    await answers;
    return ['dials pong', 'dialled pong']
      .filter((line) => !dialling.includes(line))
      .map((line) => line.replace('pong', 'pang'));
  } finally {
    await stopEpmd(epmdPort);
    rmSync(directory, { recursive: true, force: true });
  }
}

function start(erl: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  if (erl === '' || erl.includes('\0')) throw new UsageError('--erl needs the path or the name of an erl');
  return spawn(erl, ['-noinput', '-boot', 'no_dot_erlang', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    // Flags for the caller's own nodes must not apply to this one.
    env: { ...process.env, ERL_FLAGS: '', ERL_AFLAGS: '', ERL_ZFLAGS: '', ERL_CRASH_DUMP_SECONDS: '0', ...env },
  });
}

/** The lines that a program prints until it exits. */
async function linesOf(child: ChildProcess): Promise<string[]> {
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
  await new Promise<void>((resolve, reject) => {
    child.once('error', (error) =>
      reject(new UsageError(`--erl=${child.spawnfile} cannot be started: ${systemErrorText(error)}`)),
    );
    child.once('close', () => resolve());
  }).finally(() => clearTimeout(timer));
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map(printable);
}

async function readiness(child: ChildProcess): Promise<void> {
  for (let text = ''; !text.includes('ready ');) {
    const [more] = (await once(child.stdout ?? child, 'data')) as unknown[];
    text += String(more);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** `epmd -kill`: two bytes of length, then `k`. It refuses until it has noticed that its last node is gone. */
async function stopEpmd(port: number): Promise<void> {
  for (let left = 100; left > 0; left -= 1) {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString('latin1')));
      socket.once('error', () => resolve('nobody'));
      socket.once('close', () => resolve(text));
      socket.once('connect', () => socket.write(Buffer.from([0, 1, 'k'.charCodeAt(0)])));
    });
    if (!answer.startsWith('NO')) return;
  }
}

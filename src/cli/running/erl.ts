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

/** A start, a handshake and a pause on a busy machine. */
const DEADLINE_MS = 60_000;

/** What an erl says of nodes, and what it was asked. */
export interface ErlAnswer {
  readonly findings: readonly Finding[];
  /** For people. */
  readonly text: string;
}

/** One node after the other: each starts virtual machines. */
export async function askErl(erl: string, nodes: readonly InstalledNode[], releases: Releases): Promise<ErlAnswer> {
  const release = await releaseOf(erl);
  const findings: Finding[] = [];
  if (releases.excludes(release)) {
    findings.push(
      finding(ERL_RELEASE_DIFFERS, { subject: erl, got: release, detail: `the nodes run ${releases.text}` }),
    );
  }
  let text = `${erl}, of OTP ${release}, was asked\n`;
  for (const node of nodes.filter(({ isTools }) => !isTools)) {
    findings.push(...(await erlFindings(erl, node)));
    const why = whyNoPair(node);
    if (why !== undefined) text += `  two nodes were not started for ${node.label}: ${why}\n`;
  }
  return { findings, text: text.split('\n').map(printable).join('\n') };
}

async function releaseOf(erl: string): Promise<string> {
  const [release] = await linesOf(start(erl, ['-eval', RELEASE_PROGRAM], {}));
  if (release !== undefined && /^\d+$/.test(release)) return release;
  throw new UsageError(`${erl} did not answer: is it an erl?`);
}

/**
 * Lets a real `erl` say the last word on a node's options. With an option file it shakes hands with itself; then two nodes dial each other, with
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

/** As flags. Undefined where the node has none. */
function optionsOf({ optionFile, flags }: InstalledNode): readonly string[] | undefined {
  if (optionFile?.kind === 'file') return ['-ssl_dist_optfile', optionFile.path];
  const flat = flags?.uses.filter(({ name }) => name === 'ssl_dist_opt') ?? [];
  return flat.length === 0 ? undefined : flat.flatMap(({ values }) => ['-ssl_dist_opt', ...values]);
}

/** Where the options look elsewhere, an erl would look there, too. */
function requireInstalled({ sides }: InstalledNode, optionFile: string | undefined): void {
  const [path] = sides.flatMap(({ options }) => pathsOf(options));
  const needed = [optionFile, path && dirname(path)].filter((one) => one !== undefined);
  if (needed.every((one) => existsSync(one))) return;
  throw new UsageError(`--erl needs the files where the options name them (${path ?? ''}): run it on the node`);
}

/** Without a name in flags or in the directory, the certificate says for whom it is. */
function namedBy({ sides }: InstalledNode): string | undefined {
  return sides.map(({ material }) => leafOf(material)?.dnsNames[0]).find((name) => name !== undefined);
}

/** Another protocol's module is not at hand here, and an address leads to the host itself and not to this machine. */
function whyNoPair({ host, flags }: InstalledNode): string | undefined {
  const protocol = firstValue('proto_dist', flags?.uses) ?? 'inet_tls';
  if (protocol !== 'inet_tls') return `its protocol is ${protocol}`;
  if (host === undefined) return 'its host is not known';
  return readIpAddress(host) === undefined ? undefined : 'its host is an address';
}

/** What the sides said, where it was not `ok`. */
async function handshake(erl: string, optionFile: string, host: string): Promise<string[]> {
  const said = await linesOf(start(erl, ['-eval', HANDSHAKE_PROGRAM, '-extra', optionFile, host], {}));
  if (said.length === 0) throw new UsageError(`${erl} did not answer: is it an erl with the ssl application?`);
  return said.filter((line) => !/^(client|server) ok$/.test(line));
}

/** Two nodes with names of their own on that host, which is this machine to them, and an epmd of their own. */
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
    // Flags of the caller's own nodes would make another node of this one.
    env: { ...process.env, ERL_FLAGS: '', ERL_AFLAGS: '', ERL_ZFLAGS: '', ERL_CRASH_DUMP_SECONDS: '0', ...env },
  });
}

/** Its lines, once it has ended. */
async function linesOf(child: ChildProcess): Promise<string[]> {
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
  await new Promise<void>((resolve, reject) => {
    child.once('error', (error) => reject(new UsageError(`erl cannot be started: ${error.message}`)));
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

/** `epmd -kill`: two bytes of length, then `k`. It says no as long as it has not noticed that its last node is gone. */
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

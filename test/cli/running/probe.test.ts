/** What of a probe needs no node: targets, and an epmd that answers in ways of its own. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

import { type ProbeTarget, probeTarget } from '../../../src/cli/running/probe';
import { Workshop } from '../../support/broken/workshop';
import { runCli } from '../../support/cli/run-cli';
import { requires } from '../../support/programs/requires';

interface Told {
  readonly probed: { readonly node: string; readonly absence?: string }[];
  readonly findings: { readonly code: string; readonly message: string }[];
}

test.each([
  ['', 'is not host, name@host, host:port'],
  ['a@', 'is not host, name@host, host:port'],
  ['@db1', 'is not host, name@host, host:port'],
  [':1', 'is not host, name@host, host:port'],
  ['a b', 'is not host, name@host, host:port'],
  ['db1:', 'is not a port: use 1 to 65535'],
  ['db1:0', 'is not a port'],
  ['db1:70000', 'is not a port'],
  ['db1:x', 'is not a port'],
  ['[::1]:1e3', 'is not a port'],
  ['[::1', 'is not host, name@host, host:port, or [address]:port'],
  ['[db1]:9100', 'is not host, name@host, host:port, or [address]:port with an IPv6 address'],
  ['::1::2', 'is not host, name@host, host:port, or [address]:port with an IPv6 address'],
  ['a@[::1]', 'is not the name of a node: its host is without brackets and port (a@::1)'],
  ['a@[::1]:9100', 'its host is without brackets and port (a@::1); for a port, give host:port or [address]:port'],
  ['a@db1:9100', 'its host is without brackets and port (a@db1)'],
])('--probe=%s is refused', async (target, message) => {
  const { exitCode, err } = await runCli(['check', `--probe=${target}`]);
  expect([exitCode, err]).toEqual([2, expect.stringContaining(message)]);
});

test.each<[string, Partial<ProbeTarget>]>([
  ['::1', { host: '::1' }],
  ['fe80::1%eth0', { host: 'fe80::1%eth0' }],
  ['[::1]', { host: '::1' }],
  ['[::1]:9100', { host: '::1', port: 9100 }],
  ['a@::1', { host: '::1', name: 'a' }],
  ['db1', { host: 'db1' }],
  ['db1:9100', { host: 'db1', port: 9100 }],
  ['a@db1', { host: 'db1', name: 'a' }],
])('--probe=%s is read', (text, expected) => {
  expect(probeTarget(text, {})).toEqual({ label: text, epmdPort: 4369, ...expected });
});

test('an ERL_EPMD_PORT that is not a port is refused', async () => {
  const { exitCode, err } = await runCli(['check', '--probe=db1'], { env: { ERL_EPMD_PORT: 'epmd' } });
  expect([exitCode, err]).toEqual([2, expect.stringContaining('ERL_EPMD_PORT=epmd is not a port')]);
});

requires('openssl')('a server that is no node', () => {
  test('that closes the connection without an alert is not reported as requiring a certificate', async () => {
    const workshop = new Workshop(mkdtempSync(join(tmpdir(), 'probed-server-')));
    const { key, certificate } = workshop.root('localhost');
    const server = createTlsServer({ key, cert: certificate }, (socket) => socket.end());
    try {
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      const { out } = await runCli(['check', `--probe=127.0.0.1:${port}`]);
      expect(out).toContain('may require a client certificate');
    } finally {
      server.close();
      rmSync(workshop.directory, { recursive: true });
    }
  });
});

describe('an epmd', () => {
  let server: Server;
  let sockets: Socket[];

  beforeEach(() => {
    sockets = [];
    server = createServer();
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await once(server.close(), 'close');
  });

  test('that knows two names gets both probed', async () => {
    const closed = await closedPort();
    const names = ['a', 'b'].map((name) => `name ${name} at port ${closed}\n`).join('');
    const { probed, findings } = await told('127.0.0.1', (socket) => socket.end(`\0\0\x11\x11${names}`));
    expect(probed.map(({ node }) => node)).toEqual(['a@127.0.0.1', 'b@127.0.0.1']);
    expect(findings.map(({ code }) => code)).toEqual(['probe-no-answer', 'probe-no-answer']);
    expect(probed[0]?.absence).toBe('connection refused');
  });

  test.each<[string, (socket: Socket) => void, string]>([
    ['with nothing', (socket) => socket.end(), 'epmd knows no node'],
    ['with no names', (socket) => socket.end('\0\0\x11\x11'), 'epmd knows no node'],
    ['without an end', (socket) => pour(socket), 'its answer does not end'],
    ['with a byte now and then, and without an end', (socket) => drip(socket), 'no answer within'],
  ])('that answers %s is reported', async (_title, answer, message) => {
    const { probed, findings } = await told('127.0.0.1', answer);
    expect(probed[0]?.absence).toContain(message);
    expect(findings.map(({ code }) => code)).toEqual(['probe-no-answer']);
    expect(findings[0]?.message).toContain(message);
  });

  test('that does not answer is reported', async () => {
    const env = { ERL_EPMD_PORT: String(await closedPort()) };
    const { out } = await runCli(['check', '--json', '--probe=db1@127.0.0.1'], { env });
    expect((JSON.parse(out) as Told).probed[0]?.absence).toMatch(/^epmd at port \d+: connection refused$/);
  });

  async function told(target: string, answer: (socket: Socket) => void): Promise<Told> {
    server.on('connection', (socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => answer(socket));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const env = { ERL_EPMD_PORT: String((server.address() as AddressInfo).port) };
    return JSON.parse((await runCli(['check', '--json', `--probe=${target}`], { env })).out) as Told;
  }
});

function pour(socket: Socket): void {
  socket.write('x'.repeat(100_000));
}

function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write('x'), 200);
  socket.once('close', () => clearInterval(timer));
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

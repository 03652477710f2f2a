/** A port on the network of a machine, behind which is one of this system. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Machine } from './machine';

/** Network namespaces share no loopback, but they share files: a socket in one joins the two ends. */
export class Relay {
  /** Listens on that port of the machine's loopback. Call `stop` in `afterAll`. */
  static async start(machine: Machine, port: number, target: () => number): Promise<Relay> {
    const directory = mkdtempSync(join(tmpdir(), 'relay-'));
    const socket = join(directory, 'socket');
    const inner = createServer((client) => {
      const server = connect(target(), '127.0.0.1');
      client.pipe(server).pipe(client);
      client.on('error', () => server.destroy());
      server.on('error', () => client.destroy());
    });
    inner.listen(socket);
    await once(inner, 'listening');
    const outer = spawn('nsenter', [...machine.beside, process.execPath, '-e', OUTER, socket, String(port)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const relay = new Relay(directory, inner, outer);
    try {
      await once(outer.stdout, 'data', { signal: AbortSignal.timeout(START_MS) });
    } catch (error) {
      await relay.stop();
      throw error;
    }
    return relay;
  }

  private constructor(
    private readonly directory: string,
    private readonly inner: Server,
    private readonly outer: ChildProcess,
  ) {}

  async stop(): Promise<void> {
    if (this.outer.exitCode === null && this.outer.signalCode === null) {
      const ended = once(this.outer, 'exit');
      this.outer.stdin?.end();
      await ended;
    }
    this.inner.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

const START_MS = 30_000;

/** Ends with its standard input. */
const OUTER = `
  const { connect, createServer } = require('node:net');
  const [socket, port] = process.argv.slice(1);
  process.stdin.on('end', () => process.exit()).resume();
  createServer((client) => {
    const server = connect(socket);
    client.pipe(server).pipe(client);
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
  }).listen(Number(port), '127.0.0.1', () => console.log('ready'));
`;

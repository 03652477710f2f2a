/** A server for Terraform's HTTP backend, on the loopback interface, with one state in memory. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class HttpBackend {
  static async start(): Promise<HttpBackend> {
    const server = createServer();
    const backend = new HttpBackend(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return backend;
  }

  /** Empty as long as there is no state. */
  state: Buffer = Buffer.alloc(0);
  /** What the holder of the lock says of itself. */
  private lock?: Buffer;

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      bodyOf(request).then(
        (body) => {
          const [status, answer] = this.answer(request.method ?? '', body);
          response.writeHead(status).end(answer);
        },
        () => response.destroy(),
      );
    });
  }

  /** The block that makes Terraform use it. */
  get configuration(): object {
    const address = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
    return { http: { address, lock_address: address, unlock_address: address } };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(method: string, body: Buffer): [status: number, answer?: Buffer] {
    switch (method) {
      case 'GET':
        return this.state.length === 0 ? [204] : [200, this.state];
      case 'POST':
        this.state = body;
        return [200];
      case 'LOCK':
        if (this.lock !== undefined) return [423, this.lock];
        this.lock = body;
        return [200];
      case 'UNLOCK':
        this.lock = undefined;
        return [200];
      default:
        return [405];
    }
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

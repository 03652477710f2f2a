/** A real OpenBao, which has the API of HashiCorp Vault, on ports of the loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';

import { marks } from '../../../scripts/bootstrap/ends-with.cjs';
import { eventually } from '../programs/eventually';
import { OPENBAO } from '../programs/requires';

const TOKEN = 'root-of-the-tests';
const START_MS = 30_000;

/** Paths of the two engines: the root signs the issuing CA, and that one signs for nodes. */
const ENGINES = ['root', 'pki'];

/** A server in memory. Terraform reaches it through a gate, which can stay open for some signatures only. */
export class OpenBao {
  /** Starts a server with a root CA, an issuing CA, and roles: `node`, `any`, `tool`, `careless`. Call `stop` in `afterAll`. */
  static async start(): Promise<OpenBao> {
    const address = `127.0.0.1:${await freePort()}`;
    const args = ['-dev', '-dev-no-store-token', `-dev-root-token-id=${TOKEN}`, `-dev-listen-address=${address}`];
    const server = spawn(OPENBAO, ['server', ...args], {
      env: { HOME: '/nonexistent', ...marks() },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const bao = new OpenBao(server, address);
    try {
      await eventually('OpenBao answers', async () => (await bao.isReady()) || undefined, START_MS);
      await bao.openGate();
      await bao.setUp();
    } catch (error) {
      await bao.stop();
      throw error;
    }
    return bao;
  }

  /** Certificate of the root, as PEM. */
  rootPem = '';
  /** Certificate of the CA that signs for nodes, as PEM. */
  issuingPem = '';

  /** How the gate passes on the data of secrets: as it is, cut off in the middle, or half of it as if that were all. */
  secrets: 'whole' | 'cut-off' | 'half' = 'whole';

  /** Paths that were asked for at the gate. */
  readonly asked: string[] = [];

  private port = 0;
  private said = '';
  private gate?: Server;
  private left = Infinity;
  private atGate: () => Promise<unknown> = () => Promise.resolve();

  private constructor(
    private readonly server: ChildProcess,
    private readonly address: string,
  ) {
    server.stdout?.on('data', (text: Buffer) => (this.said += text.toString()));
  }

  /** For the provider of Terraform. */
  get env(): Readonly<Record<'VAULT_ADDR' | 'VAULT_TOKEN', string>> {
    return { VAULT_ADDR: `http://127.0.0.1:${this.gatePort}`, VAULT_TOKEN: TOKEN };
  }

  /** Where others find the gate, on the loopback of this system. */
  get gatePort(): number {
    return this.port;
  }

  /** Answers so many orders for certificates, then does something, and passes on what comes after. */
  after(signatures: number, act: () => Promise<unknown>): void {
    this.left = signatures;
    this.atGate = act;
  }

  async seal(): Promise<void> {
    await this.call('PUT', 'sys/seal');
  }

  async unseal(): Promise<void> {
    const [, key] = /Unseal Key: (\S+)/.exec(this.said) ?? [];
    await this.call('PUT', 'sys/unseal', { key });
  }

  /** Closes the gate: nobody can reach the server. */
  async closeGate(): Promise<void> {
    this.gate?.closeAllConnections();
    this.gate?.close();
    await Promise.resolve();
  }

  /** Opens it at the same port. */
  async openGate(): Promise<void> {
    const port = this.gate === undefined ? 0 : this.port;
    this.gate = createServer((request, response) => void this.pass(request, response));
    this.gate.listen(port, '127.0.0.1');
    await once(this.gate, 'listening');
    this.port = (this.gate.address() as AddressInfo).port;
  }

  async revoke(serialNumber: string): Promise<void> {
    await this.call('PUT', 'pki/revoke', { serial_number: serialNumber });
  }

  /** The list of the issuing CA, as PEM. */
  async revocationList(): Promise<string> {
    return (await fetch(`http://${this.address}/v1/pki/crl/pem`)).text();
  }

  async stop(): Promise<void> {
    await this.closeGate();
    if (this.server.exitCode !== null) return;
    const ended = once(this.server, 'exit');
    this.server.kill('SIGKILL');
    await ended;
  }

  private async isReady(): Promise<boolean> {
    if (this.server.exitCode !== null) throw new Error(`OpenBao ended: ${this.said}`);
    // The first answers may come before the engines are there.
    return fetch(`http://${this.address}/v1/sys/health`)
      .then(({ status }) => status === 200)
      .catch(() => false);
  }

  private async setUp(): Promise<void> {
    for (const path of ENGINES) {
      await this.call('POST', `sys/mounts/${path}`, { type: 'pki', config: { max_lease_ttl: '87600h' } });
    }
    const root = { common_name: 'Company Root', key_type: 'ec', key_bits: 256, ttl: '80000h' };
    this.rootPem = textOf(await this.call('POST', 'root/root/generate/internal', root), 'certificate');
    const asked = { common_name: 'Company Issuing CA', key_type: 'ec', key_bits: 256 };
    const csr = textOf(await this.call('POST', 'pki/intermediate/generate/internal', asked), 'csr');
    const signed = await this.call('POST', 'root/root/sign-intermediate', { csr, ttl: '70000h', use_csr_values: true });
    this.issuingPem = textOf(signed, 'certificate');
    await this.call('POST', 'pki/intermediate/set-signed', { certificate: `${this.issuingPem}\n${this.rootPem}` });
    const role = { key_type: 'any', max_ttl: '60000h', client_flag: true, key_usage: 'DigitalSignature' };
    const names = { allowed_domains: 'x.test', allow_subdomains: true, allow_ip_sans: true };
    await this.call('POST', 'pki/roles/node', { ...role, ...names, server_flag: true });
    const anyName = { allow_any_name: true, enforce_hostnames: false };
    await this.call('POST', 'pki/roles/tool', { ...role, ...anyName, server_flag: false });
    await this.call('POST', 'pki/roles/any', { ...role, ...anyName, server_flag: true });
    await this.call('POST', 'pki/roles/careless', { ...role, ...anyName, server_flag: true });
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.asked.push(request.url ?? '');
    if ((request.url ?? '').includes('/sign/')) {
      if (this.left === 0) await this.atGate();
      this.left -= 1;
    }
    const { 'x-vault-token': token = '' } = request.headers;
    const answer = await fetch(`http://${this.address}${request.url}`, {
      method: request.method,
      headers: { 'x-vault-token': String(token) },
      body: chunks.length === 0 ? undefined : Buffer.concat(chunks),
    });
    const text = await answer.text();
    const isSecret = /^\/v1\/[^/]+\/data\//.test(request.url ?? '') && request.method === 'GET';
    const how = isSecret ? this.secrets : 'whole';
    const sent = how === 'whole' ? text : text.slice(0, text.length / 2);
    const length = Buffer.byteLength(how === 'cut-off' ? text : sent);
    response.writeHead(answer.status, { 'content-length': length });
    if (how === 'cut-off') response.write(sent, () => response.destroy());
    else response.end(sent);
  }

  /** Asks the API as its administrator, past the gate. Gives the data of the answer, or what it says of a token. */
  async call(method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
    const answer = await fetch(`http://${this.address}/v1/${path}`, {
      method,
      headers: { 'x-vault-token': TOKEN },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    if (text === '') return {};
    const { data, auth } = JSON.parse(text) as Partial<Record<'data' | 'auth', Record<string, unknown>>>;
    return data ?? auth ?? {};
  }
}

function textOf(data: Readonly<Record<string, unknown>>, name: string): string {
  const { [name]: text } = data;
  if (typeof text !== 'string') throw new Error(`OpenBao returned no ${name}`);
  return text;
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

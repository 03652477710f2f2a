/** A real API server of Kubernetes with its etcd, on ports of the loopback. There is no kubelet, scheduler or controller. */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { marks } from '../../../scripts/bootstrap/ends-with.cjs';
import { freshPort } from '../erlang/addresses';
import { eventually } from '../programs/eventually';
import { ETCD, KUBE_APISERVER } from '../programs/requires';

const START_MS = 90_000;

/** Where the Secrets of the tests are. */
export const NAMESPACE = 'messaging';

/** Who may do what there. */
const RIGHTS = {
  // What the provider of Terraform does, and nothing else.
  terraform: ['create', 'get', 'patch', 'delete'],
  kubelet: ['get'],
} as const;

export type User = 'root' | keyof typeof RIGHTS;

/** What a server answers. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & { readonly message?: string };
}

/** Started with a namespace and the rights in it. Call `stop` in `afterAll`. */
export class ApiServer {
  static async start(): Promise<ApiServer> {
    const server = new ApiServer(await freshPort(), await freshPort());
    try {
      await server.startEtcd(await freshPort());
      server.startServer();
      await eventually('the API server is ready', () => server.isReady(), START_MS);
      await server.setUp();
    } catch (error) {
      const log = server.log();
      await server.stop();
      throw new Error(`${String(error)}\n${log.slice(-4000)}`, { cause: error });
    }
    return server;
  }

  /** Fresh, and removed by `stop`. */
  readonly directory = mkdtempSync(join(tmpdir(), 'erlang-tls-kubernetes-'));

  private readonly tokens: Readonly<Record<User, string>> = { root: token(), terraform: token(), kubelet: token() };
  private readonly programs: ChildProcess[] = [];

  private constructor(
    private readonly port: number,
    private readonly etcdPort: number,
  ) {}

  get address(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  /** Certificates that the server made for itself. */
  get caFile(): string {
    return this.path('certificates', 'apiserver.crt');
  }

  /** For the provider of Terraform. */
  get env(): Readonly<Record<string, string>> {
    const { address: KUBE_HOST, tokens } = this;
    return { KUBE_HOST, KUBE_TOKEN: tokens.terraform, KUBE_CLUSTER_CA_CERT_DATA: readFileSync(this.caFile, 'utf8') };
  }

  /** A file with the token of a user, that nobody else can read. */
  tokenFile(user: User): string {
    const path = this.path(`${user}.token`);
    writeFileSync(path, this.tokens[user], { mode: 0o600 });
    return path;
  }

  /** Everything that the server and its database printed. */
  log(): string {
    return ['etcd', 'kube-apiserver'].map((name) => readFileSync(this.path(`${name}.log`), 'utf8')).join('');
  }

  async call(
    user: User,
    method: string,
    path: string,
    body?: object,
    contentType = 'application/json',
  ): Promise<Answer> {
    const sent = request(`${this.address}${path}`, {
      ...{ method, ca: readFileSync(this.caFile), agent: false },
      headers: { authorization: `Bearer ${this.tokens[user]}`, 'content-type': contentType },
    });
    // An answer may come before the server has read everything, and what is left then fails.
    sent.on('error', () => undefined);
    sent.end(body && JSON.stringify(body));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const parsed = text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : { message: text };
    return { status: response.statusCode ?? 0, body: parsed };
  }

  /** The server first: without its database it does not end. */
  async stop(): Promise<void> {
    for (const program of this.programs.reverse()) {
      if (program.exitCode !== null || program.signalCode !== null) continue;
      const ended = once(program, 'exit');
      program.kill('SIGKILL');
      await ended;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async startEtcd(peerPort: number): Promise<void> {
    const [clients, peers] = [this.etcd, `http://127.0.0.1:${peerPort}`];
    this.run('etcd', ETCD, [
      ...['--data-dir', this.path('etcd')],
      ...['--listen-client-urls', clients, '--advertise-client-urls', clients],
      ...['--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers, '--initial-cluster', `default=${peers}`],
    ]);
    const isHealthy = (): Promise<true | undefined> =>
      fetch(`${clients}/health`)
        .then(({ ok }) => ok || undefined)
        .catch(() => undefined);
    await eventually('etcd answers', isHealthy, START_MS);
  }

  private startServer(): void {
    const secret = { mode: 0o600 };
    const users = Object.entries(this.tokens).map(([user, text]) =>
      [text, user, user, ...(user === 'root' ? ['system:masters'] : [])].join(','),
    );
    writeFileSync(this.path('users.csv'), users.join('\n'), secret);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(this.path('accounts.pem'), privateKey.export({ type: 'pkcs1', format: 'pem' }), secret);
    this.run('kube-apiserver', KUBE_APISERVER, [
      ...[`--etcd-servers=${this.etcd}`, '--bind-address=127.0.0.1', `--secure-port=${this.port}`],
      ...[`--cert-dir=${this.path('certificates')}`, `--token-auth-file=${this.path('users.csv')}`],
      ...['--authorization-mode=RBAC', '--anonymous-auth=false', '--service-cluster-ip-range=10.0.0.0/24'],
      ...['--service-account-issuer=https://kubernetes.default.svc', '--disable-admission-plugins=ServiceAccount'],
      ...[`--service-account-key-file=${this.path('accounts.pem')}`],
      ...[`--service-account-signing-key-file=${this.path('accounts.pem')}`],
    ]);
  }

  private async isReady(): Promise<true | undefined> {
    const ended = this.programs.find(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null);
    if (ended !== undefined) throw new Error(`${ended.spawnfile} ended`);
    return this.call('root', 'GET', '/readyz')
      .then(({ status }) => status === 200 || undefined)
      .catch(() => undefined);
  }

  private async setUp(): Promise<void> {
    await this.create('/api/v1/namespaces', { metadata: { name: NAMESPACE } });
    const rights = `/apis/rbac.authorization.k8s.io/v1/namespaces/${NAMESPACE}`;
    for (const [user, verbs] of Object.entries(RIGHTS)) {
      const metadata = { name: user };
      await this.create(`${rights}/roles`, { metadata, rules: [{ apiGroups: [''], resources: ['secrets'], verbs }] });
      const apiGroup = 'rbac.authorization.k8s.io';
      await this.create(`${rights}/rolebindings`, {
        metadata,
        roleRef: { apiGroup, kind: 'Role', name: user },
        subjects: [{ apiGroup, kind: 'User', name: user }],
      });
    }
  }

  private async create(path: string, body: object): Promise<void> {
    const { status, body: answer } = await this.call('root', 'POST', path, body);
    if (status !== 201) throw new Error(`${path}: ${status} ${answer.message}`);
  }

  private get etcd(): string {
    return `http://127.0.0.1:${this.etcdPort}`;
  }

  private path(...names: readonly string[]): string {
    return join(this.directory, ...names);
  }

  private run(name: string, program: string, args: readonly string[]): void {
    const log = createWriteStream(this.path(`${name}.log`), { mode: 0o600 });
    const child = spawn(program, args, {
      cwd: this.directory,
      env: { HOME: this.directory, PATH: process.env.PATH ?? '', ...marks() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.programs.push(child);
  }
}

function token(): string {
  return randomBytes(24).toString('base64url');
}

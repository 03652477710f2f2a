/** Hosts with a real sshd each, on the loopback interface, in namespaces of their own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { Host } from '../hosts/host';
import type { HostProcess } from '../hosts/process';
import { eventually } from '../programs/eventually';

/** The user of every connection: without rights of its own, and with `sudo`. */
export const USER = 'deploy';
export const ADDRESS = '127.0.0.1';
const HOME = `/home/${USER}`;

/** A key pair of ssh. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
  readonly path: string;
}

/** One host with its sshd. */
export class SshHost extends Host {
  private sshd?: HostProcess;

  public constructor(
    name: string,
    private readonly processId: number,
    private readonly lab: ChildProcess,
    readonly port: number,
    readonly keys: readonly KeyPair[],
    private readonly configuration: string,
    /** What of the temporary files belongs to this machine, too. */
    private readonly shared: string,
  ) {
    super(name, name, processId);
  }

  get publicKeys(): string[] {
    return this.keys.map(({ publicKey }) => publicKey);
  }

  /** What sshd says, with the keys that users showed. */
  get log(): string {
    return this.sshd?.log() ?? '';
  }

  async up(): Promise<void> {
    this.sshd = this.start('/usr/sbin/sshd', ['-D', '-e', '-f', this.configuration]);
    await eventually(`${this.name} listens`, () => (this.log.includes('Server listening') ? true : undefined));
  }

  /** The server, all connections, and what runs in them. What has left them goes on. */
  async down(): Promise<void> {
    await this.run('sh', ['-c', 'for p in $(pgrep -x sshd); do kill -9 "$p"; done']);
    await this.sshd?.kill();
  }

  /** A path as this machine sees it. */
  path(path: string): string {
    return join(`/proc/${this.processId}/root`, path);
  }

  /** Paths of the files below the home directory of the user, as this machine sees them. */
  homeFiles(): string[] {
    return filesBelow(this.path(HOME));
  }

  /** The same for the directories of temporary files. */
  temporaryFiles(): string[] {
    return filesBelow(this.path('/tmp'), this.path(this.shared));
  }

  /** The files of the home directory that an installation left. */
  remains(): string[] {
    return this.homeFiles().filter((path) => path.includes('/.erlang-tls-'));
  }

  /** Leaves that many bytes of the file system with the home directories. */
  async fill(bytes: number): Promise<void> {
    const free = `free=$(df --output=avail -B1 /home | tail -n 1) && head -c $((free - ${bytes})) /dev/zero >/home/filler`;
    await this.output('sh', ['-c', free]);
  }

  async makeRoom(): Promise<void> {
    await this.output('rm', ['/home/filler']);
  }

  /** Ends the last step of an installation as soon as it has begun, in the middle of the install script. */
  async killInstallation(): Promise<void> {
    const pid = await eventually(
      'the install script runs',
      () => {
        const file = this.homeFiles().find((path) => path.endsWith('/runs'));
        const pid = file === undefined ? '' : textOf(file).trim();
        return pid === '' ? undefined : pid;
      },
      INSTALLATION_MS,
      1,
    );
    await this.output('kill', ['-9', pid]);
  }

  /** Cuts all connections once an install script has arrived, and before it runs. */
  async cutBeforeInstallation(): Promise<void> {
    await eventually(
      'the install script has arrived',
      () => (this.homeFiles().some((path) => path.endsWith('/install.sh')) ? true : undefined),
      INSTALLATION_MS,
      1,
    );
    await this.down();
  }

  async end(): Promise<void> {
    const exited = once(this.lab, 'exit');
    this.lab.stdin?.end();
    if (this.lab.exitCode === null && this.lab.signalCode === null) await exited;
  }
}

/** Until a plan is applied that far. */
const INSTALLATION_MS = 60_000;

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Files that are there, and still there when they are looked at. */
function filesBelow(directory: string, except?: string): string[] {
  if (directory === except) return [];
  try {
    return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? filesBelow(path, except) : [path];
    });
  } catch {
    return [];
  }
}

/** For the time of a test. `shared`: the only directory with temporary files that hosts have in common with this machine. */
export async function withSshHosts(
  shared: string,
  names: readonly string[],
  body: (hosts: readonly SshHost[], user: KeyPair) => Promise<void>,
): Promise<void> {
  const directory = join(shared, 'sshd');
  mkdirSync(directory, { mode: 0o700 });
  const user = keyPair(join(directory, 'user'), 'ed25519');
  const hosts: SshHost[] = [];
  try {
    for (const name of names) hosts.push(await startHost(directory, shared, name, user));
    await body(hosts, user);
  } finally {
    for (const host of hosts) await host.end();
  }
}

async function startHost(directory: string, shared: string, name: string, user: KeyPair): Promise<SshHost> {
  const keys = (['ed25519', 'ecdsa'] as const).map((type) => keyPair(join(directory, `${name}-${type}`), type));
  const port = await freePort();
  const lab = spawn('unshare', [...NAMESPACES, 'sh', join(__dirname, 'host.sh'), name, shared], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  let said = '';
  lab.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const pid = await eventually(`the host ${name} is ready`, () => {
    if (lab.exitCode !== null) throw new Error(`the host ${name} could not be made`);
    return /^\S+ (\d+)$/m.exec(said)?.[1];
  });
  const configuration = `/run/etc/sshd`;
  const host = new SshHost(name, Number(pid), lab, port, keys, configuration, shared);
  const lines = [
    ...[`Port ${port}`, `ListenAddress ${ADDRESS}`, 'UsePAM no', 'PasswordAuthentication no', 'PidFile none'],
    ...[`AllowUsers ${USER}`, 'AuthorizedKeysFile /run/etc/authorized'],
    ...keys.map(({ path }) => `HostKey ${path}`),
    ...['MaxStartups 100', 'PrintLastLog no', 'PrintMotd no'],
  ];
  await host.install([
    { path: configuration, content: `${lines.join('\n')}\n` },
    { path: '/run/etc/authorized', content: `${user.publicKey}\n` },
  ]);
  await host.up();
  return host;
}

const NAMESPACES = ['--mount', '--uts', '--pid', '--fork', '--kill-child'];

function keyPair(path: string, type: 'ed25519' | 'ecdsa'): KeyPair {
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', 'of a test', '-f', path]);
  return {
    path,
    publicKey: readFileSync(`${path}.pub`, 'utf8').trim(),
    privateKey: readFileSync(path, 'utf8'),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, ADDRESS);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

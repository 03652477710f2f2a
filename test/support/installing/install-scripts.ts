/** Install scripts as real Terraform wrote them, and directories to run them in. */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CaGeneration, Delivery, OtpRelease, Platform, TlsCluster, type TlsClusterNode } from 'cdktf-erlang-tls';

import { Deployment } from '../stacks/deployment';
import { mustSucceed } from '../terraform';

export const INSTALLED = '/etc/app/tls';
export const FILES = ['ca.pem', 'node.pem', 'ssl_dist.conf', 'vm.args'];
export const NODE = 'app@db1.x.test';
/** The files of a node, by name. */
export type Contents = Readonly<Record<string, string>>;

/** By the name that people know them by: the words that start them. */
export const SHELLS: readonly [name: string, command: readonly string[]][] = [
  ['dash', ['dash']],
  ['bash', ['bash', '--norc']],
  ['busybox', ['busybox', 'sh']],
];

/** Scripts of one node from one deploy after the other. Call `remove` in `afterAll`. */
export class InstallScripts {
  static async deploy(): Promise<InstallScripts> {
    const scripts = new InstallScripts(await Deployment.create());
    try {
      await scripts.deployAll();
    } catch (error) {
      await scripts.remove();
      throw error;
    }
    return scripts;
  }

  /** The first one. */
  first = '';
  /** With another certificate. */
  renewed = '';
  /** With another certificate and another trust bundle. */
  rollover = '';

  /** Of the scripts, and of what `write` writes. */
  readonly directory = mkdtempSync(join(tmpdir(), 'install-script-'));

  private constructor(private readonly deployment: Deployment) {
    // For the tests in which other users are at work.
    chmodSync(this.directory, 0o755);
  }

  get outputDirectory(): string {
    return this.deployment.outputDirectory;
  }

  async remove(): Promise<void> {
    await this.deployment.remove();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** A file system to install into, with nothing in it, or with what another has. */
  newRoot(original?: string): string {
    const root = this.newDirectory('root-');
    if (original !== undefined) mustEnd(spawnSync('cp', ['-a', `${original}/.`, root], { encoding: 'utf8' }));
    return root;
  }

  removeRoot(root: string): void {
    rmSync(root, { recursive: true, force: true });
  }

  newDirectory(prefix: string): string {
    const directory = mkdtempSync(join(this.directory, prefix));
    chmodSync(directory, 0o755);
    return directory;
  }

  /** A file beside the scripts. */
  write(name: string, text: string): string {
    writeFileSync(join(this.directory, name), text);
    return join(this.directory, name);
  }

  /** What a script installs where nothing was before. */
  contentsOf(script: string): Contents {
    const root = this.newRoot();
    mustEnd(runScript(['dash'], script, ['--root', root]));
    return contents(root);
  }

  /** A copy of a script that every user can read. */
  readable(script: string): string {
    const copy = join(this.newDirectory('script-'), 'node.sh');
    cpSync(script, copy);
    chmodSync(copy, 0o644);
    return copy;
  }

  private async deployAll(): Promise<void> {
    const [old, both] = [[CaGeneration.signing('1')], [CaGeneration.signing('1'), CaGeneration.trusted('2')]];
    this.first = await this.deployOne('first.sh', 8760, old);
    this.renewed = await this.deployOne('renewed.sh', 4380, old);
    this.rollover = await this.deployOne('rollover.sh', 4380, both);
  }

  private async deployOne(name: string, validityHours: number, generations: CaGeneration[]): Promise<string> {
    const cluster = await this.deployment.declare(
      (stack, { outputDirectory }) =>
        new TlsCluster(stack, 'c', {
          platform: Platform.erl(),
          otp: OtpRelease.OTP_27,
          nodes: [{ name: NODE }],
          installDirectory: INSTALLED,
          certificates: { validityHours },
          certificateAuthority: { generations },
          delivery: Delivery.installScript({ outputDirectory }),
        }),
    );
    mustSucceed(await this.deployment.terraform.apply());
    const [node] = cluster.nodes as [TlsClusterNode];
    copyFileSync(node.delivered.outputs[0] ?? '', join(this.directory, name));
    return join(this.directory, name);
  }
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Another user than who runs the tests. */
  readonly user?: number;
}

/** Runs a script to its end. `SCRIPT` is its process id, also in what it starts. */
export function runScript(
  shell: readonly string[],
  script: string,
  args: readonly string[],
  { env = {}, user }: RunOptions = {},
): SpawnSyncReturns<string> {
  return spawnSync('/bin/sh', shellWords(shell, script, args), {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
}

/** What `/bin/sh` has to be given for that. */
export function shellWords(shell: readonly string[], script: string, args: readonly string[]): string[] {
  return ['-c', 'SCRIPT=$$ exec "$@"', 'sh', ...shell, script, ...args];
}

/** Fails where a program did not end well. */
export function mustEnd(result: SpawnSyncReturns<string>): SpawnSyncReturns<string> {
  if (result.status !== 0) throw new Error(`ended with ${result.status ?? result.signal}: ${result.stderr}`);
  return result;
}

/** A path in the install directory. */
export function at(root: string, ...names: readonly string[]): string {
  return join(root, INSTALLED, ...names);
}

export function mkdirs(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

export function contents(root: string): Contents {
  return Object.fromEntries(FILES.map((name) => [name, readFileSync(at(root, name), 'utf8')]));
}

/** Several nodes with host names and a cookie in common, in a fresh directory, cleaned up whatever happens. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readIpAddress } from '../../../src/model/network/ip-address';
import { freshAddress, freshPort } from './addresses';
import { stopEpmd } from './epmd';
import { ErlangNode } from './node';
import type { Runtime } from './runtimes';
import { string } from './text';
import { ErlangVm } from './vm';

/** What a cluster under test consists of, before its nodes start. */
export interface ClusterOptions {
  /** Host parts of node names. Each gets a loopback address, and every node resolves all of them. */
  readonly hosts: readonly string[];
}

/** A flag of the harness, or a group of them, that the command line under test sets itself. */
export type HarnessFlag = 'name' | 'interface' | 'epmd' | 'mesh';

/** How to start one node of a cluster. */
export interface NodeOptions {
  readonly runtime: Runtime;
  /** Its name, also where the arguments under test set it: the host part says which address it gets. */
  readonly name: string;
  /** The command line under test. */
  readonly args?: readonly string[];
  /**
   * Flags that the harness does not set, because `args` does:
   * `name` (`-name` or `-sname`), `interface` (`inet_dist_use_interface`), `epmd` (`-start_epmd false -erl_epmd_port N`),
   * `mesh` (`-connect_all false` and `prevent_overlapping_partitions false`, which keep one pair's fate from another's).
   * @default - the harness sets all of them
   */
  readonly leaveOut?: readonly HarnessFlag[];
  /** @default - the cluster's cookie */
  readonly cookie?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly bootDeadlineMs?: number;
}

/** Runs `body` with a cluster, then stops every node and removes every file, also where `body` throws. */
export async function withCluster<T>(
  options: ClusterOptions,
  body: (cluster: ErlangCluster) => Promise<T>,
): Promise<T> {
  const cluster = await ErlangCluster.create(options);
  try {
    return await body(cluster);
  } finally {
    await cluster.stop();
  }
}

/** Nodes that can reach one another, and nothing else. */
export class ErlangCluster {
  /** Fresh, and removed by `stop`. */
  readonly directory = mkdtempSync(join(tmpdir(), 'erlang-cluster-'));
  /** Known to every node from a file, and never on a command line. */
  readonly cookie = randomBytes(16).toString('hex');

  /** Also those whose start failed or is under way: `stop` must not miss one. */
  private readonly starts: Promise<ErlangVm>[] = [];

  private constructor(
    /** Every node listens here, each on its own address. */
    readonly port: number,
    /** Where the nodes look for epmd: nothing listens there unless a node's arguments start one. */
    readonly epmdPort: number,
    private readonly addresses: ReadonlyMap<string, string>,
  ) {
    writeFileSync(this.resolverFile, resolverConfiguration(addresses));
  }

  static async create({ hosts }: ClusterOptions): Promise<ErlangCluster> {
    const port = await freshPort();
    const addresses = new Map<string, string>();
    for (const host of hosts) addresses.set(host, isLoopback(host) ? host : await freshAddress(port));
    return new ErlangCluster(port, await freshPort(), addresses);
  }

  /** The address of a host. A literal address of the loopback network is used as it is. */
  addressOf(host: string): string {
    const address = this.addresses.get(host);
    if (address === undefined) throw new Error(`${host} is not among the cluster's hosts`);
    return address;
  }

  /** Starts a node and waits until it is up. Throws BootFailed where it does not come up. */
  async startNode(options: NodeOptions): Promise<ErlangNode> {
    const address = this.addressOf(hostOf(options.name));
    const directory = this.newNodeDirectory(options);
    const start = ErlangVm.start({
      ...options,
      directory,
      args: [...harnessFlags(options, address, this.port), ...(options.args ?? [])],
      env: { ERL_INETRC: this.resolverFile, ERL_EPMD_PORT: String(this.epmdPort), ...options.env },
    });
    this.starts.push(start);
    return new ErlangNode(options.name, address, await start);
  }

  /** Stops all nodes, and an epmd that one of them started; removes the directory. */
  async stop(): Promise<void> {
    const started = (await Promise.allSettled(this.starts)).filter((start) => start.status === 'fulfilled');
    await Promise.all(started.map(({ value }) => value.stop()));
    await stopEpmd(this.epmdPort);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private get resolverFile(): string {
    return join(this.directory, 'inetrc');
  }

  private newNodeDirectory({ name, cookie = this.cookie }: NodeOptions): string {
    const number = this.starts.length + 1;
    // The number first: a node may be started anew under its name, and a name may hold what a file name cannot.
    const directory = join(this.directory, `${number}-${name.replace(/[^\w@.-]/gu, '_').slice(0, 100)}`);
    const home = join(directory, 'home');
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const cookieFile = join(home, '.erlang.cookie');
    writeFileSync(cookieFile, cookie);
    chmodSync(cookieFile, 0o400);
    return directory;
  }
}

function isLoopback(host: string): boolean {
  return /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(host);
}

function hostOf(name: string): string {
  return name.slice(name.indexOf('@') + 1);
}

function harnessFlags({ name, leaveOut = [] }: NodeOptions, address: string, port: number): readonly string[] {
  const flags: Record<HarnessFlag, readonly string[]> = {
    name: [hostOf(name).includes('.') ? '-name' : '-sname', name],
    interface: ['-kernel', 'inet_dist_use_interface', addressTuple(address)],
    epmd: ['-start_epmd', 'false', '-erl_epmd_port', String(port)],
    mesh: ['-connect_all', 'false', '-kernel', 'prevent_overlapping_partitions', 'false'],
  };
  const wanted = Object.entries(flags).filter(([flag]) => !leaveOut.includes(flag as HarnessFlag));
  return wanted.flatMap(([, args]) => args);
}

/** Names come from this file alone: neither the system's hosts file nor a name server is asked. */
function resolverConfiguration(addresses: ReadonlyMap<string, string>): string {
  const hosts = [...addresses].map(([host, address]) => `{host, ${addressTuple(address)}, [${string(host)}]}.\n`);
  return `${hosts.join('')}{lookup, [file]}.\n`;
}

/** An address as Erlang writes it. */
function addressTuple(address: string): string {
  return `{${(readIpAddress(address)?.numbers ?? []).join(',')}}`;
}

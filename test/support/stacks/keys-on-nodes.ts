/** A cluster whose nodes make their keys and call each other while it is deployed, installed and rotated. */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TerraformStack } from 'cdktf';
import {
  CaGeneration,
  Delivery,
  NodeKey,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterNode,
  type TlsClusterProps,
} from 'cdktf-erlang-tls';

import { type ErlangCluster, type ErlangNode, type Runtime, Traffic, withCluster } from '../erlang';
import { mustEnd } from '../installing/install-scripts';
import { install, installedCertificate, readAgain } from '../installing/operator';
import { newSecond } from '../programs/eventually';
import { mustSucceed, type PlanResult, prepareOfflineProviders } from '../terraform';
import { Deployment } from './deployment';
import { startDeployed } from './running-cluster';

const HOSTS = ['db1.x.test', 'db2.x.test', 'db3.x.test'];
export const [DB1, DB2, DB3] = HOSTS.map((host) => `node@${host}`) as [string, string, string];
/** Declared like the others, but hidden: all its connections are new, and those of the members do not change. */
export const PROBE = 'node@probe.x.test';

/** For the time of a test. */
export async function withKeys(
  runtimes: readonly Runtime[],
  body: (cluster: KeysOnNodes) => Promise<void>,
): Promise<void> {
  const deployment = await Deployment.create(await prepareOfflineProviders());
  try {
    await withCluster({ hosts: [...HOSTS, 'probe.x.test'] }, (erlang) =>
      body(new KeysOnNodes(deployment, erlang, runtimes)),
    );
  } finally {
    await deployment.remove();
  }
}

/** What a deploy changes. */
export interface Deploy {
  readonly unsafeWithoutGuard?: boolean;
  readonly generations?: Generations;
  readonly now?: Date;
}

/** Generations, or what makes them for a stack. */
export type Generations = CaGeneration[] | ((stack: TerraformStack) => CaGeneration[]);

/** A cluster whose nodes make their keys, each of another release. */
export class KeysOnNodes {
  private generations: Generations = [CaGeneration.signing('1')];
  private unsafeWithoutGuard?: boolean;
  private cluster: TlsCluster | undefined;
  private traffic: Traffic | undefined;
  private readonly running = new Map<string, ErlangNode>();

  constructor(
    readonly deployment: Deployment,
    private readonly erlang: ErlangCluster,
    private readonly runtimes: readonly Runtime[],
  ) {
    mkdirSync(this.requests);
  }

  async deploy(deploy: Deploy): Promise<PlanResult> {
    await this.declare(deploy);
    const { terraform } = this.deployment;
    const plan = await terraform.plan();
    if (plan.exitCode !== 0 && plan.exitCode !== 2) mustSucceed(plan);
    mustSucceed(await terraform.apply({ planFile: plan.planFile }));
    return plan;
  }

  /** The plan of a deploy that is not made. */
  async plan(deploy: Deploy): Promise<PlanResult> {
    const before = this.generations;
    await this.declare(deploy);
    this.generations = before;
    return this.deployment.terraform.plan();
  }

  private async declare({ generations, now, unsafeWithoutGuard }: Deploy): Promise<void> {
    this.unsafeWithoutGuard = unsafeWithoutGuard;
    await newSecond();
    this.generations = generations ?? this.generations;
    const { env } = this.deployment.terraform;
    delete env.OFFLINE_PROVIDERS_NOW;
    if (now !== undefined) env.OFFLINE_PROVIDERS_NOW = now.toISOString();
    this.cluster = await this.deployment.declare((stack) => new TlsCluster(stack, 'c', this.props(stack)));
  }

  /** Deploys, installs on every node as it runs, and lets each of them go on for a while. */
  async take(deploy: Deploy): Promise<PlanResult> {
    const plan = await this.deploy(deploy);
    for (const [name, running] of this.running) {
      install(this.node(name));
      await readAgain(running);
    }
    install(this.node(PROBE));
    await this.traffic?.flows();
    expect(await this.traffic?.losses()).toEqual([]);
    return plan;
  }

  async start(names: readonly string[]): Promise<void> {
    for (const name of names) await this.boot(name);
    this.traffic = await Traffic.start([...this.running.values()]);
  }

  async join(name: string): Promise<void> {
    await this.boot(name);
    await this.traffic?.add(this.runningNode(name));
    await this.traffic?.flows();
    expect(await this.traffic?.losses()).toEqual([]);
  }

  /** Prints the request on the node and commits it. */
  handIn(name: string, ...options: readonly string[]): void {
    const { stdout } = mustEnd(this.script(name, '--request', ...options));
    // Once more: the same, byte for byte.
    expect(mustEnd(this.script(name, '--request')).stdout).toBe(stdout);
    this.handInAgain(name, stdout);
  }

  /** The request of a machine that has the name of the node, and another key. */
  handInFromElsewhere(name: string): void {
    const root = this.deployment.path('elsewhere');
    mkdirSync(root);
    this.handInAgain(name, mustEnd(this.script(name, '--request', '--root', root)).stdout);
  }

  handInAgain(name: string, request: string): void {
    writeFileSync(join(this.requests, `${name}.csr`), request);
  }

  handedIn(name: string): string {
    return readFileSync(join(this.requests, `${name}.csr`), 'utf8');
  }

  /** What a run of the script says that ends with that status. */
  async runs(name: string, wanted: number): Promise<string> {
    const { status, stderr } = this.script(name);
    expect(status).toBe(wanted);
    await this.traffic?.flows();
    expect(await this.traffic?.losses()).toEqual([]);
    return stderr;
  }

  node(name: string): TlsClusterNode {
    if (this.cluster === undefined) throw new Error('nothing is deployed');
    return this.cluster.clusterNode(name);
  }

  directory(name: string): string {
    return this.deployment.path('nodes', name.slice('node@'.length));
  }

  /** The nodes without a certificate. */
  waiting(): string[] {
    return (this.cluster?.nodes ?? []).flatMap(({ name, certificate }) => (certificate === undefined ? [name] : []));
  }

  installed(name: string): string {
    return readFileSync(join(this.directory(name), 'node.pem'), 'utf8');
  }

  publicKeys(): string {
    return this.certificates((one) => one.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  }

  fingerprints(): string {
    return this.certificates((one) => one.fingerprint256);
  }

  /** What new connections see: a fresh node dials every member. */
  async shown(): Promise<string> {
    const [runtime] = this.runtimes;
    if (runtime === undefined) throw new Error('no runtime');
    const probe = await startDeployed(this.erlang, this.node(PROBE), runtime, { moreArgs: ['-hidden'] });
    try {
      const shown: string[] = [];
      for (const member of this.running.values()) {
        const connection = await probe.dial(member);
        shown.push(
          connection.kind === 'tls' ? (connection.peerCertificate?.fingerprint256 ?? 'none') : connection.kind,
        );
      }
      return shown.join('\n');
    } finally {
      await probe.stop();
    }
  }

  /** Where a private key of a node is that should not be there: the state, the configuration, the plan, the scripts. */
  async placesOfKeys(): Promise<string[]> {
    const { terraform } = this.deployment;
    const keys = HOSTS.flatMap((host) => keysIn(this.deployment.path('nodes', host)));
    expect(keys.length).toBeGreaterThanOrEqual(HOSTS.length);
    const files = [...filesBelow(terraform.path)].filter(
      (path) => !path.startsWith(this.deployment.path('nodes')) && !path.startsWith(this.deployment.path('elsewhere')),
    );
    expect(files).toContainEqual(expect.stringMatching(/\.sh$/));
    const texts = [
      ...files.map((path) => [path, readFileSync(path, 'utf8')] as const),
      ['show', JSON.stringify(await terraform.show())] as const,
    ];
    expect(texts.some(([, text]) => text.includes('BEGIN CERTIFICATE REQUEST'))).toBe(true);
    const found = texts.flatMap(([path, text]) => (keys.some((line) => text.includes(line)) ? [path] : []));
    // That of the CA is in the state alone.
    const scripts = texts.filter(
      ([path, text]) => path.endsWith('.sh') && /BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9]/.test(text),
    );
    return [...found, ...scripts.map(([path]) => path)];
  }

  private get requests(): string {
    return this.deployment.path('requests');
  }

  private certificates(of: (certificate: ReturnType<typeof installedCertificate>) => string): string {
    return [...this.running.keys()].map((name) => of(installedCertificate(this.node(name)))).join('\n');
  }

  private runningNode(name: string): ErlangNode {
    const node = this.running.get(name);
    if (node === undefined) throw new Error(`${name} does not run`);
    return node;
  }

  private async boot(name: string): Promise<void> {
    install(this.node(name));
    const runtime = this.runtimes[this.running.size];
    if (runtime === undefined) throw new Error('more nodes than releases');
    this.running.set(name, await startDeployed(this.erlang, this.node(name), runtime, { leaveOut: ['mesh'] }));
  }

  private script(name: string, ...args: readonly string[]): SpawnSyncReturns<string> {
    return spawnSync('sh', [join(this.deployment.outputDirectory, `${name}.sh`), ...args], { encoding: 'utf8' });
  }

  private props(stack: TerraformStack): TlsClusterProps {
    const { generations } = this;
    return {
      platform: Platform.erl(),
      otp: OtpRelease.OTP_25,
      nodes: [DB1, DB2, DB3, PROBE].map((name) => ({ name, installDirectory: this.directory(name) })),
      installDirectory: this.deployment.path('nodes', 'common'),
      certificates: { key: NodeKey.onNode({ requestDirectory: this.requests }) },
      certificateAuthority: {
        generations: typeof generations === 'function' ? generations(stack) : generations,
        rollover: { settleMinutes: 0, unsafeWithoutGuard: this.unsafeWithoutGuard },
      },
      delivery: Delivery.installScript({ outputDirectory: this.deployment.outputDirectory }),
    };
  }
}

/** The lines of the keys that a node has. */
function keysIn(directory: string): string[] {
  return [...filesBelow(directory)]
    .filter((path) => path.endsWith('.pem'))
    .flatMap(
      (path) => /-----BEGIN PRIVATE KEY-----\n([^-]+)/.exec(readFileSync(path, 'utf8'))?.[1]?.split('\n')[1] ?? [],
    );
}

function* filesBelow(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile() && statSync(path).size < 4_000_000) yield path;
  }
}

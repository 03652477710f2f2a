/** A cluster whose files Terraform installs over ssh, on hosts with a real sshd, while its nodes call each other. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { TerraformVariable } from 'cdktf';
import {
  CaGeneration,
  Delivery,
  NodeKey,
  OtpRelease,
  Platform,
  type SshHost as SshHostProps,
  type SshProps,
  SshReload,
  TlsCluster,
  type TlsClusterNode,
} from 'cdktf-erlang-tls';

import { CLEAR_PEM_CACHE } from '../../../src/model/erlang/programs/pem-cache';
import { type ErlangCluster, type ErlangNode, type Runtime, Traffic } from '../erlang';
import { installedCertificate } from '../installing/operator';
import { foundIn } from '../plans/judged-plan';
import { newSecond } from '../programs/eventually';
import { addressOf, type Deployment } from '../stacks/deployment';
import { startDeployed } from '../stacks/running-cluster';
import { mustSucceed, type PlanResult, type ProgramResult } from '../terraform';
import { ADDRESS, type KeyPair, type SshHost, USER } from './ssh-hosts';

export const NAMES = ['node@db1.x.test', 'node@db2.x.test', 'node@db3.x.test'] as const;
/** Declared like the others, on the host of the first one, and hidden: all its connections are new. */
export const PROBE = 'node@probe.x.test';
/** A node that keeps its key, in a cluster of its own, on the host of the first one. */
export const KEEPER = 'node@keeper.x.test';

/** What a deploy changes. */
export interface Change {
  readonly generations?: CaGeneration[];
  readonly ssh?: Partial<SshProps>;
}

export class SshCluster {
  readonly running = new Map<string, ErlangNode>();
  traffic?: Traffic;
  private cluster?: TlsCluster;
  private generations = [CaGeneration.signing('1')];

  constructor(
    readonly deployment: Deployment,
    private readonly erlang: ErlangCluster,
    readonly hosts: readonly SshHost[],
    private readonly user: KeyPair,
    private readonly runtimes: readonly Runtime[],
  ) {
    const { env } = deployment.terraform;
    env.TF_VAR_ssh_key = user.privateKey;
    env.TMPDIR = deployment.path('tmp');
    for (const name of ['tmp', 'requests']) mkdirSync(deployment.path(name));
  }

  host(index: number): SshHost {
    const host = this.hosts[index];
    if (host === undefined) throw new Error(`no host ${index}`);
    return host;
  }

  /** The hosts, each by itself. */
  get trio(): [SshHost, SshHost, SshHost] {
    return [this.host(0), this.host(1), this.host(2)];
  }

  /** Whether the node that keeps its key has its certificate. */
  certified(name: string): boolean {
    const text = readFileSync(join(this.directory(name), 'node.pem'), 'utf8');
    return /PRIVATE KEY-----\n[^]*BEGIN CERTIFICATE-----/.test(text);
  }

  node(name: string): TlsClusterNode {
    if (this.cluster === undefined) throw new Error('nothing is declared');
    return this.cluster.clusterNode(name);
  }

  directory(name: string): string {
    return this.deployment.path('nodes', name.slice('node@'.length));
  }

  /** The address of the resource that installs on the host of a node. */
  address(name: string): string {
    const [resource] = this.node(name).delivered.resources;
    if (resource === undefined) throw new Error(`${name} is not delivered`);
    return addressOf(resource);
  }

  async plan(change: Change = {}): Promise<PlanResult> {
    await newSecond();
    this.generations = change.generations ?? this.generations;
    const { generations } = this;
    this.cluster = await this.deployment.declare((stack) => {
      const key = new TerraformVariable(stack, 'ssh_key', { sensitive: true });
      key.overrideLogicalId('ssh_key');
      const delivery = Delivery.ssh({ ...this.props(), privateKey: key.stringValue, ...change.ssh });
      const common = { platform: Platform.erl(), otp: OtpRelease.OTP_25 };
      new TlsCluster(stack, 'k', {
        ...common,
        nodes: [{ name: KEEPER }],
        installDirectory: this.directory(KEEPER),
        certificates: { key: NodeKey.onNode({ requestDirectory: this.deployment.path('requests') }) },
        delivery: Delivery.ssh({
          ...{ user: USER, sudo: true, privateKey: key.stringValue, timeoutSeconds: 8 },
          hosts: { [KEEPER]: this.placeOf(0) },
          toolsOn: [KEEPER],
        }),
      });
      return new TlsCluster(stack, 'c', {
        ...common,
        installDirectory: this.deployment.path('nodes', 'all'),
        nodes: [...NAMES, PROBE].map((name) => ({ name, installDirectory: this.directory(name) })),
        certificateAuthority: { generations, rollover: { settleMinutes: 0 } },
        delivery,
      });
    });
    const planned = await this.deployment.terraform.plan();
    if (planned.json === undefined) throw new Error(planned.stderr);
    return planned;
  }

  /** Plans, lets the plan be judged, and applies it. */
  async apply(change: Change = {}): Promise<{ applied: ProgramResult; found: readonly string[] }> {
    const { json, planFile } = await this.plan(change);
    return { found: foundIn(json), applied: await this.deployment.terraform.apply({ planFile }) };
  }

  /** The same, and it has to succeed under traffic, without a call that is lost. */
  async take(change: Change = {}, codes: readonly string[] = []): Promise<string> {
    const { applied, found } = await this.apply(change);
    expect([...new Set(found.map((text) => text.split(':')[0]))]).toEqual(codes);
    const { stdout } = mustSucceed(applied);
    await this.nothingIsLost();
    return stdout;
  }

  async nothingIsLost(): Promise<void> {
    await this.traffic?.flows();
    expect(await this.traffic?.losses()).toEqual([]);
  }

  /** A fresh checkout on another machine: the configuration and the state, and nothing else. */
  async planElsewhere(elsewhere: Deployment): Promise<PlanResult> {
    for (const name of ['cdk.tf.json', 'terraform.tfstate']) cpSync(this.deployment.path(name), elsewhere.path(name));
    elsewhere.terraform.env.TF_VAR_ssh_key = this.user.privateKey;
    mustSucceed(await elsewhere.terraform.init());
    return elsewhere.terraform.plan();
  }

  /** Starts the nodes, each of another release and with a port at which it reads its files again, and lets them call each other. */
  async start(): Promise<void> {
    for (const [index, name] of NAMES.entries()) {
      const runtime = this.runtimes[index % this.runtimes.length];
      if (runtime === undefined) throw new Error('no runtime');
      const node = await startDeployed(this.erlang, this.node(name), runtime, { leaveOut: ['mesh'] });
      this.running.set(name, node);
      const port = await node.evalText(LISTEN);
      writeFileSync(this.deployment.path(`reload-${this.host(index).name}`), port.trim());
    }
    this.traffic = await Traffic.start([...this.running.values()]);
  }

  /** What new connections see right now. */
  async shown(): Promise<string[]> {
    const [runtime] = this.runtimes;
    if (runtime === undefined) throw new Error('no runtime');
    const probe = await startDeployed(this.erlang, this.node(PROBE), runtime, { moreArgs: ['-hidden'] });
    try {
      const shown: string[] = [];
      for (const member of this.running.values()) {
        const connection = await probe.dial(member);
        shown.push(connection.kind === 'tls' ? (connection.peerCertificate?.fingerprint256 ?? '') : connection.kind);
      }
      return shown;
    } finally {
      await probe.stop();
    }
  }

  installed(): string[] {
    return NAMES.map((name) => installedCertificate(this.node(name)).fingerprint256);
  }

  /** One line of each private key of the state that Terraform delivers. */
  async secrets(): Promise<string[]> {
    const resources = (await this.deployment.terraform.show()).values?.root_module.resources ?? [];
    return resources
      .filter(({ type }) => type === 'tls_private_key')
      .flatMap(({ values }) => String(values.private_key_pem_pkcs8).split('\n')[2] ?? []);
  }

  /** What the resources of this delivery keep. */
  async kept(): Promise<string> {
    const resources = (await this.deployment.terraform.show()).values?.root_module.resources ?? [];
    return JSON.stringify(resources.filter(({ type }) => type === 'terraform_data'));
  }

  private props(): SshProps {
    return {
      ...{ user: USER, sudo: true, timeoutSeconds: 8 },
      toolsOn: [NAMES[0]],
      hosts: this.places(),
      // A script can speak to the node that runs on its host, and reports when that has read its files again.
      reload: SshReload.command(
        `port=$(cat ${this.deployment.path('reload-')}$(hostname)) && bash -c "exec 3<>/dev/tcp/${ADDRESS}/$port && grep -q ok <&3"`,
      ),
    };
  }

  /** Where the host of each node is. */
  places(): Record<string, SshHostProps> {
    return {
      ...Object.fromEntries(NAMES.map((name, index) => [name, this.placeOf(index)])),
      [PROBE]: this.placeOf(0),
    };
  }

  /** Commits the request of a node. */
  handIn(name: string, request: string): void {
    writeFileSync(join(this.deployment.path('requests'), `${name}.csr`), request);
  }

  placeOf(index: number): SshHostProps {
    const { port, publicKeys } = this.host(index);
    return { host: ADDRESS, port, hostKeys: publicKeys };
  }
}

/** Whoever connects is answered once the node has read its files again. */
const LISTEN = `
  {ok, Listen} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, {active, false}, {reuseaddr, true}]),
  {ok, Port} = inet:port(Listen),
  Holder = spawn(fun() ->
    receive start -> ok end,
    Serve = fun Again() ->
      {ok, Socket} = gen_tcp:accept(Listen),
      ${CLEAR_PEM_CACHE},
      ok = gen_tcp:send(Socket, "ok\\n"),
      gen_tcp:close(Socket),
      Again()
    end,
    Serve()
  end),
  ok = gen_tcp:controlling_process(Listen, Holder),
  Holder ! start,
  integer_to_list(Port)`;

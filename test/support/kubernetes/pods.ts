/** The nodes of a cluster as pods would have them: their files are in a volume that the kubelet's own code keeps up to date. */
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TerraformStack } from 'cdktf';
import {
  CaGeneration,
  Delivery,
  type KubernetesSecret,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterNode,
  type TlsClusterProps,
} from 'cdktf-erlang-tls';

import { type ErlangCluster, type ErlangNode, type Runtime, Traffic, withCluster } from '../erlang';
import { bootWithSsl } from '../erlang/boot-with-ssl';
import { installedCertificate } from '../installing/operator';
import { eventually, newSecond } from '../programs/eventually';
import { Deployment, installedAs } from '../stacks/deployment';
import { startDeployed } from '../stacks/running-cluster';
import { mustSucceed, type PlanResult, prepareOfflineProviders } from '../terraform';
import { KUBERNETES } from '../terraform/offline-providers';
import { type ApiServer, NAMESPACE } from './api-server';
import { Projector } from './projector';

const HOSTS = ['db-0', 'db-1', 'db-2', 'probe-0'].map((pod) => `${pod}.db.${NAMESPACE}.svc.cluster.local`);
export const [DB0, DB1, DB2, PROBE] = HOSTS.map((host) => `node@${host}`) as [string, string, string, string];
const MEMBERS = [DB0, DB1, DB2];

/** Name of the Secret. */
export const SECRET = 'db-tls';

/** The group that the pods' volumes belong to. */
export const FS_GROUP = 61_234;

/** Two minutes in production: nodes look so often whether a file has changed. */
const CACHE_MS = 2000;

/** What a deploy changes; everything else stays as the one before had it. */
export interface Edit {
  readonly generations?: readonly CaGeneration[];
  readonly probeSignedBy?: string;
  readonly now?: Date;
}

/** For the time of a test. */
export async function withPods(
  runtimes: readonly Runtime[],
  server: ApiServer,
  body: (pods: Pods) => Promise<void>,
): Promise<void> {
  const deployment = await Deployment.create(await prepareOfflineProviders());
  try {
    await withCluster({ hosts: HOSTS }, async (erlang) => {
      const pods = new Pods(deployment, erlang, runtimes, server);
      try {
        await body(pods);
      } finally {
        await pods.stop();
      }
    });
  } finally {
    await deployment.remove();
  }
}

/** Pods of one cluster, each with another release. */
export class Pods {
  /** What Terraform printed, and the arguments of all processes while it ran. */
  readonly printed = new Set<string>();
  /** A directory that everybody can enter, as the service user of a node has to. */
  readonly directory = mkdtempSync(join(tmpdir(), 'erlang-tls-volumes-'));

  private edit: Edit = {};
  private declared?: { readonly cluster: TlsCluster; readonly delivery: KubernetesSecret };
  private projector?: Projector;
  private traffic?: Traffic;
  private readonly running = new Map<string, ErlangNode>();

  constructor(
    readonly deployment: Deployment,
    private readonly erlang: ErlangCluster,
    private readonly runtimes: readonly Runtime[],
    private readonly server: ApiServer,
  ) {
    chmodSync(this.directory, 0o755);
    Object.assign(deployment.terraform.env, server.env);
  }

  /** The mount, which all pods have in common here. */
  get volume(): string {
    return join(this.directory, 'volume');
  }

  node(name: string): TlsClusterNode {
    return this.current.cluster.clusterNode(name);
  }

  async plan(edit: Edit): Promise<PlanResult> {
    await newSecond();
    this.edit = { ...this.edit, ...edit };
    const { env } = this.deployment.terraform;
    delete env.OFFLINE_PROVIDERS_NOW;
    if (edit.now !== undefined) env.OFFLINE_PROVIDERS_NOW = edit.now.toISOString();
    this.declared = await this.deployment.declare((stack) => declareIn(stack, this.volume, this.edit));
    return this.deployment.terraform.plan();
  }

  async deploy(edit: Edit): Promise<PlanResult> {
    const plan = mustSucceed(await this.plan(edit));
    const watch = setInterval(() => commandLines().forEach((one) => this.printed.add(one)), WATCH_MS);
    const applied = await this.deployment.terraform.apply({ planFile: plan.planFile });
    clearInterval(watch);
    [plan.stdout, plan.stderr, applied.stdout, applied.stderr].forEach((one) => this.printed.add(one));
    mustSucceed(applied);
    return plan;
  }

  /** What a runner plans that has only the code, and the state from where it is kept. */
  async planElsewhere(): Promise<PlanResult> {
    const runner = await Deployment.create(await prepareOfflineProviders());
    try {
      Object.assign(runner.terraform.env, this.server.env);
      await runner.declare((stack) => declareIn(stack, this.volume, this.edit));
      copyFileSync(this.deployment.path('terraform.tfstate'), runner.path('terraform.tfstate'));
      return await runner.terraform.plan();
    } finally {
      await runner.remove();
    }
  }

  /** Mounts the volume, starts the nodes from it, and lets them call each other. */
  async start(): Promise<void> {
    const { cluster, delivery } = this.current;
    const { volume } = delivery.pod(cluster);
    this.projector = new Projector(this.server, [{ directory: this.volume, volume, fsGroup: FS_GROUP }]);
    await this.projector.swapped(['']);
    for (const [index, name] of [...MEMBERS, PROBE].entries()) {
      const runtime = this.runtimes[index % this.runtimes.length];
      if (runtime === undefined) throw new Error('no runtime');
      const moreArgs = [
        '-boot',
        bootWithSsl(runtime, this.erlang.directory),
        '-ssl',
        'ssl_pem_cache_clean',
        String(CACHE_MS),
      ];
      const hidden = name === PROBE ? ['-hidden'] : [];
      const options = { leaveOut: ['mesh'] as const, moreArgs: [...moreArgs, ...hidden] };
      this.running.set(name, await startDeployed(this.erlang, this.node(name), runtime, options));
    }
    this.traffic = await Traffic.start(MEMBERS.map((name) => this.runningNode(name)));
  }

  /** Deploys, and waits until the kubelet's code has swapped the volume and new connections show what is in it. Nothing is done on a node. */
  async take(edit: Edit): Promise<PlanResult> {
    const before = this.shown();
    const plan = await this.deploy(edit);
    await this.projector?.swapped(before);
    await this.untilShown();
    expect(await this.losses()).toEqual([]);
    return plan;
  }

  /** Until each side of a new connection between the probe and a member shows the certificate in the volume. */
  async untilShown(): Promise<void> {
    for (const name of MEMBERS) {
      await this.dialUntil(PROBE, name, installedCertificate(this.node(name)).fingerprint256);
      await this.dialUntil(name, PROBE, installedCertificate(this.node(PROBE)).fingerprint256);
    }
  }

  /** What the volume shows, once the kubelet's code has said this of it. */
  async shownAfter(complaint: string): Promise<readonly string[]> {
    const { projector } = this;
    await eventually(
      `the projector says "${complaint}"`,
      () => projector?.said.includes(complaint) === true || undefined,
    );
    return this.shown();
  }

  /** What the volume shows: another name after each swap. */
  shown(): readonly string[] {
    return this.projector?.shown() ?? [];
  }

  /** Keeps the files of the probe, for a machine that nobody has thought of. */
  keepOutdated(): void {
    const { installDirectory } = this.node(PROBE);
    cpSync(installDirectory, this.outdated, { recursive: true, dereference: true });
    for (const name of readdirSync(this.outdated)) {
      const path = join(this.outdated, name);
      chmodSync(path, 0o600);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll(installDirectory, this.outdated));
    }
  }

  /** Until no member connects with a node that has the old certificate, and trusts the CA of today. */
  async untilOutdatedIsRefused(): Promise<void> {
    await this.runningNode(PROBE).stop();
    copyFileSync(join(this.node(PROBE).installDirectory, 'ca.pem'), join(this.outdated, 'ca.pem'));
    const [runtime] = this.runtimes;
    if (runtime === undefined) throw new Error('no runtime');
    const args = ['-args_file', join(this.outdated, 'vm.args'), '-hidden'];
    const outdated = await this.erlang.startNode({ runtime, name: PROBE, args, leaveOut: ['mesh'] });
    this.running.set(PROBE, outdated);
    for (const name of MEMBERS) {
      await this.dialUntil(PROBE, name, undefined);
      await this.dialUntil(name, PROBE, undefined);
    }
  }

  /** Lines of the private keys in the volume. */
  keyLines(): string[] {
    return [...MEMBERS, PROBE].map((name) => {
      const pem = readFileSync(installedAs('node.pem', this.node(name)), 'utf8');
      const [, line] = /-----BEGIN [A-Z ]*PRIVATE KEY-----\n([^\n]+)/.exec(pem) ?? [];
      if (line === undefined) throw new Error(`${name} has no key`);
      return line;
    });
  }

  /** Every answered call counts, in both directions of every pair. */
  async losses(): Promise<string[]> {
    await this.traffic?.flows();
    return (await this.traffic?.losses()) ?? ['no traffic'];
  }

  /** Without a certificate, until there is no connection. */
  private async dialUntil(from: string, to: string, wanted: string | undefined): Promise<void> {
    await eventually(
      wanted === undefined ? `${to} refuses ${from}` : `${to} shows ${from} what is in the volume`,
      async () => {
        const connection = await this.runningNode(from).dial(this.runningNode(to));
        if (wanted === undefined) return connection.kind === 'none' || undefined;
        return (connection.kind === 'tls' && connection.peerCertificate?.fingerprint256 === wanted) || undefined;
      },
      SHOWN_MS,
    );
  }

  async stop(): Promise<void> {
    await this.projector?.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  runningNode(name: string): ErlangNode {
    const node = this.running.get(name);
    if (node === undefined) throw new Error(`${name} does not run`);
    return node;
  }

  private get outdated(): string {
    return join(this.directory, 'outdated');
  }

  private get current(): { readonly cluster: TlsCluster; readonly delivery: KubernetesSecret } {
    if (this.declared === undefined) throw new Error('nothing is declared');
    return this.declared;
  }
}

/** Ten times what the nodes need. */
const SHOWN_MS = 20_000;
const WATCH_MS = 50;

/** Of all processes, as every user can read them. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    });
}

/** The provider, as far as a stack declares it. */
export function withKubernetes(stack: TerraformStack): void {
  stack.addOverride('terraform.required_providers.kubernetes', { source: 'hashicorp/kubernetes', version: KUBERNETES });
  stack.addOverride('provider.kubernetes', [{}]);
}

function declareIn(stack: TerraformStack, volume: string, { generations, probeSignedBy }: Edit) {
  withKubernetes(stack);
  const delivery = Delivery.kubernetesSecret({ namespace: NAMESPACE, name: SECRET, fsGroup: FS_GROUP });
  const props: TlsClusterProps = {
    platform: Platform.erl(),
    otp: OtpRelease.OTP_25,
    nodes: [...MEMBERS.map((name) => ({ name })), { name: PROBE, signedBy: probeSignedBy }],
    installDirectory: volume,
    certificateAuthority: {
      generations: [...(generations ?? [CaGeneration.signing('1')])],
      rollover: { settleMinutes: 0 },
    },
    delivery,
  };
  return { cluster: new TlsCluster(stack, 'db', props), delivery };
}

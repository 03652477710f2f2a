import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import {
  CaGeneration,
  Delivery,
  Identity,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterNode,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { codesOf } from '../support/cli/run-cli';
import { ErlangCluster, type ErlangNode, type Runtime, Traffic, withCluster } from '../support/erlang';
import { onAllRuntimes, onEachRuntime } from '../support/erlang/blocks';
import { install, installedCertificate, readAgain } from '../support/installing/operator';
import { eventually, newSecond } from '../support/programs/eventually';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { present } from '../support/stacks/present';
import { everyLink, hostOf, kindsOf, startDeployed } from '../support/stacks/running-cluster';
import { mustSucceed } from '../support/terraform';

const SLOW_MS = 180_000;

const NAME = 'cluster.example.internal';

const retired = (id: string): CaGeneration => CaGeneration.retired(id);
const signing = (id: string): CaGeneration => CaGeneration.signing(id);
const trusted = (id: string): CaGeneration => CaGeneration.trusted(id);

/** Each deploy of a rollover. */
const STEPS: readonly CaGeneration[][] = [
  [signing('1'), trusted('2')],
  [trusted('1'), signing('2')],
  [retired('1'), signing('2')],
];

interface Group {
  readonly id: string;
  readonly platform: Platform;
  readonly otp: OtpRelease;
  readonly identity: Identity;
  /** Names of machines by their numbers: no certificate has them. */
  readonly instance: (number: number) => string;
  /** The first release whose nodes connect. */
  readonly since: number;
}

const BY_NAME = { otp: OtpRelease.OTP_26, identity: Identity.shared({ serverName: NAME, longNames: true }), since: 26 };

const GROUPS: readonly Group[] = [
  { id: 'by-name', platform: Platform.erl(), ...BY_NAME, instance: (number) => `app@127.0.0.${number}` },
  {
    ...{ id: 'by-name-ipv6', platform: Platform.erl({ protoDist: 'inet6_tls' }), ...BY_NAME },
    // Linux has these wherever it has IPv4.
    instance: (number) => `app@::ffff:127.0.0.${number}`,
  },
  {
    ...{ id: 'by-wildcard', platform: Platform.erl(), otp: OtpRelease.OTP_25, since: 25 },
    identity: Identity.sharedByWildcard({ wildcards: ['*.compute.test'], longNames: true }),
    instance: (number) => `app@ip-10-0-0-${number}.compute.test`,
  },
];

const INSTANCES = [1, 2, 3, 4, 5];

requires(
  'terraform',
  'go',
  'erl',
)('machines that come and go with one identity', () => {
  let deployment: Deployment;
  let deployed: Readonly<Record<string, TlsCluster>>;

  beforeAll(async () => {
    deployment = await Deployment.create();
    deployed = await deploy([signing('1')]);
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  async function deploy(generations: CaGeneration[]): Promise<Readonly<Record<string, TlsCluster>>> {
    await newSecond();
    const clusters = await deployment.declare((stack, target) =>
      Object.fromEntries(GROUPS.map((group) => [group.id, declare(stack, target, group, generations)])),
    );
    mustSucceed(await deployment.terraform.apply());
    for (const { nodes } of Object.values(clusters)) for (const node of nodes) install(node);
    return clusters;
  }

  function start(erlang: ErlangCluster, { id }: Group, runtime: Runtime, name: string): Promise<ErlangNode> {
    const [node] = deployed[id]?.nodes ?? [];
    if (node === undefined) throw new Error(`${id} is not deployed`);
    return startDeployed(erlang, { ...node, name }, runtime, { leaveOut: ['mesh'] });
  }

  onEachRuntime('that start now', (runtime) => {
    test.each(GROUPS.map((group) => [group.id, group] as const))(
      'connect %s, if their release can, and not without the option',
      (_id, group) =>
        withCluster({ hosts: INSTANCES.map((number) => hostOf(group.instance(number))) }, async (erlang) => {
          const [one, other] = await Promise.all(
            [1, 2].map((number) => start(erlang, group, runtime, group.instance(number))),
          );
          if (one === undefined || other === undefined) throw new Error('two nodes were started');
          const isAble = runtime.otp >= group.since;
          expect(kindsOf(await everyLink([one, other]))).toEqual([isAble ? 'tls' : 'none']);
          const without = await startWithoutOption(erlang, group, runtime, group.instance(3));
          expect(await without.ping(one)).toBe('pang');
          if (isAble) await expectChecked(group, runtime, erlang, one);
          if (isAble) await expectAllowRefuses(one, other);
        }),
      SLOW_MS,
    );
  });

  onAllRuntimes('through a rollover of the CA', (runtimes) => {
    test(
      'lose no call',
      async () => {
        const fleets = await Promise.all(GROUPS.map((group) => Fleet.start(group, runtimes, start)));
        try {
          for (const [index, generations] of STEPS.entries()) {
            deployed = await deploy(generations);
            await Promise.all(
              fleets.map(async (fleet) => {
                const shown = await fleet.replaceOldest(index + 3);
                const [node] = deployed[fleet.group.id]?.nodes ?? [];
                expect(shown).toBe(node && installedCertificate(node).serialNumber);
              }),
            );
            const losses = await Promise.all(fleets.map((fleet) => fleet.losses()));
            expect({ step: index, losses: losses.flat() }).toEqual({ step: index, losses: [] });
          }
        } finally {
          await Promise.all(fleets.map((fleet) => fleet.stop()));
        }
      },
      SLOW_MS,
    );
  });

  /** As `erlang-tls check` has it of the machine's files, and of its port. */
  async function expectChecked({ id }: Group, { otp }: Runtime, erlang: ErlangCluster, one: ErlangNode): Promise<void> {
    const [node] = deployed[id]?.nodes ?? [];
    const address = one.address.includes(':') ? `[${one.address}]` : one.address;
    const probe = `--probe=${address}:${erlang.port}`;
    const directory = node?.installDirectory ?? '';
    expect(new Set(await codesOf(['check', `--otp=${otp}`, directory]))).toEqual(new Set(['peer-verified-less']));
    expect(await codesOf(['check', `--otp=${otp}`, probe])).toEqual(['host-not-in-certificate']);
    if (id === 'by-wildcard') return;
    expect(new Set(await codesOf(['check', `--otp=${otp}`, directory, probe]))).toEqual(
      new Set(['peer-verified-less']),
    );
  }

  async function startWithoutOption(
    erlang: ErlangCluster,
    { id, platform }: Group,
    runtime: Runtime,
    name: string,
  ): Promise<ErlangNode> {
    const { optionFile } = deployed[id]?.nodes[0] ?? {};
    const text = optionFile?.text ?? '';
    const without = text.replace(/,\s*\{(server_name_indication|customize_hostname_check),.*(?=\]\}\]\.)/u, '');
    expect(without.length).toBeLessThan(text.length);
    const file = deployment.path(`${id}.conf`);
    writeFileSync(file, without);
    const args = ['-proto_dist', platform._profile.protoDist, '-ssl_dist_optfile', file];
    return erlang.startNode({ runtime, name, args });
  }
});

/** The nodes that listen refuse every other one, and still dial those that are listed. */
async function expectAllowRefuses(one: ErlangNode, other: ErlangNode): Promise<void> {
  await one.disconnect(other);
  await one.eval(`net_kernel:allow(['${other.name}','app@${NAME}'])`);
  expect(await other.eval(`net_kernel:connect_node('${one.name}')`)).toBe('false');
  await eventually('the refusal is logged', () => (one.log().includes('disallowed node') ? true : undefined));
  expect(await one.ping(other)).toBe('pong');
}

/** Machines of one group, of every release that can be in it, under traffic. */
class Fleet {
  static async start(
    group: Group,
    all: readonly Runtime[],
    start: (erlang: ErlangCluster, group: Group, runtime: Runtime, name: string) => Promise<ErlangNode>,
  ): Promise<Fleet> {
    const erlang = await ErlangCluster.create({ hosts: INSTANCES.map((number) => hostOf(group.instance(number))) });
    const runtimes = all.filter(({ otp }) => otp >= group.since);
    const boot = (number: number): Promise<ErlangNode> =>
      start(erlang, group, present(runtimes[number % runtimes.length]), group.instance(number));
    try {
      const nodes = await Promise.all([1, 2].map(boot));
      return new Fleet(group, erlang, boot, nodes, await Traffic.start(nodes));
    } catch (error) {
      await erlang.stop();
      throw error;
    }
  }

  private constructor(
    readonly group: Group,
    private readonly erlang: ErlangCluster,
    private readonly boot: (number: number) => Promise<ErlangNode>,
    private readonly nodes: ErlangNode[],
    private readonly traffic: Traffic,
  ) {}

  /** A machine appears, which dials one and is dialled by the rest, and the oldest one vanishes. Gives the certificate that the new one was shown. */
  async replaceOldest(number: number): Promise<string | undefined> {
    await Promise.all(this.nodes.map(readAgain));
    const joined = await this.boot(number);
    const [oldest, dialled] = this.nodes as [ErlangNode, ErlangNode];
    expect(await joined.ping(dialled)).toBe('pong');
    const connection = await joined.connectionInfo(dialled);
    await this.traffic.add(joined);
    this.nodes.push(joined);
    this.nodes.shift();
    await this.traffic.remove(oldest);
    await oldest.stop();
    await this.traffic.flows();
    return connection.kind === 'tls' ? connection.peerCertificate?.serialNumber : undefined;
  }

  losses(): Promise<string[]> {
    return this.traffic.losses();
  }

  stop(): Promise<void> {
    return this.erlang.stop();
  }
}

function declare(stack: Construct, target: Deployment, group: Group, generations: CaGeneration[]): TlsCluster {
  const { id, platform, otp, identity } = group;
  return new TlsCluster(stack, id, {
    ...{ platform, otp, identity, nodes: [] },
    installDirectory: target.path('machines', id),
    certificateAuthority: { generations, rollover: { settleMinutes: 0 } },
    delivery: Delivery.installScript({ outputDirectory: `${target.outputDirectory}/${id}` }),
  });
}

const MACHINES = ['app@m1.compute.test', 'app@m2.compute.test'] as const;
const DIRECTORY = '/etc/app/tls';

requires(
  'terraform',
  'go',
  'erl',
)('nodes on their way from certificates of their own to a shared identity, and back', () => {
  onAllRuntimes('restarted one by one', (runtimes) => {
    test.each(GROUPS.filter(({ id }) => !id.endsWith('ipv6')).map((group) => [group.id, group] as const))(
      'connect %s in every mixture of old and new files, in both directions',
      async (_id, group) => {
        const [oldest, newest] = [runtimes.find(({ otp }) => otp >= group.since), runtimes.at(-1)];
        const deployment = await Deployment.create();
        try {
          await withCluster({ hosts: MACHINES.map(hostOf) }, async (erlang) => {
            const start = (name: string): Promise<ErlangNode> => {
              const runtime = present(name === MACHINES[0] ? oldest : newest);
              return erlang.startNode({
                ...{ runtime, name, cwd: deployment.path(name) },
                args: ['-args_file', deployment.path(name, 'vm.args')],
              });
            };
            const own = await declareMoving(deployment, group, undefined);
            for (const name of MACHINES) deliver(own.clusterNode(name), deployment.path(name));
            const nodes = await Promise.all(MACHINES.map(start));
            for (const identity of [group.identity, undefined]) {
              const next = await declareMoving(deployment, group, identity);
              for (const [index, name] of MACHINES.entries()) {
                const kinds = [];
                deliver(next.clusterNode(identity === undefined ? name : 'shared'), deployment.path(name));
                await Promise.all(nodes.map(readAgain));
                kinds.push(kindsOf(await everyLink(nodes)));
                await nodes[index]?.stop();
                nodes[index] = await start(name);
                kinds.push(kindsOf(await everyLink(nodes)));
                expect({ to: identity && 'shared', name, kinds }).toEqual({
                  ...{ to: identity && 'shared', name },
                  kinds: [['tls'], ['tls']],
                });
              }
            }
          });
        } finally {
          await deployment.remove();
        }
      },
      SLOW_MS,
    );
  });
});

async function declareMoving(
  deployment: Deployment,
  { platform, otp }: Group,
  identity: Identity | undefined,
): Promise<TlsCluster> {
  const more = identity === undefined ? { additionalDnsNames: [NAME] } : {};
  const cluster = await deployment.declare(
    (stack, target) =>
      new TlsCluster(stack, 'moving', {
        ...{ platform, otp, identity },
        nodes: MACHINES.map((name) => ({ name, ...more })),
        installDirectory: DIRECTORY,
        delivery: Delivery.localFiles({ outputDirectory: target.outputDirectory }),
      }),
  );
  mustSucceed(await deployment.terraform.apply());
  return cluster;
}

/** Puts the files where the machine has them: each has a directory of its own here. */
function deliver({ files, delivered }: TlsClusterNode, directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const [index, { path }] of files.entries()) {
    const text = readFileSync(delivered.outputs[index] ?? '', 'utf8').replaceAll(DIRECTORY, directory);
    writeFileSync(join(directory, basename(path)), text, { mode: 0o600 });
  }
}

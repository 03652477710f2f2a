import {
  CaGeneration,
  Delivery,
  KeyAlgorithm,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterNodeProps,
  type TlsClusterProps,
} from 'cdktf-erlang-tls';

import {
  type Connection,
  type ErlangCluster,
  type ErlangNode,
  type Runtime,
  Traffic,
  withCluster,
} from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { install, installedCertificate, readAgain, setAside } from '../support/installing/operator';
import { eventually, newSecond } from '../support/programs/eventually';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { startDeployed } from '../support/stacks/running-cluster';
import { mustSucceed, prepareOfflineProviders } from '../support/terraform';

const SLOW_MS = 300_000;
const DAY_MS = 24 * 60 * 60 * 1000;

const [DB1, DB2, DB3, DB4] = ['db1', 'db2', 'db3', 'db4'].map((host) => `node@${host}.x.test`) as [
  string,
  string,
  string,
  string,
];
/** Declared like the others, but hidden: all its connections are new, and those of the members do not change. */
const PROBE = 'node@probe.x.test';
const HOSTS = [DB1, DB2, DB3, DB4, PROBE].map((name) => name.slice('node@'.length));

const signing = (id: string): CaGeneration => CaGeneration.signing(id);
const trusted = (id: string): CaGeneration => CaGeneration.trusted(id);
const retired = (id: string): CaGeneration => CaGeneration.retired(id);

/** What one deploy changes; everything else stays as the one before had it. */
interface Edit {
  readonly generations?: readonly CaGeneration[];
  readonly certificates?: TlsClusterProps['certificates'];
  readonly members?: readonly string[];
  /** Members with certificates of another generation than the signing one. */
  readonly signedBy?: Readonly<Record<string, string>>;
  readonly unsafeWithoutGuard?: boolean;
}

/** Each with the members that get another certificate by it. */
const STEPS: readonly (readonly [what: string, edit: Edit, changed: readonly string[]])[] = [
  ['certificates that are due are renewed', {}, [DB1, DB2, DB3]],
  ['the next generation is trusted', { generations: [signing('1'), trusted('2')] }, []],
  ['one node tries it', { signedBy: { [DB1]: '2' } }, [DB1]],
  ['it signs', { generations: [trusted('1'), signing('2')], signedBy: {} }, [DB2, DB3]],
  ['the first one signs again', { generations: [signing('1'), trusted('2')] }, [DB1, DB2, DB3]],
  ['the second one signs again', { generations: [trusted('1'), signing('2')] }, [DB1, DB2, DB3]],
  ['the first one is retired', { generations: [retired('1'), signing('2')] }, []],
  ['all keys are new', { certificates: { keyGeneration: '2' } }, [DB1, DB2, DB3]],
  ['all keys are of another kind', { certificates: { keyAlgorithm: KeyAlgorithm.ECDSA_P384 } }, [DB1, DB2, DB3]],
];

requires(
  'terraform',
  'go',
  'erl',
)('rotation under traffic', () => {
  onEachRuntime(
    'while three nodes call each other without pause',
    (runtime) => {
      test(
        'loses no call, connection or global name, uses the installed files for new connections, and refuses a retired CA',
        () =>
          withRotation(runtime, async (rotation) => {
            const outdated = await setAside(rotation.declared(PROBE));
            for (const [what, edit, renewed] of STEPS) {
              const changed = await rotation.take(edit);
              expect({ what, changed, losses: await rotation.losses() }).toEqual({
                what,
                changed: renewed,
                losses: [],
              });
              expect({ what, shown: await rotation.shown() }).toEqual({ what, shown: rotation.toBeShown() });
            }
            await outdated.putBack();
            expect(await rotation.refusals()).toEqual({ probe: 'none', [DB1]: 'none', [DB2]: 'none', [DB3]: 'none' });
            expect(await rotation.losses()).toEqual([]);
          }),
        SLOW_MS,
      );

      test(
        'lets one node leave and another one join, and the others lose nothing',
        () =>
          withRotation(runtime, async (rotation) => {
            await rotation.replace(DB3, DB4);
            expect(await rotation.losses()).toEqual([]);
            expect(await rotation.shown()).toEqual(rotation.toBeShown());
          }),
        SLOW_MS,
      );

      test(
        'without the intermediate steps, leaves the first broken connection broken and loses calls',
        () =>
          withRotation(runtime, async (rotation) => {
            await rotation.deploy({ generations: [retired('1'), signing('2')], unsafeWithoutGuard: true });
            await rotation.installOn(DB1);
            expect(await rotation.losses()).toEqual([]);
            await rotation.breakConnection(DB1, DB2);
            const losses = await eventually('calls are lost', async () => {
              const found = await rotation.losses();
              return found.some((loss) => loss.includes('{lost,')) ? found : undefined;
            });
            expect(losses).toContainEqual(expect.stringContaining('{nodedown,'));
            expect(await rotation.node(DB2).ping(rotation.node(DB1))).toBe('pang');
          }),
        SLOW_MS,
      );
    },
    [25, 29],
  );
});

async function withRotation(runtime: Runtime, body: (rotation: Rotation) => Promise<void>): Promise<void> {
  const deployment = await Deployment.create(await prepareOfflineProviders());
  try {
    await withCluster({ hosts: HOSTS }, async (erlang) => body(await Rotation.start(runtime, deployment, erlang)));
  } finally {
    await deployment.remove();
  }
}

/** A cluster that runs, its deploys, and the traffic in it. */
class Rotation {
  /** Three nodes with certificates from 250 days ago, of 365: due for renewal, and valid. */
  static async start(runtime: Runtime, deployment: Deployment, erlang: ErlangCluster): Promise<Rotation> {
    const rotation = new Rotation(runtime, deployment, erlang);
    deployment.terraform.env.OFFLINE_PROVIDERS_NOW = new Date(Date.now() - 250 * DAY_MS).toISOString();
    await rotation.deploy({ generations: [signing('1')], members: [DB1, DB2, DB3] });
    delete deployment.terraform.env.OFFLINE_PROVIDERS_NOW;
    for (const name of [DB1, DB2, DB3]) await rotation.boot(name);
    install(rotation.declared(PROBE));
    rotation.traffic = await Traffic.start([...rotation.running.values()]);
    return rotation;
  }

  private edit: Edit = {};
  private cluster: TlsCluster | undefined;
  private traffic: Traffic | undefined;
  private readonly running = new Map<string, ErlangNode>();

  private constructor(
    private readonly runtime: Runtime,
    private readonly deployment: Deployment,
    private readonly erlang: ErlangCluster,
  ) {}

  async deploy(edit: Edit): Promise<void> {
    await newSecond();
    this.edit = { ...this.edit, ...edit };
    this.cluster = await this.deployment.declare((stack, target) => declare(stack, target, this.edit));
    mustSucceed(await this.deployment.terraform.apply());
  }

  /** Deploys and installs on every member, as it runs. Gives the members with another certificate than before. */
  async take(edit: Edit): Promise<string[]> {
    const before = this.toBeShown();
    await this.deploy(edit);
    for (const name of this.running.keys()) await this.installOn(name);
    install(this.declared(PROBE));
    const after = this.toBeShown();
    return [...this.running.keys()].filter((name) => before[name] !== after[name]);
  }

  async installOn(name: string): Promise<void> {
    install(this.declared(name));
    await readAgain(this.node(name));
  }

  async replace(old: string, next: string): Promise<void> {
    const members = [...[...this.running.keys()].filter((name) => name !== old), next];
    await this.take({ members: [...members, old] });
    await this.talk.add(await this.boot(next));
    await this.talk.flows();
    await this.talk.remove(this.node(old));
    await this.node(old).stop();
    this.running.delete(old);
    await this.take({ members });
  }

  async breakConnection(one: string, other: string): Promise<void> {
    await this.node(one).eval(`erlang:disconnect_node('${other}')`);
  }

  /** After every pair has gone on for a while. */
  async losses(): Promise<string[]> {
    const before = await this.talk.losses();
    if (before.length > 0) return before;
    await this.talk.flows();
    return this.talk.losses();
  }

  /** What each member has installed, and the probe, as fingerprints: what a new connection should see. */
  toBeShown(): Record<string, string> {
    const names = [...this.running.keys(), PROBE];
    return Object.fromEntries(names.map((name) => [name, installedCertificate(this.declared(name)).fingerprint256]));
  }

  /** What new connections do see: a fresh node dials every member, and every member dials it. */
  async shown(): Promise<Record<string, string>> {
    return this.withProbe(async (probe) => {
      const shown: Record<string, string> = {};
      for (const [name, member] of this.running) {
        shown[name] = fingerprint(await probe.dial(member));
        shown[PROBE] = fingerprint(await member.dial(probe));
      }
      return shown;
    });
  }

  /** The kinds of connections that a fresh node gets, and that members get with it. */
  async refusals(): Promise<Record<string, string>> {
    return this.withProbe(async (probe) => {
      const kinds: Record<string, string> = {};
      for (const [name, member] of this.running) {
        kinds.probe = (await probe.dial(member)).kind;
        kinds[name] = (await member.dial(probe)).kind;
      }
      return kinds;
    });
  }

  declared(name: string): TlsCluster['nodes'][number] {
    if (this.cluster === undefined) throw new Error('nothing is deployed');
    return this.cluster.clusterNode(name);
  }

  node(name: string): ErlangNode {
    const node = this.running.get(name);
    if (node === undefined) throw new Error(`${name} does not run`);
    return node;
  }

  private get talk(): Traffic {
    if (this.traffic === undefined) throw new Error('no traffic yet');
    return this.traffic;
  }

  private async boot(name: string): Promise<ErlangNode> {
    install(this.declared(name));
    const node = await this.startAs(name);
    this.running.set(name, node);
    return node;
  }

  private async withProbe<T>(body: (probe: ErlangNode) => Promise<T>): Promise<T> {
    const probe = await this.startAs(PROBE, ['-hidden']);
    try {
      return await body(probe);
    } finally {
      await probe.stop();
    }
  }

  /** With OTP's own defaults for the mesh, as in production. */
  private async startAs(name: string, moreArgs: readonly string[] = []): Promise<ErlangNode> {
    return startDeployed(this.erlang, this.declared(name), this.runtime, { leaveOut: ['mesh'], moreArgs });
  }
}

function declare(
  stack: ConstructorParameters<typeof TlsCluster>[0],
  target: Deployment,
  { generations = [], certificates, members = [], signedBy = {}, unsafeWithoutGuard }: Edit,
): TlsCluster {
  const nodes = [...members, PROBE].map((name): TlsClusterNodeProps => ({
    name,
    installDirectory: target.path('nodes', name.slice('node@'.length)),
    signedBy: signedBy[name],
  }));
  return new TlsCluster(stack, 'c', {
    platform: Platform.erl(),
    otp: OtpRelease.OTP_25,
    nodes,
    installDirectory: target.path('nodes', 'common'),
    certificates,
    certificateAuthority: { generations: [...generations], rollover: { settleMinutes: 0, unsafeWithoutGuard } },
    delivery: Delivery.installScript({ outputDirectory: target.outputDirectory }),
  });
}

function fingerprint(connection: Connection): string {
  return connection.kind === 'tls' ? (connection.peerCertificate?.fingerprint256 ?? 'none') : connection.kind;
}

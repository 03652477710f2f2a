import { execFileSync } from 'node:child_process';

import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { canDial, dialsWith } from '../../src/model/platforms/couchdb/no-tls';
import { couchDistDirectory, type ErlangCluster, type ErlangNode, type Runtime, withCluster } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import {
  nodesWith,
  onPlainTcp,
  pairsApart,
  restarted,
  type RunningNodes,
  startedWith,
} from '../support/platforms/couchdb-migration';
import { newSecond } from '../support/programs/eventually';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { everyLink, kindsOf, link, startDeployed, tlsLinks } from '../support/stacks/running-cluster';
import { mustSucceed } from '../support/terraform';

const SLOW_MS = 300_000;

const HOSTS = ['db1.x.test', 'db2.x.test', 'db3.x.test'];
const [FIRST, SECOND, THIRD] = HOSTS.map((host) => `couchdb@${host}`) as [string, string, string];
const ALL = [FIRST, SECOND, THIRD];

/** One deploy: who still speaks plain text after it, and who is restarted, in this order. */
interface Step {
  readonly list: readonly string[];
  readonly restarts: readonly string[];
}

/** As docs/migration.md has it. In between, the first node goes back into the list and out of it again. */
const AS_DOCUMENTED: readonly Step[] = [
  { list: ALL, restarts: ALL },
  { list: [SECOND, THIRD], restarts: [FIRST] },
  { list: ALL, restarts: [FIRST] },
  { list: [SECOND, THIRD], restarts: [FIRST] },
  { list: [THIRD], restarts: [SECOND] },
  { list: [], restarts: [THIRD, FIRST, SECOND] },
];

/** With every node restarted in every step, the one that moves first. */
const ALL_EACH_TIME: readonly Step[] = [
  { list: ALL, restarts: [THIRD, SECOND, FIRST] },
  { list: [FIRST, THIRD], restarts: [SECOND, THIRD, FIRST] },
  { list: [FIRST], restarts: [THIRD, FIRST, SECOND] },
  { list: [], restarts: [FIRST, SECOND, THIRD] },
];

/** CouchDB's protocol module is CouchDB's own; `test/support/erlang/couch_dist.erl` stands in for it, by the same rules. */
requires(
  'terraform',
  'go',
  'erl',
)('a migration from plain TCP to TLS', () => {
  onEachRuntime(
    'while three nodes run',
    (runtime) => {
      test.each([
        ['restarting the nodes that move, and all others at the end', AS_DOCUMENTED],
        ['restarting all nodes in every step', ALL_EACH_TIME],
      ])(
        'reconnects every pair after every restart by %s, and ends with TLS for all',
        (_title, steps) =>
          withMigration(runtime, async (migration) => {
            for (const { list, restarts } of steps) {
              await migration.deploy(list);
              for (const name of restarts) {
                expect(await migration.restart(name)).toEqual([]);
                expect(await migration.unexpectedLinks()).toEqual([]);
              }
            }
            const { nodes } = migration;
            expect(await everyLink(nodes)).toEqual(tlsLinks(nodes, 'tlsv1.3', 'TLS_AES_256_GCM_SHA384'));
          }),
        SLOW_MS,
      );

      test(
        'separates two nodes that move at once until both have moved',
        () =>
          withMigration(runtime, async (migration) => {
            await migration.deploy(ALL);
            for (const name of ALL) expect(await migration.restart(name)).toEqual([]);
            await migration.deploy([THIRD]);
            expect(await migration.restart(FIRST)).toEqual([`${FIRST} ${SECOND}`]);
            expect(await migration.unexpectedLinks()).toEqual([]);
            expect(await migration.restart(SECOND)).toEqual([]);
          }),
        SLOW_MS,
      );
    },
    [25, 29],
  );
});

async function withMigration(runtime: Runtime, body: (migration: Migration) => Promise<void>): Promise<void> {
  const deployment = await Deployment.create();
  try {
    await withCluster({ hosts: HOSTS }, async (erlang) => body(await Migration.start(runtime, deployment, erlang)));
  } finally {
    await deployment.remove();
  }
}

/** Three nodes on the way, and beside them what the model says of them. */
class Migration {
  /** On plain TCP, without any file of this library. */
  static async start(runtime: Runtime, deployment: Deployment, erlang: ErlangCluster): Promise<Migration> {
    const args = ['-proto_dist', 'inet_tcp'];
    const nodes = await Promise.all(ALL.map((name) => erlang.startNode({ runtime, name, args })));
    expect(kindsOf(await everyLink(nodes))).toEqual(['tcp']);
    return new Migration(runtime, deployment, erlang, new Map(nodes.map((node) => [node.name, node])));
  }

  private model: RunningNodes = nodesWith(ALL, onPlainTcp);
  private list: readonly string[] = [];
  private cluster: TlsCluster | undefined;

  private constructor(
    private readonly runtime: Runtime,
    private readonly deployment: Deployment,
    private readonly erlang: ErlangCluster,
    private readonly running: Map<string, ErlangNode>,
  ) {}

  get nodes(): ErlangNode[] {
    return ALL.map((name) => this.node(name));
  }

  /** With Terraform; nothing is installed yet. */
  async deploy(list: readonly string[]): Promise<void> {
    await newSecond();
    this.list = list;
    this.cluster = await this.deployment.declare((stack, target) => clusterWith(stack, target, list));
    mustSucceed(await this.deployment.terraform.apply());
  }

  /**
   * Installs, ends the node and starts it anew. It dials all others, as CouchDB does at its start; where that is refused, the other one dials.
   * Gives the pairs that are apart then.
   */
  async restart(name: string): Promise<string[]> {
    if (this.cluster === undefined) throw new Error('nothing is deployed');
    const declared = this.cluster.clusterNode(name);
    execFileSync('sh', declared.delivered.outputs, { stdio: 'pipe' });
    await this.node(name).stop();
    const node = await startDeployed(this.erlang, declared, this.runtime, {
      moreArgs: ['-pa', couchDistDirectory(this.runtime)],
    });
    this.running.set(name, node);
    this.model = restarted(this.model, startedWith(name, this.list));
    for (const other of this.nodes.filter((one) => one !== node)) {
      if ((await node.ping(other)) === 'pang') await other.ping(node);
    }
    return this.pairsApart();
  }

  /** Dials in every ordered pair, compares with the model, and leaves every pair connected that can be. */
  async unexpectedLinks(): Promise<object[]> {
    const unexpected: object[] = [];
    for (const [one, other] of this.pairs()) {
      for (const [from, to] of [[one, other] as const, [other, one] as const]) {
        const { kind } = await link(from, to);
        const expected = this.expectedKind(from.name, to.name);
        if (kind !== expected) unexpected.push({ from: from.name, to: to.name, kind, expected });
      }
      if ((await other.connectionInfo(one)).kind === 'none') await one.ping(other);
    }
    expect(await this.pairsApart()).toEqual(pairsApart(this.model));
    return unexpected;
  }

  private expectedKind(from: string, to: string): string {
    const [dialling, dialled] = [this.model.get(from), this.model.get(to)];
    if (dialling === undefined || dialled === undefined) throw new Error(`${from} or ${to} is not in the model`);
    return canDial(dialling, dialled) ? dialsWith(dialling, to) : 'none';
  }

  /** Asks the nodes, and dials nothing. */
  private async pairsApart(): Promise<string[]> {
    const apart: string[] = [];
    for (const [one, other] of this.pairs()) {
      if ((await one.connectionInfo(other)).kind === 'none') apart.push(`${one.name} ${other.name}`);
    }
    return apart;
  }

  private pairs(): (readonly [ErlangNode, ErlangNode])[] {
    return this.nodes.flatMap((one, index) => this.nodes.slice(index + 1).map((other) => [one, other] as const));
  }

  private node(name: string): ErlangNode {
    const node = this.running.get(name);
    if (node === undefined) throw new Error(`${name} does not run`);
    return node;
  }
}

function clusterWith(
  stack: ConstructorParameters<typeof TlsCluster>[0],
  target: Deployment,
  unsafePlainTextMembers: readonly string[],
): TlsCluster {
  return new TlsCluster(stack, 'couch', {
    platform: Platform.couchDb({ unsafePlainTextMembers: [...unsafePlainTextMembers] }),
    otp: OtpRelease.OTP_25,
    nodes: HOSTS.map((host) => ({ name: `couchdb@${host}`, installDirectory: target.path('nodes', host) })),
    installDirectory: target.path('nodes', 'common'),
    delivery: Delivery.installScript({ outputDirectory: target.outputDirectory }),
  });
}

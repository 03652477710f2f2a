import { execFileSync } from 'node:child_process';

import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { canDial, dialsWith } from '../../src/model/platforms/couchdb/no-tls';
import {
  couchDistDirectory,
  type ErlangCluster,
  type ErlangNode,
  IMPATIENT,
  type Runtime,
  withCluster,
} from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { atom } from '../support/erlang/text';
import {
  nodesWith,
  onPlainTcp,
  pairsApart,
  restarted,
  type RunningNodes,
  startedWith,
} from '../support/platforms/couchdb-migration';
import { eventually, newSecond } from '../support/programs/eventually';
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

/** As docs/migration.md has it, there and back: the greatest name first, and after each node that moves the ones with greater names. */
const THERE: readonly Step[] = [
  { list: ALL, restarts: ALL },
  { list: [FIRST, SECOND], restarts: [THIRD] },
  { list: [FIRST], restarts: [SECOND, THIRD] },
  { list: [], restarts: [FIRST, SECOND, THIRD] },
];
const BACK: readonly Step[] = [
  { list: [THIRD], restarts: [THIRD] },
  { list: [SECOND, THIRD], restarts: [SECOND, THIRD] },
  { list: ALL, restarts: [FIRST, SECOND, THIRD] },
];

/** How long a restarted node may take to connect with all others while these send to it all the time. */
const IN_TIME_MS = 10_000;

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
      test(
        'connects each restarted node in time as documented, there and back, while nodes that still dial it in vain refuse it',
        () =>
          withMigration(runtime, async (migration) => {
            for (const { list, restarts } of THERE) {
              await migration.deploy(list);
              for (const name of restarts) await migration.restartUnderLoad(name);
            }
            expect(await migration.kinds()).toEqual(['tls']);
            for (const { list, restarts } of BACK) {
              await migration.deploy(list);
              const [moving, ...greater] = restarts as [string, ...string[]];
              await migration.restartUnderLoad(moving, { isRefused: greater.length > 0 });
              for (const name of greater) await migration.restartUnderLoad(name);
            }
            expect(await migration.kinds()).toEqual(['tcp']);
          }),
        SLOW_MS,
      );

      test(
        'reconnects every pair by restarting all nodes in every step, and ends with TLS for all',
        () =>
          withMigration(runtime, async (migration) => {
            for (const { list, restarts } of ALL_EACH_TIME) {
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
    const args = ['-proto_dist', 'inet_tcp', ...IMPATIENT];
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
   * Restarts the node while all others send to it, and connects as the page says: the nodes with greater names wait meanwhile. Where they still dial it
   * in vain, as long as they do they refuse it.
   */
  async restartUnderLoad(name: string, { isRefused = false } = {}): Promise<void> {
    await Promise.all(this.nodes.map(async (node) => node.eval(SENDERS)));
    const [greater, others] = [ALL.filter((other) => other > name), ALL.filter((other) => other !== name)];
    if (!isRefused) await this.setAutomaticDials(greater, NEVER);
    const node = await this.startAnew(name);
    if (isRefused) {
      expect(await node.eval(dialled(greater.slice(0, 1)))).toBe('false');
      await this.setAutomaticDials(greater, NEVER);
    }
    await eventually(
      `${name} is connected with ${others.join(', ')}`,
      async () => ((await node.eval(dialled(others))) === 'true' ? true : undefined),
      IN_TIME_MS,
    );
    expect(await this.pairsApart()).toEqual([]);
    await this.setAutomaticDials(greater, AGAIN);
  }

  async kinds(): Promise<string[]> {
    const connections = this.pairs().map(async ([one, other]) => (await one.connectionInfo(other)).kind);
    return [...new Set(await Promise.all(connections))];
  }

  private async setAutomaticDials(names: readonly string[], expression: string): Promise<void> {
    await Promise.all(names.map(async (name) => this.node(name).eval(expression)));
  }

  /**
   * Installs, ends the node and starts it anew. It dials all others, as CouchDB does at its start; where that is refused, the other one dials.
   * Gives the pairs that are apart then.
   */
  async restart(name: string): Promise<string[]> {
    const node = await this.startAnew(name);
    for (const other of this.nodes.filter((one) => one !== node)) {
      if ((await node.ping(other)) === 'pang') await other.ping(node);
    }
    return this.pairsApart();
  }

  private async startAnew(name: string): Promise<ErlangNode> {
    if (this.cluster === undefined) throw new Error('nothing is deployed');
    const declared = this.cluster.clusterNode(name);
    execFileSync('sh', declared.delivered.outputs, { stdio: 'pipe' });
    await this.node(name).stop();
    const node = await startDeployed(this.erlang, declared, this.runtime, {
      moreArgs: ['-pa', couchDistDirectory(this.runtime), ...IMPATIENT],
    });
    this.running.set(name, node);
    this.model = restarted(this.model, startedWith(name, this.list));
    return node;
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

/** As docs/migration.md has it. */
const NEVER = 'application:set_env(kernel, dist_auto_connect, never)';
const AGAIN = 'application:unset_env(kernel, dist_auto_connect)';

/** Dials these nodes; whether each is connected then. */
function dialled(names: readonly string[]): string {
  return `lists:all(fun(Node) -> net_kernel:connect_node(Node) =:= true end, [${names.map(atom).join(', ')}])`;
}

/** Five processes on a node, once, that send to all nodes with breaks of some milliseconds. */
const SENDERS = `
  Send = fun Again() -> [{nobody, Node} ! hello || Node <- [${ALL.map(atom).join(', ')}]], timer:sleep(rand:uniform(20)), Again() end,
  case persistent_term:get(senders, none) of
    none -> persistent_term:put(senders, [spawn(Send) || _ <- lists:seq(1, 5)]);
    _ -> ok
  end`;

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

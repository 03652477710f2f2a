import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { argsFileOf, link, startDeployed, toolsOf } from '../support/cluster-fixture';
import { Deployment, installedAs } from '../support/deployment';
import { type ErlangCluster, type ErlangNode, type Runtime, withCluster } from '../support/erlang';
import { requires } from '../support/programs';
import { onEachRuntime } from '../support/runtime-blocks';

const SLOW_MS = 120_000;

const [ONE, TWO, OUTSIDER] = ['node@db1.x.test', 'node@db2.x.test', 'node@db3.x.test'] as const;
const HOSTS = [ONE, TWO, OUTSIDER].map((name) => name.slice('node@'.length));
const DESK = 'desk.x.test';

requires(
  'terraform',
  'go',
  'erl',
)('nodes that have evaluated the allow expression', () => {
  let deployment: Deployment;
  /** All three hosts, so that the outsider has a certificate of the same CA. The allow expression is that of the two others. */
  let cluster: TlsCluster;
  let allowed: TlsCluster;

  beforeAll(async () => {
    const deployed = await Deployment.of((stack, target) => ({
      all: declare('all', [ONE, TWO, OUTSIDER], stack, target),
      two: declare('two', [ONE, TWO], stack, target),
    }));
    deployment = deployed.deployment;
    cluster = deployed.clusters.all;
    allowed = deployed.clusters.two;
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  function declare(
    id: string,
    names: readonly string[],
    stack: ConstructorParameters<typeof TlsCluster>[0],
    target: Deployment,
  ): TlsCluster {
    return new TlsCluster(stack, id, {
      platform: Platform.erl(),
      otp: OtpRelease.OTP_25,
      nodes: names.map((name) => ({ name, installDirectory: target.path(id, name) })),
      installDirectory: target.path(id, 'common'),
      tls: { serverOptions: { verifyFun: '{fun inet_tls_dist:verify_client/3,[]}' } },
      delivery: Delivery.localFiles({ outputDirectory: `${target.outputDirectory}/${id}` }),
    });
  }

  onEachRuntime('of a deployed cluster', (runtime) => {
    test(
      'let each other in',
      () =>
        withCluster({ hosts: HOSTS }, async (erlang) => {
          const [one, two] = [await start(erlang, runtime, ONE), await start(erlang, runtime, TWO)];
          await allow(one, two);
          expect([await link(one, two), await link(two, one)].map(({ kind }) => kind)).toEqual(['tls', 'tls']);
        }),
      SLOW_MS,
    );

    test(
      'refuse a node that is not in it, and let it in without the expression',
      () =>
        withCluster({ hosts: HOSTS }, async (erlang) => {
          const [one, outsider] = [await start(erlang, runtime, ONE), await start(erlang, runtime, OUTSIDER)];
          expect((await link(outsider, one)).kind).toBe('tls');
          await allow(one);
          expect((await link(outsider, one)).kind).toBe('none');
        }),
      SLOW_MS,
    );

    test(
      'refuse a name of theirs with the certificate of another host, and let it in without the expression',
      () =>
        withCluster({ hosts: HOSTS }, async (erlang) => {
          const one = await start(erlang, runtime, ONE);
          const impostor = await erlang.startNode({ runtime, name: TWO, args: argsOfImpostor() });
          expect((await link(impostor, one)).kind).toBe('tls');
          await allow(one);
          expect((await link(impostor, one)).kind).toBe('none');
        }),
      SLOW_MS,
    );

    test(
      'refuse the tools, whose name is in no list',
      () =>
        withCluster({ hosts: [...HOSTS, DESK] }, async (erlang) => {
          const one = await start(erlang, runtime, ONE);
          await allow(one);
          const args = ['-args_file', installedAs('remsh.args', toolsOf(cluster))];
          const tool = await erlang.startNode({ runtime, name: `remsh@${DESK}`, args, leaveOut: ['name'] });
          expect(await tool.eval(`net_kernel:connect_node('${ONE}')`)).toBe('false');
        }),
      SLOW_MS,
    );
  });

  async function start(erlang: ErlangCluster, runtime: Runtime, name: string): Promise<ErlangNode> {
    return startDeployed(erlang, cluster.clusterNode(name), runtime);
  }

  async function allow(...nodes: readonly ErlangNode[]): Promise<void> {
    for (const node of nodes) expect(await node.eval(allowed.allowExpression)).toBe('ok');
  }

  /** The flags of the outsider, with its option file and so its certificate. */
  function argsOfImpostor(): string[] {
    return ['-args_file', argsFileOf(cluster.clusterNode(OUTSIDER))];
  }
});

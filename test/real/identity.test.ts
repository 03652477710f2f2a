import { writeFileSync } from 'node:fs';

import { Delivery, OtpRelease, Platform, TlsCluster, type VmFlag } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { ErlangCluster, type ErlangNode, type NodeOptions, type Runtime, withCluster } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { eventually } from '../support/programs/eventually';
import { requires } from '../support/programs/requires';
import { Deployment, installedAs } from '../support/stacks/deployment';
import { argsFileOf, hostOf, startDeployed, toolsOf } from '../support/stacks/running-cluster';

const SLOW_MS = 120_000;

/** Nodes that wait for others to dial: with `verifyFun` and `allow/1`, with one of the two each. */
const [BOTH, OPTION_ALONE, ALLOW_ALONE] = ['node@both.x.test', 'node@option.x.test', 'node@allow.x.test'] as const;
const DIALLED = [BOTH, OPTION_ALONE, ALLOW_ALONE];
const LISTED = 'node@listed.x.test';
/** Has a certificate of the same CA. */
const NOT_LISTED = 'node@new.x.test';
/** Not listed itself. */
const NAMESAKE = 'other@listed.x.test';
const DESK = 'desk.x.test';

const SHELL_WITHOUT_NAME = { leaveOut: ['name'] } as const;

/** As one writes it by hand: `-eval` is known before the cluster is. */
const NAMES = `['${DIALLED.join("','")}','${LISTED}']`;
const EXPRESSION = `net_kernel:allow(${NAMES})`;

const HAS_NAMES = `{ok, Allowed} = net_kernel:allowed(), lists:sort(Allowed) =:= lists:sort(${NAMES})`;

/** The connecting node, and whether it is accepted with both, with the option only, and with `allow/1` only. */
const DIALLERS: readonly (readonly [who: string, how: Dialler, into: readonly [boolean, boolean, boolean]])[] = [
  ['a listed node', withFilesOf(LISTED, { name: LISTED }), [true, true, true]],
  ['another name on a listed host', withFilesOf(LISTED, { name: NAMESAKE }), [true, true, true]],
  [
    'a shell that gets its name from the node, with the files of a listed host',
    withFilesOf(LISTED, { name: LISTED, ...SHELL_WITHOUT_NAME }, ['-name', 'undefined@listed.x.test']),
    [true, true, true],
  ],
  ['a node that is not listed', withFilesOf(NOT_LISTED, { name: NOT_LISTED }), [false, true, false]],
  [
    'a listed name with the files of a host that is not listed',
    withFilesOf(NOT_LISTED, { name: LISTED }),
    [false, true, false],
  ],
  ['a listed name with the files of another listed host', withFilesOf(BOTH, { name: LISTED }), [false, true, false]],
  ['a listed name with the certificate of the tools', withOptionFileOfTools({ name: LISTED }), [false, true, false]],
  [
    'the shell of the tools, which gets its name from the node',
    withArgsOfTools({ name: `remsh@${DESK}` }),
    [false, true, false],
  ],
];

/** Name and flags of a node, from what was deployed. */
type Dialler = (cluster: TlsCluster) => Omit<NodeOptions, 'runtime'>;

requires(
  'terraform',
  'go',
  'erl',
)('nodes that have evaluated the allow expression', () => {
  let deployment: Deployment;
  let cluster: TlsCluster;
  let listed: TlsCluster;
  let allow: string;

  beforeAll(async () => {
    const deployed = await Deployment.of((stack, target) => ({
      all: declare('all', [...DIALLED, LISTED, NOT_LISTED], stack, target),
      // For platforms without code to change: the flag at every start.
      listed: declare('listed', [...DIALLED, LISTED], stack, target, [{ name: 'eval', values: [`${EXPRESSION}.`] }]),
    }));
    deployment = deployed.deployment;
    cluster = deployed.clusters.all;
    listed = deployed.clusters.listed;
    allow = listed.allowExpression;
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  onEachRuntime('listening', (runtime) => {
    let erlang: ErlangCluster;
    let dialled: readonly [both: ErlangNode, optionAlone: ErlangNode, allowAlone: ErlangNode];

    beforeAll(async () => {
      erlang = await ErlangCluster.create({ hosts: [...DIALLED, LISTED, NOT_LISTED, `x@${DESK}`].map(hostOf) });
      dialled = await Promise.all([
        startDeployed(erlang, cluster.clusterNode(BOTH), runtime),
        startDeployed(erlang, cluster.clusterNode(OPTION_ALONE), runtime),
        startWithoutOption(erlang, runtime),
      ]);
      const [both, , allowAlone] = dialled;
      for (const node of [both, allowAlone]) expect(await node.eval(allow)).toBe('ok');
    }, SLOW_MS);

    afterAll(() => erlang?.stop());

    test.each(DIALLERS)(
      'accept or refuse a connection by %s',
      async (_who, how, into) => {
        const dialler = await erlang.startNode({ runtime, ...how(cluster) });
        try {
          const answers = [];
          for (const { name } of dialled) answers.push(await dialler.eval(`net_kernel:connect_node('${name}')`));
          expect(answers).toEqual(into.map(String));
        } finally {
          await dialler.stop();
        }
      },
      SLOW_MS,
    );

    test(
      'connect to listed names only, on any host',
      async () => {
        const dials: Record<string, string[]> = {};
        for (const [name, whose] of [
          [LISTED, LISTED],
          [NAMESAKE, LISTED],
          [NOT_LISTED, NOT_LISTED],
        ] as const) {
          const node = await erlang.startNode({ runtime, ...withFilesOf(whose, { name })(cluster) });
          dials[name] = await Promise.all(dialled.map(async (one) => one.ping(node)));
          await node.stop();
        }
        expect(dials).toEqual({
          [LISTED]: ['pong', 'pong', 'pong'],
          [NAMESAKE]: ['pang', 'pong', 'pang'],
          [NOT_LISTED]: ['pang', 'pong', 'pang'],
        });
      },
      SLOW_MS,
    );
  });

  onEachRuntime('in the flag -eval', (runtime) => {
    test(
      'evaluate it soon after the start',
      () =>
        withCluster({ hosts: [hostOf(LISTED)] }, async (erlang) => {
          expect(EXPRESSION).toBe(allow);
          const node = await startDeployed(erlang, listed.clusterNode(LISTED), runtime);
          // Not at once: the VM is up, and listens, before it evaluates.
          await eventually('the names are in the list', async () =>
            (await node.eval(HAS_NAMES)) === 'true' ? true : undefined,
          );
        }),
      SLOW_MS,
    );
  });

  /** The files of its node, with the option taken out of the option file. */
  function startWithoutOption(erlang: ErlangCluster, runtime: Runtime): Promise<ErlangNode> {
    const { optionFile } = cluster.clusterNode(ALLOW_ALONE);
    const text = optionFile?.text ?? '';
    const without = text.replace(/,\s*\{verify_fun,\{fun inet_tls_dist:verify_client\/3,\[\]\}\}/u, '');
    expect(without.length).toBeLessThan(text.length);
    writeFileSync(deployment.path('without.conf'), without);
    const args = ['-proto_dist', 'inet_tls', '-ssl_dist_optfile', deployment.path('without.conf')];
    return erlang.startNode({ runtime, name: ALLOW_ALONE, args });
  }
});

function withFilesOf(
  whose: string,
  options: Pick<NodeOptions, 'name' | 'leaveOut'>,
  moreArgs: readonly string[] = [],
): Dialler {
  return (cluster) => ({ ...options, args: ['-args_file', argsFileOf(cluster.clusterNode(whose)), ...moreArgs] });
}

function withOptionFileOfTools(options: Pick<NodeOptions, 'name'>): Dialler {
  return (cluster) => ({
    ...options,
    args: ['-proto_dist', 'inet_tls', '-ssl_dist_optfile', installedAs('remsh.conf', toolsOf(cluster))],
  });
}

function withArgsOfTools(options: Pick<NodeOptions, 'name'>): Dialler {
  return (cluster) => ({
    ...options,
    ...SHELL_WITHOUT_NAME,
    args: ['-args_file', installedAs('remsh.args', toolsOf(cluster))],
  });
}

function declare(
  id: string,
  names: readonly string[],
  stack: Construct,
  target: Deployment,
  flags: VmFlag[] = [],
): TlsCluster {
  return new TlsCluster(stack, id, {
    platform: Platform.erl(),
    otp: OtpRelease.OTP_25,
    nodes: names.map((name) => ({ name, installDirectory: target.path(id, name) })),
    installDirectory: target.path(id, 'common'),
    flags,
    tls: { serverOptions: { verifyFun: '{fun inet_tls_dist:verify_client/3,[]}' } },
    delivery: Delivery.localFiles({ outputDirectory: `${target.outputDirectory}/${id}` }),
  });
}

import { execFileSync } from 'node:child_process';

import {
  Delivery,
  type DistributionOptions,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterProps,
} from 'cdktf-erlang-tls';

import { couchDistDirectory, type ErlangCluster, type ErlangNode, withCluster } from '../support/erlang';
import { freshAddress, freshPort } from '../support/erlang/addresses';
import { onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { link, startDeployed, toolsOf } from '../support/stacks/running-cluster';

const SLOW_MS = 120_000;

const NODE_HOST = 'db1.x.test';
const TOOL_HOST = 'desk.x.test';

const describeReal = requires('terraform', 'go', 'erl');

/** What `remsh -t` of CouchDB adds to the command line of `erl`, as far as distribution goes. */
const REMSH = ['-proto_dist', 'inet_tls', '-hidden'];

describe.each([
  { title: 'no settings of ports', release: '25', hasPort: false, runsOn: [25, 27, 29] },
  { title: 'one port and no epmd', release: '25', hasPort: true, runsOn: [25, 27, 29] },
  { title: 'one port and no epmd', release: '27.2', hasPort: true, runsOn: [27, 29] },
])('$title, rendered for OTP $release', ({ release, hasPort, runsOn }) => {
  describeReal('the deployed command of the CouchDB tools', () => {
    let deployment: Deployment;
    let cluster: TlsCluster;

    beforeAll(async () => {
      const distribution = hasPort ? { portWithoutEpmd: await freshPort() } : {};
      ({ deployment, cluster } = await deploy(
        { platform: Platform.couchDb(), otp: OtpRelease.of(release), distribution },
        [NODE_HOST],
      ));
    }, SLOW_MS);

    afterAll(() => deployment?.remove());

    onEachRuntime(
      'as run',
      (runtime) => {
        test(
          'reaches a node over TLS and runs a call there, as a client only',
          () =>
            withCluster({ hosts: [NODE_HOST, TOOL_HOST] }, async (erlang) => {
              const moreArgs = ['-pa', couchDistDirectory(runtime)];
              // The harness replaces epmd if the flags name none.
              const leaveOut = hasPort ? (['epmd'] as const) : [];
              const [declared] = cluster.nodes as [TlsCluster['nodes'][number]];
              const node = await startDeployed(erlang, declared, runtime, { moreArgs, leaveOut });
              const { environment, optionFile } = asShellSeesIt(toolsOf(cluster).command);
              // Where there is one port for all, the tool shares the machine with the node, and must leave the port to it.
              const tool = await erlang.startNode({
                runtime,
                name: `remsh@${hasPort ? NODE_HOST : TOOL_HOST}`,
                args: [...REMSH, '-ssl_dist_optfile', optionFile],
                env: environment,
                leaveOut,
              });

              expect(await link(tool, node)).toMatchObject({
                kind: 'tls',
                version: 'tlsv1.3',
                peer: `CN=${NODE_HOST}`,
              });
              expect(await tool.eval(`rpc:call('${node.name}', erlang, node, [])`)).toBe(`'${node.name}'`);
              // With one port for all, the node would dial itself and wait for its own answer.
              if (!hasPort) expect(await link(node, tool)).toMatchObject({ kind: 'none' });
              expect(await tool.eval(`[Side || {Side, _} <- ssl_dist_sup:consult("${optionFile}")]`)).toBe('[client]');
            }),
          SLOW_MS,
        );
      },
      runsOn,
    );
  });
});

/**
 * The command line as the shell reads it: `ERL_ZFLAGS`, and the file after `-t`. The stand-in for `remsh` takes the cookie from where CouchDB's own does:
 * from `ERL_FLAGS`, all of it if no cookie is in it, and else from `vm.args`.
 */
function asShellSeesIt(command: string): { environment: Record<string, string>; optionFile: string } {
  const script = `
    remsh() {
      cookie=$(printf '%s' "$ERL_FLAGS" | sed 's/^.*setcookie \\([^ ][^ ]*\\).*$/\\1/')
      printf '%s\\n' "\${cookie:-from vm.args}" "$ERL_ZFLAGS" "$@"
    }
    ${command}`;
  const [cookie, flags = '', option, optionFile = '', ...rest] = execFileSync('sh', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  }).split('\n');
  expect([cookie, option, ...rest]).toEqual(['from vm.args', '-t', '']);
  return { environment: flags === '' ? {} : { ERL_ZFLAGS: flags }, optionFile };
}

describeReal('the MongooseIM tools', () => {
  let deployment: Deployment;
  let cluster: TlsCluster;
  let address: string;

  beforeAll(async () => {
    const firstPort = await freshPort();
    address = await freshAddress(firstPort);
    const distribution = { firstPort, lastPort: firstPort + 1, interfaceAddress: address, epmdAddress: address };
    const platform = Platform.mongooseIm({ optionFile: true });
    ({ deployment, cluster } = await deploy({ platform, otp: OtpRelease.OTP_25, distribution }, [address]));
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  onEachRuntime('started', (runtime) => {
    test(
      'reach a node with the flags of that node, in its range of ports',
      () =>
        withCluster({ hosts: [address] }, async (erlang: ErlangCluster) => {
          const [declared] = cluster.nodes as [TlsCluster['nodes'][number]];
          const leaveOut = ['epmd', 'interface'] as const;
          const start = (name: string, ...moreArgs: string[]): Promise<ErlangNode> =>
            startDeployed(erlang, { ...declared, name }, runtime, { leaveOut, moreArgs });
          const node = await start(declared.name);
          const tool = await start(`mongooseimctl@${address}`, '-hidden');
          expect(await link(tool, node)).toMatchObject({ kind: 'tls', version: 'tlsv1.3', peer: `CN=${address}` });
          expect(await tool.eval(`rpc:call('${node.name}', erlang, node, [])`)).toBe(`'${node.name}'`);
        }),
      SLOW_MS,
    );
  });
});

async function deploy(
  { platform, otp, distribution }: Pick<TlsClusterProps, 'platform' | 'otp'> & { distribution: DistributionOptions },
  hosts: readonly string[],
): Promise<{ deployment: Deployment; cluster: TlsCluster }> {
  const { deployment, clusters } = await Deployment.of((stack, target) => ({
    cluster: new TlsCluster(stack, 'cluster', {
      platform,
      otp,
      nodes: hosts.map((host) => ({ name: `node@${host}`, installDirectory: target.path('nodes', host) })),
      installDirectory: target.path('nodes', 'common'),
      distribution,
      delivery: Delivery.localFiles({ outputDirectory: target.outputDirectory }),
    }),
  }));
  return { deployment, cluster: clusters.cluster };
}

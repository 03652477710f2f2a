import { mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { type ErlangCluster, type ErlangNode, type Runtime, withCluster } from '../support/erlang';
import { freshAddress, freshPort } from '../support/erlang/addresses';
import { onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';
import { onTerminal } from '../support/programs/terminal';
import { Deployment, installedAs } from '../support/stacks/deployment';
import { startDeployed, toolsOf } from '../support/stacks/running-cluster';

const SLOW_MS = 120_000;

const NODE_HOST = 'n1.x.test';
const TOOL_HOST = 'desk.x.test';
const IPV6 = '::1';

requires(
  'terraform',
  'go',
  'erl',
  'script',
)('the remote shell that comes with a cluster', () => {
  let deployment: Deployment;
  let clusters: Record<'withEpmd' | 'withoutEpmd' | 'overIpv6', TlsCluster>;
  let address: string;

  beforeAll(async () => {
    const port = await freshPort();
    address = await freshAddress(port);
    const portWithoutEpmd = { portWithoutEpmd: port, interfaceAddress: address };
    ({ deployment, clusters } = await Deployment.of((stack, target) => ({
      withEpmd: declare('withEpmd', NODE_HOST, {}, stack, target),
      withoutEpmd: declare('withoutEpmd', address, portWithoutEpmd, stack, target),
      overIpv6: declare('overIpv6', IPV6, { ...portWithoutEpmd, interfaceAddress: IPV6 }, stack, target),
    })));
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  function declare(
    id: string,
    host: string,
    distribution: object,
    stack: ConstructorParameters<typeof TlsCluster>[0],
    target: Deployment,
  ): TlsCluster {
    return new TlsCluster(stack, id, {
      platform: Platform.erl({ protoDist: host === IPV6 ? 'inet6_tls' : 'inet_tls' }),
      otp: OtpRelease.OTP_25,
      nodes: [{ name: `node@${host}` }],
      installDirectory: target.path('nodes', id),
      distribution,
      delivery: Delivery.localFiles({ outputDirectory: `${target.outputDirectory}/${id}` }),
    });
  }

  onEachRuntime('started', (runtime) => {
    test(
      'has a client certificate, and gets its name from the node that it connects to',
      () =>
        withCluster({ hosts: [NODE_HOST, TOOL_HOST] }, async (erlang) => {
          const node = await start(erlang, clusters.withEpmd, runtime);
          const tool = await erlang.startNode({
            runtime,
            name: `remsh@${TOOL_HOST}`,
            args: ['-args_file', installedAs('remsh.args', toolsOf(clusters.withEpmd))],
            leaveOut: ['name'],
          });
          // `net_adm:ping/1` needs a name, which the first connection gives.
          expect(await tool.eval(`net_kernel:connect_node('${node.name}')`)).toBe('true');
          expect(await tool.connectionInfo(node)).toMatchObject({ kind: 'tls', version: 'tlsv1.3' });
          expect(await tool.eval(`rpc:call('${node.name}', erlang, node, [])`)).toBe(`'${node.name}'`);
          expect(await tool.eval('node()')).not.toBe(`'remsh@${TOOL_HOST}'`);
          expect(await node.eval('nodes()')).toBe('[]');
          expect(await node.eval('length(nodes(hidden))')).toBe('1');
        }),
      SLOW_MS,
    );

    test.each(['withoutEpmd', 'overIpv6'] as const)(
      'opens a prompt on the node when its command line is typed (%s)',
      async (id) => {
        const host = id === 'overIpv6' ? IPV6 : address;
        await withCluster({ hosts: [host] }, async (erlang) => {
          const node = await start(erlang, clusters[id], runtime, ['epmd', 'interface']);
          const env = { PATH: pathFor(runtime), HOME: homeWith(erlang), LANG: 'C.UTF-8', ERL_CRASH_DUMP_SECONDS: '0' };
          await onTerminal(toolsOf(clusters[id]).command, env, async (terminal) => {
            // The name is put together there, so that the echo of what was typed is not taken for the answer.
            terminal.type(`io:format("~s~s~n", ["I am ", node()]).\n`);
            await terminal.says(new RegExp(`I am ${node.name}`));
          });
        });
      },
      SLOW_MS,
    );
  });
});

async function start(
  erlang: ErlangCluster,
  cluster: TlsCluster,
  runtime: Runtime,
  leaveOut: readonly ('epmd' | 'interface')[] = [],
): Promise<ErlangNode> {
  const [declared] = cluster.nodes as [TlsCluster['nodes'][number]];
  return startDeployed(erlang, declared, runtime, { leaveOut });
}

/** A home directory with the cluster's cookie. */
function homeWith({ directory, cookie }: ErlangCluster): string {
  const home = mkdtempSync(join(directory, 'person-'));
  writeFileSync(join(home, '.erlang.cookie'), cookie, { mode: 0o400 });
  return home;
}

/** Where the command `erl` is that of the runtime. */
function pathFor({ erl }: Runtime): string {
  const path = process.env.PATH ?? '/usr/bin:/bin';
  return erl.includes('/') ? `${dirname(erl)}:${path}` : path;
}

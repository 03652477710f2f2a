import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';

import { Delivery, type DistributionOptions, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { BootFailed, ErlangCluster, type ErlangNode, withCluster } from '../support/erlang';
import { freshAddress, freshPort } from '../support/erlang/addresses';
import { onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { everyLink, startAll, startDeployed, tlsLinks } from '../support/stacks/running-cluster';

const SLOW_MS = 120_000;

const HOSTS = ['db1.x.test', 'db2.x.test', 'db3.x.test'];

const TLS_1_3 = ['tlsv1.3', 'TLS_AES_256_GCM_SHA384'] as const;

const describeReal = requires('terraform', 'go', 'erl');

describeReal('two ports, an interface and an address for epmd, with IPv4 literals as hosts', () => {
  let deployment: Deployment;
  let cluster: TlsCluster;
  let address: string;
  let firstPort: number;

  beforeAll(async () => {
    firstPort = await freshPort();
    address = await freshAddress(firstPort);
    ({ deployment, cluster } = await deploy({
      names: ['one', 'two', 'three'].map((name) => `${name}@${address}`),
      distribution: { firstPort, lastPort: firstPort + 1, interfaceAddress: address, epmdAddress: address },
    }));
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  onEachRuntime('rendered for OTP 25', (runtime) => {
    let erlang: ErlangCluster;
    let nodes: ErlangNode[];

    beforeAll(async () => {
      erlang = await ErlangCluster.create({ hosts: [address] });
      // One after the other, so that it is known who has which port.
      nodes = [await start('one'), await start('two')];
    }, SLOW_MS);

    afterAll(() => erlang?.stop());

    test('nodes listen on these only', async () => {
      expect(await Promise.all(nodes.map(listeningAt))).toEqual([
        listening(address, firstPort),
        listening(address, firstPort + 1),
      ]);
    });

    test('nodes find each other and use TLS', async () => {
      expect(await everyLink(nodes)).toEqual(tlsLinks(nodes, ...TLS_1_3));
    });

    test('a third node finds no free port and does not start', async () => {
      const failure = await start('three').catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(BootFailed);
      expect((failure as BootFailed).output).toMatch(/register\/listen error: eaddrinuse/);
    });

    test('epmd answers only at its address and at the loopback address', async () => {
      const another = await freshAddress(erlang.epmdPort);
      const answers = [address, '127.0.0.1', another].map((host) => isOpen(host, erlang.epmdPort));
      expect(await Promise.all(answers)).toEqual([true, true, false]);
    });

    test('connections have large buffers', async () => {
      expect(await Promise.all(nodes.map(bufferOptions))).toEqual(Array(2).fill(LARGE_BUFFERS));
    });

    function start(name: string): Promise<ErlangNode> {
      const node = cluster.clusterNode(`${name}@${address}`);
      return startDeployed(erlang, node, runtime, { leaveOut: ['interface', 'epmd'] });
    }
  });
});

describe.each([
  { release: '25', runsOn: [25, 27, 29] },
  { release: '27.2', runsOn: [27, 29] },
])('without epmd, rendered for OTP $release', ({ release, runsOn }) => {
  describeReal('one port for all', () => {
    let deployment: Deployment;
    let cluster: TlsCluster;
    let port: number;

    beforeAll(async () => {
      port = await freshPort();
      const names = HOSTS.map((host) => `node@${host}`);
      ({ deployment, cluster } = await deploy({
        names,
        otp: OtpRelease.of(release),
        distribution: { portWithoutEpmd: port, buffers: false },
      }));
    }, SLOW_MS);

    afterAll(() => deployment?.remove());

    onEachRuntime(
      'in use',
      (runtime) => {
        test(
          'nodes listen on it, find each other and use TLS, and no epmd is started',
          () =>
            withCluster({ hosts: HOSTS }, async (erlang) => {
              const nodes = await startAll(erlang, cluster, runtime, { leaveOut: ['epmd'] });
              expect(await Promise.all(nodes.map(listeningAt))).toEqual(
                nodes.map((node) => listening(node.address, port)),
              );
              expect(await everyLink(nodes)).toEqual(tlsLinks(nodes, ...TLS_1_3));
              expect(await isOpen('127.0.0.1', erlang.epmdPort)).toBe(false);
              expect(await Promise.all(nodes.map(bufferOptions))).toEqual(Array(3).fill('[undefined,undefined]'));
            }),
          SLOW_MS,
        );
      },
      runsOn,
    );
  });
});

const hasIpv6 = Object.values(networkInterfaces()).some((entries) => entries?.some(({ address }) => address === '::1'));

(hasIpv6 ? describeReal : describe.skip)(
  `IPv6 literals as hosts${hasIpv6 ? '' : ' [skipped: needs ipv6: a loopback interface with the address ::1]'}`,
  () => {
    let deployment: Deployment;
    let cluster: TlsCluster;

    beforeAll(async () => {
      const firstPort = await freshPort();
      ({ deployment, cluster } = await deploy({
        names: ['one@::1', 'two@::1'],
        distribution: { firstPort, lastPort: firstPort + 1, interfaceAddress: '::1', epmdAddress: '::1' },
        protoDist: 'inet6_tls',
      }));
    }, SLOW_MS);

    afterAll(() => deployment?.remove());

    onEachRuntime('over inet6_tls', (runtime) => {
      test(
        'use TLS, and listen on that address only',
        () =>
          withCluster({ hosts: ['::1'] }, async (erlang) => {
            const nodes = await startAll(erlang, cluster, runtime, { leaveOut: ['interface', 'epmd'] });
            expect(await everyLink(nodes)).toEqual(tlsLinks(nodes, ...TLS_1_3));
            for (const node of nodes) expect(await listeningAt(node)).toMatch(/^\[\{\{0,0,0,0,0,0,0,1\},\d+\}\]$/);
          }),
        SLOW_MS,
      );
    });
  },
);

interface Wanted {
  readonly names: readonly string[];
  readonly distribution: DistributionOptions;
  /** @default OTP 25 */
  readonly otp?: OtpRelease;
  /** @default inet_tls */
  readonly protoDist?: string;
}

async function deploy(wanted: Wanted): Promise<{ deployment: Deployment; cluster: TlsCluster }> {
  const { names, distribution, otp = OtpRelease.OTP_25, protoDist = 'inet_tls' } = wanted;
  const { deployment, clusters } = await Deployment.of((stack, target) => ({
    listening: new TlsCluster(stack, 'listening', {
      platform: Platform.couchDb({ protoDist }),
      otp,
      nodes: names.map((name, index) => ({ name, installDirectory: target.path('nodes', String(index)) })),
      installDirectory: target.path('nodes', 'common'),
      distribution,
      delivery: Delivery.localFiles({ outputDirectory: target.outputDirectory }),
    }),
  }));
  return { deployment, cluster: clusters.listening };
}

/** The addresses and ports of the node's listening sockets. */
async function listeningAt(node: ErlangNode): Promise<string> {
  return node.eval(`
    lists:sort([Address || Port <- erlang:ports(), erlang:port_info(Port, name) =:= {name, "tcp_inet"},
                           {ok, Address} <- [inet:sockname(Port)], inet:peername(Port) =:= {error, enotconn}])`);
}

/** What `listeningAt` says of a node that listens there only. */
function listening(address: string, port: number): string {
  return `[{{${address.replaceAll('.', ',')}},${port}}]`;
}

async function bufferOptions(node: ErlangNode): Promise<string> {
  return node.eval(
    '[application:get_env(kernel, Key) || Key <- [inet_dist_listen_options, inet_dist_connect_options]]',
  );
}

const LARGE_BUFFERS = '[{ok,[{buffer,262144}]},{ok,[{buffer,262144}]}]';

async function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

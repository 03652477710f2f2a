import type { TerraformStack } from 'cdktf';
import { Delivery, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { CLEAR_PEM_CACHE } from '../../../src/model/erlang/programs/pem-cache';
import { type Host, Hosts, type ProductRoot } from '../../support/hosts';
import { consume, declareQuorumQueue, publish } from '../../support/products/amqp';
import { onEachProductRoot } from '../../support/products/blocks';
import { deploy, logsRefusal, otpRelease } from '../../support/products/deployed';
import {
  clusterStatusFrom,
  installTools,
  plainClusterStatus,
  RABBITMQ_DIRECTORY,
  RabbitMqNode,
} from '../../support/products/rabbitmq';
import { eventually } from '../../support/programs/eventually';
import { requires } from '../../support/programs/requires';
import type { Deployment } from '../../support/stacks/deployment';

const SLOW_MS = 180_000;
// Each call of the tool starts a virtual machine.
jest.setTimeout(SLOW_MS);

const NODE_HOSTS = ['rmq1', 'rmq2', 'rmq3'];
/** Has the tools' files, and those of no node. */
const DESK = 'desk';
const QUEUE = 'orders';

requires(
  'terraform',
  'go',
  'hosts',
)('RabbitMQ', () => {
  onEachProductRoot('three nodes', (root) => {
    // Both ways to name nodes are in use.
    const longNames = root.otp !== 25;
    let deployment: Deployment;
    let cluster: TlsCluster;
    let hosts: Hosts;
    let nodes: readonly [RabbitMqNode, RabbitMqNode, RabbitMqNode];
    let names: readonly string[];
    let desk: Host;

    beforeAll(async () => {
      hosts = await Hosts.create({ root: root.path, names: [...NODE_HOSTS, DESK] });
      ({ deployment, declared: cluster } = await deploy((stack, target) =>
        declareCluster(stack, target, root, hosts, longNames),
      ));
      names = cluster.nodes.map(({ name }) => name);
      nodes = (await Promise.all(
        NODE_HOSTS.map((name) => RabbitMqNode.start(hosts.get(name), cluster)),
      )) as unknown as typeof nodes;
      desk = hosts.get(DESK);
      await installTools(desk, cluster);
      // One after the other: each changes the same list of members.
      await nodes[1].join(nodes[0]);
      await nodes[2].join(nodes[0]);
    });

    afterAll(async () => {
      await hosts?.stop();
      await deployment?.remove();
    });

    test('form one cluster, and each reports it', async () => {
      expect(await Promise.all(nodes.map((node) => node.runningNodes()))).toEqual([names, names, names]);
    });

    test('are connected by TLS only, and so is the tool', async () => {
      await Promise.all(nodes.map(async (node) => expectOnlyTls(await node.connectionKinds(), otherThan(node))));
    });

    test('read renewed files at once when the line is run that install scripts print', async () => {
      expect(await nodes[0].ctl('eval', `${CLEAR_PEM_CACHE}.`)).toBe('ok\n');
    });

    test('hold a quorum queue, and deliver on one node what was published on another', async () => {
      const messages = ['one', 'two', 'three'];
      expect(await declareQuorumQueue(nodes[0], QUEUE)).toEqual(names);
      await publish(nodes[0], QUEUE, messages);
      expect(await consume(nodes[2], QUEUE, messages.length)).toEqual(messages);
    });

    test('answer the command of the tools on a host with the files of the tools and no node', async () => {
      expect(await clusterStatusFrom(desk, cluster)).toEqual(names);
    });

    test('refuse the tool without TLS arguments, and the tool names TLS among the causes', async () => {
      const { status, stdout, stderr } = await plainClusterStatus(nodes[0].host, nodes[0].name, longNames);
      expect({ status, stdout }).toEqual({ status: 69, stdout: '' });
      expect(stderr).toContain(`unable to perform an operation on node '${nodes[0].name}'`);
      expect(stderr).toContain('TCP connection succeeded but Erlang distribution failed');
      expect(stderr).toContain(
        'check if inter-node connections may be configured to use TLS. If so, all nodes and CLI tools must do that',
      );
      await logsRefusal(nodes[0].host, '/var/log/rabbitmq');
    });

    test('keep the queue while one node is dead, and reconnect with it', async () => {
      const [first, killed, third] = nodes;
      await publish(killed, QUEUE, ['before']);
      await killed.kill();
      const survivors = names.filter((name) => name !== killed.name);
      await eventually(
        `${killed.name} is out of the cluster`,
        async () => ((await first.runningNodes()).join() === survivors.join() ? true : undefined),
        SLOW_MS / 4,
      );
      await publish(third, QUEUE, ['meanwhile']);

      await killed.boot();
      expect(await killed.runningNodes()).toEqual(names);
      expectOnlyTls(await killed.connectionKinds(), otherThan(killed));
      expect(await consume(killed, QUEUE, 2)).toEqual(['before', 'meanwhile']);
    });

    function otherThan(node: RabbitMqNode): readonly string[] {
      return names.filter((name) => name !== node.name);
    }
  });
});

function declareCluster(
  stack: TerraformStack,
  target: Deployment,
  { otp }: ProductRoot,
  hosts: Hosts,
  longNames: boolean,
): TlsCluster {
  return new TlsCluster(stack, 'rabbitmq', {
    platform: Platform.rabbitMq(),
    otp: otpRelease(otp),
    nodes: NODE_HOSTS.map((name) => ({ name: `rabbit@${longNames ? hosts.get(name).longName : name}` })),
    installDirectory: RABBITMQ_DIRECTORY,
    delivery: Delivery.localFiles({ outputDirectory: target.outputDirectory }),
  });
}

/** TLS to each of these nodes and to the tool that asks, and nothing else to anybody. */
function expectOnlyTls(kinds: Readonly<Record<string, string>>, nodes: readonly string[]): void {
  expect(Object.keys(kinds)).toEqual(expect.arrayContaining([...nodes, expect.stringMatching(/^rabbitmqcli-/)]));
  expect(new Set(Object.values(kinds))).toEqual(new Set(['tls']));
}

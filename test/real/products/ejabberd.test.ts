import type { TerraformStack } from 'cdktf';
import { Delivery, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { Hosts, type ProductRoot } from '../../support/hosts';
import { onEachProductRoot } from '../../support/products/blocks';
import { deploy, logsRefusal, otpRelease } from '../../support/products/deployed';
import { EJABBERD_DIRECTORY, EjabberdNode } from '../../support/products/ejabberd';
import { eventually } from '../../support/programs/eventually';
import { requires } from '../../support/programs/requires';
import type { Deployment } from '../../support/stacks/deployment';

const SLOW_MS = 120_000;
// Each question starts a virtual machine.
jest.setTimeout(SLOW_MS);

const HOSTS = ['xmpp1', 'xmpp2'];

requires(
  'terraform',
  'go',
  'hosts',
)('ejabberd', () => {
  onEachProductRoot('two nodes', (root) => {
    // Both ways to name nodes are in use.
    const longNames = root.otp !== 25;
    let deployment: Deployment;
    let hosts: Hosts;
    let nodes: readonly [EjabberdNode, EjabberdNode];
    let names: readonly string[];

    beforeAll(async () => {
      hosts = await Hosts.create({ root: root.path, names: HOSTS });
      const { deployment: made, declared: cluster } = await deploy((stack, target) =>
        declareCluster(stack, target, root, hosts, longNames),
      );
      deployment = made;
      names = cluster.nodes.map(({ name }) => name);
      const started = await Promise.all(HOSTS.map((name) => EjabberdNode.start(hosts.get(name), cluster)));
      nodes = started as unknown as typeof nodes;
      await nodes[1].ctl('join_cluster', nodes[0].name);
    });

    afterAll(async () => {
      await hosts?.stop();
      await deployment?.remove();
    });

    test('form one cluster, and each reports it', async () => {
      for (const node of nodes) await expectMembers(node);
    });

    test('are connected by TLS only, and so is the tool that asks', async () => {
      for (const node of nodes) expectOnlyTls(await node.connectionKinds(), otherThan(node));
    });

    test('refuse the tool if it does not find vm.args, and it reports that the node is down', async () => {
      const { status, stdout, stderr } = await nodes[0].ctlWithoutFlags('status');
      expect({ status, output: stdout + stderr }).toEqual({
        status: 3,
        // Quotes or none, as the atom needs them.
        output: expect.stringMatching(new RegExp(`Failed RPC connection to the node '?${nodes[0].name}'?: nodedown`)),
      });
      await logsRefusal(nodes[0].host, '/var/log/ejabberd');
    });

    test('reconnect with a node that was killed', async () => {
      const [survivor, killed] = nodes;
      await killed.kill();
      await eventually(
        `${survivor.name} has noticed`,
        async () => (killed.name in (await survivor.connectionKinds()) ? undefined : true),
        SLOW_MS / 4,
      );
      await killed.boot();
      for (const node of nodes) {
        await expectMembers(node);
        expectOnlyTls(await node.connectionKinds(), otherThan(node));
      }
    });

    async function expectMembers(node: EjabberdNode): Promise<void> {
      let members: readonly string[] = [];
      await eventually(
        `${node.name} lists ${names.join(', ')}`,
        async () => {
          members = await node.members();
          return members.join() === names.join() ? true : undefined;
        },
        SLOW_MS / 4,
      ).catch(() => undefined);
      expect(members).toEqual(names);
    }

    function otherThan(node: EjabberdNode): readonly string[] {
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
  return new TlsCluster(stack, 'ejabberd', {
    platform: Platform.ejabberd(),
    otp: otpRelease(otp),
    nodes: HOSTS.map((name) => ({ name: `ejabberd@${longNames ? hosts.get(name).longName : name}` })),
    installDirectory: EJABBERD_DIRECTORY,
    delivery: Delivery.localFiles({ outputDirectory: target.outputDirectory }),
  });
}

/** TLS to each of these nodes and to who asks, and nothing else to anybody. */
function expectOnlyTls(kinds: Readonly<Record<string, string>>, nodes: readonly string[]): void {
  expect(Object.keys(kinds)).toEqual(expect.arrayContaining([...nodes, expect.stringMatching(/^asker@/)]));
  expect(new Set(Object.values(kinds))).toEqual(new Set(['tls']));
}

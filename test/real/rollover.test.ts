import { CaGeneration, Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { type Runtime, withCluster } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { install, readAgain, setAside } from '../support/installing/operator';
import { newSecond } from '../support/programs/eventually';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { everyLink, kindsOf, startAll, startDeployed } from '../support/stacks/running-cluster';
import { mustSucceed } from '../support/terraform';

const SLOW_MS = 180_000;

const HOSTS = ['db1.x.test', 'db2.x.test', 'db3.x.test'];

const retired = (id: string): CaGeneration => CaGeneration.retired(id);
const signing = (id: string): CaGeneration => CaGeneration.signing(id);
const trusted = (id: string): CaGeneration => CaGeneration.trusted(id);

/** Three deploys, each one edit. */
const STEPS: readonly (readonly [what: string, CaGeneration[]])[] = [
  ['the next generation is trusted', [signing('1'), trusted('2')]],
  ['it signs', [trusted('1'), signing('2')]],
  ['the first one is retired', [retired('1'), signing('2')]],
];

requires(
  'terraform',
  'go',
  'erl',
)('a rollover of the CA', () => {
  onEachRuntime('while three nodes run', (runtime) => {
    test(
      'lets every node connect to every other one after each node of each deploy, and ends with the old CA refused',
      () => rollOver(runtime, STEPS),
      SLOW_MS,
    );

    test(
      'without the intermediate steps cuts the first node off from the nodes that are still to follow',
      async () => {
        const apart = rollOver(runtime, [['all at once', [retired('1'), signing('2')]]], { unsafeWithoutGuard: true });
        await expect(apart).rejects.toThrow('all at once, on the first node: none,tls');
      },
      SLOW_MS,
    );

    test(
      'whose key is known to others takes one deploy and a stop and start of all nodes, and the next plan is guarded again',
      () => replaceAtOnce(runtime),
      SLOW_MS,
    );
  });
});

async function rollOver(runtime: Runtime, steps: typeof STEPS, options = {}): Promise<void> {
  const deployment = await Deployment.create();
  try {
    const first = await deploy(deployment, [signing('1')], options);
    for (const node of first.nodes) install(node);
    const outdated = await setAside(first.clusterNode(`node@${HOSTS[2]}`));
    await withCluster({ hosts: HOSTS }, async (erlang) => {
      const running = await startAll(erlang, first, runtime);
      expect(kindsOf(await everyLink(running))).toEqual(['tls']);
      for (const [what, generations] of steps) {
        const cluster = await deploy(deployment, generations, options);
        for (const [index, node] of cluster.nodes.entries()) {
          install(node);
          const vm = running[index];
          if (vm !== undefined) await readAgain(vm);
          const kinds = kindsOf(await everyLink(running))
            .sort()
            .join();
          if (kinds !== 'tls') throw new Error(`${what}, on the ${['first', 'second', 'third'][index]} node: ${kinds}`);
        }
      }
      await outdated.putBack();
      await running[2]?.stop();
      const old = await startDeployed(erlang, first.clusterNode(`node@${HOSTS[2]}`), runtime);
      expect(await old.ping(`node@${HOSTS[0]}`)).toBe('pang');
      expect(await running[0]?.ping(old)).toBe('pang');
    });
  } finally {
    await deployment.remove();
  }
}

/** As the runbook has it. */
async function replaceAtOnce(runtime: Runtime): Promise<void> {
  const deployment = await Deployment.create();
  try {
    const first = await deploy(deployment, [signing('1')], {});
    for (const node of first.nodes) install(node);
    const outdated = await setAside(first.clusterNode(`node@${HOSTS[2]}`));
    await withCluster({ hosts: HOSTS }, async (erlang) => {
      const before = await startAll(erlang, first, runtime);
      expect(kindsOf(await everyLink(before))).toEqual(['tls']);
      const second = await deploy(deployment, [retired('1'), signing('2')], { unsafeWithoutGuard: true });
      await Promise.all(before.map((node) => node.stop()));
      for (const node of second.nodes) install(node);
      const after = await startAll(erlang, second, runtime);
      expect(kindsOf(await everyLink(after))).toEqual(['tls']);
      await outdated.putBack();
      await after[2]?.stop();
      const old = await startDeployed(erlang, first.clusterNode(`node@${HOSTS[2]}`), runtime);
      expect([await old.ping(`node@${HOSTS[0]}`), await after[0]?.ping(old)]).toEqual(['pang', 'pang']);
    });
    await deploy(deployment, [retired('1'), signing('2')], { settleMinutes: 10 });
  } finally {
    await deployment.remove();
  }
}

async function deploy(deployment: Deployment, generations: CaGeneration[], options: object): Promise<TlsCluster> {
  await newSecond();
  const cluster = await deployment.declare(
    (stack, target) =>
      new TlsCluster(stack, 'c', {
        platform: Platform.erl(),
        otp: OtpRelease.OTP_25,
        nodes: HOSTS.map((host) => ({ name: `node@${host}`, installDirectory: target.path('nodes', host) })),
        installDirectory: target.path('nodes', 'common'),
        certificateAuthority: { generations, rollover: { settleMinutes: 0, ...options } },
        delivery: Delivery.installScript({ outputDirectory: target.outputDirectory }),
      }),
  );
  mustSucceed(await deployment.terraform.apply());
  return cluster;
}

/**
 * What people lost nights over, each by the thread in which they say so, as far as only running nodes can show the answer. The rest is in
 * `test/constructs/pain-points.test.ts`.
 */
import { copyFile, cp, rename, rm, symlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { codesOf } from '../support/cli/run-cli';
import { type ErlangNode, type Runtime, withCluster } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';
import { deliveredAs, Deployment, installedAs } from '../support/stacks/deployment';
import { startAll, startDeployed } from '../support/stacks/running-cluster';
import { mustSucceed } from '../support/terraform';

const SLOW_MS = 120_000;

const HOSTS = ['db1.x.test', 'db2.x.test'];

/** Validity of the certificates before and after a renewal, which tells them apart. */
const YEAR_HOURS = 8760;
const HALF_YEAR_HOURS = 4380;

requires(
  'terraform',
  'go',
  'erl',
)('running nodes', () => {
  let deployment: Deployment;
  let cluster: TlsCluster;
  let foreign: TlsCluster;

  beforeAll(async () => {
    const deployed = await Deployment.of((stack, target) => ({
      ours: declare('ours', YEAR_HOURS, stack, target),
      foreign: declare('foreign', YEAR_HOURS, stack, target),
    }));
    deployment = deployed.deployment;
    cluster = deployed.clusters.ours;
    foreign = deployed.clusters.foreign;
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  function declare(
    id: string,
    validityHours: number,
    stack: ConstructorParameters<typeof TlsCluster>[0],
    target: Deployment,
  ): TlsCluster {
    return new TlsCluster(stack, id, {
      platform: Platform.erl(),
      otp: OtpRelease.OTP_25,
      nodes: HOSTS.map((host) => ({ name: `node@${host}`, installDirectory: target.path(id, host) })),
      installDirectory: target.path(id, 'common'),
      certificates: { validityHours },
      delivery: Delivery.localFiles({ outputDirectory: `${target.outputDirectory}/${id}` }),
    });
  }

  onEachRuntime('of a deployed cluster', (runtime) => {
    test(
      'emqx/ekka#28: a node that was refused for its certificate is accepted with a good one, without a restart of the others',
      () =>
        withCluster({ hosts: HOSTS }, async (erlang) => {
          const [member, other] = cluster.nodes as [TlsCluster['nodes'][number], TlsCluster['nodes'][number]];
          const node = await startDeployed(erlang, member, runtime);
          const bad = await startDeployed(erlang, foreign.clusterNode(other.name), runtime);
          expect([await bad.ping(node), await node.ping(bad)]).toEqual(['pang', 'pang']);
          await bad.stop();
          const good = await startDeployed(erlang, other, runtime);
          expect([await good.dial(node), await node.dial(good)].map(({ kind }) => kind)).toEqual(['tls', 'tls']);
        }),
      SLOW_MS,
    );

    test(
      'osiris#78, cluster-operator#1045: programs that do not evaluate the option file read the same terms',
      () =>
        withCluster({ hosts: HOSTS }, async (erlang) => {
          const [declared] = cluster.nodes as [TlsCluster['nodes'][number]];
          const node = await startDeployed(erlang, declared, runtime);
          const file = installedAs('ssl_dist.conf', declared);
          expect(
            await node.eval(`{ok, [Terms]} = file:consult("${file}"), Terms =:= ssl_dist_sup:consult("${file}")`),
          ).toBe('true');
        }),
      SLOW_MS,
    );

    test(
      'emqx#3414, #4013, vernemq#1414, #2210, cowboy#1233, cluster-operator#555: one call makes a node use a renewed certificate at once',
      () => renewedUnder(runtime),
      SLOW_MS,
    );

    test.each([
      ['of its directory', ''],
      ['of the file itself', 'node.pem'],
    ])(
      'nodes do not notice an older file behind a link %s until it is touched, and the check finds it',
      (_title, name) => linkedUnder(runtime, name),
      SLOW_MS,
    );
  });

  /** The call is what `docs/distribution.md` tells people to make. */
  async function renewedUnder(runtime: Runtime): Promise<void> {
    await deploy(YEAR_HOURS);
    await withCluster({ hosts: HOSTS }, async (erlang) => {
      const [dialling, dialled] = (await startAll(erlang, cluster, runtime)) as [ErlangNode, ErlangNode];
      const before = await serialOf(dialling, dialled);
      await deploy(HALF_YEAR_HOURS);
      await dialled.eval('ok = ssl:start(), ssl:clear_pem_cache()');
      expect(await serialOf(dialling, dialled)).toBe(before);
      await dialled.eval('gen_server:call(ssl_pem_cache_dist, {unconditionally_clear_pem_cache, self()}, infinity)');
      expect(await serialOf(dialling, dialled)).not.toBe(before);
    });
  }

  /** `name` is of the file that a link is turned for; of the whole directory where it is empty. */
  async function linkedUnder(runtime: Runtime, name: string): Promise<void> {
    await deploy(YEAR_HOURS);
    const [, declared] = cluster.nodes as [TlsCluster['nodes'][number], TlsCluster['nodes'][number]];
    const directory = dirname(installedAs('node.pem', declared));
    const [first, second] = [`${directory}.1`, `${directory}.2`];
    await rename(directory, first);
    await symlink(first, directory);
    await withCluster({ hosts: HOSTS }, async (erlang) => {
      const [dialling, dialled] = (await startAll(erlang, cluster, runtime)) as [ErlangNode, ErlangNode];
      const before = await serialOf(dialling, dialled);
      // What a node does every two minutes.
      const look = async (): Promise<string> =>
        dialled.eval('ssl_pem_cache_dist ! clear_pem_cache, sys:get_state(ssl_pem_cache_dist), ok');
      // The first look drops files that are as young as the node itself.
      await look();
      expect(await serialOf(dialling, dialled)).toBe(before);
      await apply(HALF_YEAR_HOURS);
      await cp(first, second, { recursive: true });
      await copyFile(deliveredAs('node.pem', declared), join(second, 'node.pem'));
      await utimes(join(second, 'node.pem'), 0, 0);
      await symlink(join(second, name), `${first}.new`);
      await rename(`${first}.new`, name === '' ? directory : join(directory, name));
      await look();
      expect(await serialOf(dialling, dialled)).toBe(before);
      expect(await codesOf(['check', directory])).toEqual(['file-behind-newer-symlink']);
      await utimes(join(second, 'node.pem'), new Date(), new Date());
      await look();
      expect(await serialOf(dialling, dialled)).not.toBe(before);
      expect(await codesOf(['check', directory])).toEqual([]);
    }).finally(async () => {
      await rm(directory);
      await rm(second, { recursive: true, force: true });
      await rename(first, directory);
      await deploy(YEAR_HOURS);
    });
  }

  async function deploy(validityHours: number): Promise<void> {
    await apply(validityHours);
    // In the way that a running node can bear: complete, and at once.
    for (const node of cluster.nodes) {
      const place = installedAs('node.pem', node);
      await copyFile(deliveredAs('node.pem', node), `${place}.new`);
      await rename(`${place}.new`, place);
    }
  }

  async function apply(validityHours: number): Promise<void> {
    cluster = await deployment.declare((stack, target) => {
      declare('foreign', YEAR_HOURS, stack, target);
      return declare('ours', validityHours, stack, target);
    });
    mustSucceed(await deployment.terraform.apply());
  }
});

/** The certificate that a node shows now. */
async function serialOf(dialling: ErlangNode, dialled: ErlangNode): Promise<string | undefined> {
  const connection = await dialling.dial(dialled);
  return connection.kind === 'tls' ? connection.peerCertificate?.serialNumber : undefined;
}

import { rmSync, writeFileSync } from 'node:fs';

import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { codesOf, runCli } from '../support/cli/run-cli';
import { availableRuntimes, type ErlangNode, withCluster } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { OperatedCa } from '../support/programs/openssl';
import { requires } from '../support/programs/requires';
import { Deployment, installedAs } from '../support/stacks/deployment';
import { everyLink, kindsOf, startAll, startDeployed, tlsLinks } from '../support/stacks/running-cluster';
import { mustSucceed, unwrapped } from '../support/terraform';

const SLOW_MS = 120_000;

const HOSTS = ['db1.x.test', 'db2.x.test', 'db3.x.test'];

const TLS_1_3 = ['tlsv1.3', 'TLS_AES_256_GCM_SHA384'] as const;

requires(
  'terraform',
  'go',
  'erl',
  'openssl',
)('a cluster with a directory of revocation lists', () => {
  let deployment: Deployment;
  let cluster: TlsCluster;

  beforeAll(async () => {
    const deployed = await Deployment.of((stack, target) => ({
      checking: new TlsCluster(stack, 'checking', {
        platform: Platform.couchDb({ protoDist: 'inet_tls' }),
        otp: OtpRelease.OTP_25,
        nodes: HOSTS.map((host) => ({ name: `node@${host}`, installDirectory: target.path(host) })),
        installDirectory: target.path('common'),
        tls: { crlDirectory: listsOf(target) },
        delivery: Delivery.localFiles({ outputDirectory: target.outputDirectory }),
      }),
    }));
    deployment = deployed.deployment;
    cluster = deployed.clusters.checking;
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  onEachRuntime('started', (runtime) => {
    test(
      'refuses all without a list, connects with one, and refuses revoked nodes at the next handshake',
      async () => {
        const ca = new OperatedCa(deployment.path(`operator-${runtime.otp}`), await deployment.signingPemsOf(cluster));
        rmSync(listsOf(deployment), { recursive: true, force: true });
        await withCluster({ hosts: HOSTS }, async (erlang) => {
          const nodes = await startAll(erlang, cluster, runtime);
          expect(kindsOf(await everyLink(nodes))).toEqual(['none']);

          ca.writeRevocationList(listsOf(deployment));
          expect(await everyLink(nodes)).toEqual(tlsLinks(nodes, ...TLS_1_3));

          const [one, two, revoked] = nodes as [ErlangNode, ErlangNode, ErlangNode];
          ca.revoke(installedAs('node.pem', cluster.clusterNode(revoked.name)));
          ca.writeRevocationList(listsOf(deployment));
          expect(kindsOf(await everyLink([one, revoked]))).toEqual(['none']);
          expect(kindsOf(await everyLink([two, revoked]))).toEqual(['none']);
          expect(await everyLink([one, two])).toEqual(tlsLinks([one, two], ...TLS_1_3));
        });
      },
      SLOW_MS,
    );
  });
});

requires(
  'terraform',
  'go',
  'erl',
)('a cluster of all releases with lists of erlang-tls crl', () => {
  const REVOKED = `node@${HOSTS[2]}`;
  const HOUR_MS = 3_600_000;
  let deployment: Deployment;
  let cluster: TlsCluster;
  let deploys = 0;

  beforeAll(async () => {
    deployment = await Deployment.create();
    await declare([]);
    mustSucceed(await deployment.terraform.apply());
    await deploy([await listBy()]);
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  test(
    'refuses a revoked node after one deploy and nobody else, and refuses everybody with a list that is out of date',
    async () => {
      await withCluster({ hosts: HOSTS }, async (erlang) => {
        const runtimes = availableRuntimes();
        const nodes = await Promise.all(
          cluster.nodes.map((node, index) => startDeployed(erlang, node, runtimes[index % runtimes.length] as never)),
        );
        const [one, two, revoked] = nodes as [ErlangNode, ErlangNode, ErlangNode];
        expect(await everyLink(nodes)).toEqual(tlsLinks(nodes, ...TLS_1_3));
        expect(await codesOf(['check', ...directories()])).toEqual([]);

        const before = written(await listBy());
        const list = await listBy(`--revoke=${REVOKED}`, '--reason=keyCompromise', `--previous=${before}`);
        await deploy([list]);
        expect(kindsOf(await everyLink([one, revoked]))).toEqual(['none']);
        expect(kindsOf(await everyLink([two, revoked]))).toEqual(['none']);
        expect(await everyLink([one, two])).toEqual(tlsLinks([one, two], ...TLS_1_3));
        expect(await codesOf(['check', ...directories()])).toContain('certificate-revoked');

        const old = await listAt(Date.now() - 48 * HOUR_MS, '--next-update=24', `--previous=${written(list)}`);
        await declare([old]);
        const { exitCode, stderr } = await deployment.terraform.plan();
        expect([exitCode, unwrapped({ stdout: '', stderr })]).toEqual([
          1,
          expect.stringContaining('crl-expired: every node'),
        ]);

        for (const node of cluster.nodes) writeFileSync(listIn(node.files), old);
        expect(kindsOf(await everyLink(nodes))).toEqual(['none']);
        expect(await codesOf(['check', ...directories()])).toContain('crl-expired');

        await declare([list]);
        await deployment.install(cluster);
        expect(await everyLink([one, two])).toEqual(tlsLinks([one, two], ...TLS_1_3));
      });
    },
    SLOW_MS,
  );

  async function declare(lists: string[]): Promise<void> {
    cluster = await deployment.declare(
      (stack, target) =>
        new TlsCluster(stack, 'listed', {
          platform: Platform.couchDb({ protoDist: 'inet_tls' }),
          otp: OtpRelease.OTP_25,
          nodes: HOSTS.map((host) => ({ name: `node@${host}`, installDirectory: target.path(host) })),
          installDirectory: target.path('common'),
          revocation: lists.length === 0 ? undefined : { lists },
          delivery: Delivery.localFiles({ outputDirectory: target.outputDirectory }),
        }),
    );
  }

  async function deploy(lists: string[]): Promise<void> {
    await declare(lists);
    mustSucceed(await deployment.terraform.apply());
    await deployment.install(cluster);
  }

  async function listAt(now: number, ...args: readonly string[]): Promise<string> {
    const state = written(JSON.stringify(await deployment.terraform.show()));
    const { exitCode, out, err } = await runCli(['crl', `--state=${state}`, ...args], { now });
    if (exitCode !== 0) throw new Error(err);
    return out;
  }

  async function listBy(...args: readonly string[]): Promise<string> {
    return listAt(Date.now(), ...args);
  }

  function written(text: string): string {
    deploys += 1;
    const path = deployment.path(`text-${deploys}`);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }

  function directories(): string[] {
    return cluster.nodes.map(({ installDirectory }) => installDirectory);
  }
});

/** The path of the only list among the files of a node. */
function listIn(files: TlsCluster['nodes'][number]['files']): string {
  const [list, ...others] = files.filter(({ path }) => path.endsWith('.r0'));
  if (list === undefined || others.length > 0) throw new Error(`not one list: ${files.map(({ path }) => path).join()}`);
  return list.path;
}

function listsOf(deployment: Deployment): string {
  return deployment.path('crl');
}

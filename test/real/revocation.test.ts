import { rmSync } from 'node:fs';

import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { type ErlangNode, withCluster } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { OperatedCa } from '../support/programs/openssl';
import { requires } from '../support/programs/requires';
import { Deployment, installedAs } from '../support/stacks/deployment';
import { everyLink, kindsOf, startAll, tlsLinks } from '../support/stacks/running-cluster';

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

function listsOf(deployment: Deployment): string {
  return deployment.path('crl');
}

import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { couchDistDirectory, ErlangCluster, type ErlangNode } from '../support/erlang';
import { freshAddress } from '../support/erlang/addresses';
import { onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { everyLink, link, startAll, tlsLinks } from '../support/stacks/running-cluster';

const SLOW_MS = 120_000;

const HOSTS = ['db1.x.test', 'db2.x.test', 'db3.x.test'];

/** CouchDB's protocol module is CouchDB's own; `test/support/erlang/couch_dist.erl` stands in for it, by the same rules. */
requires(
  'terraform',
  'go',
  'erl',
)('a deployed CouchDB cluster with `-proto_dist couch`', () => {
  let deployment: Deployment;
  let cluster: TlsCluster;
  /** The search node, on a separate loopback address so that parallel tests do not collide. */
  let clouseau: string;

  beforeAll(async () => {
    clouseau = `clouseau@${await freshAddress(0)}`;
    const deployed = await Deployment.of((stack, target) => ({
      couch: new TlsCluster(stack, 'couch', {
        platform: Platform.couchDb({ plainTextNodes: [clouseau, 'search-?@*.search.test'] }),
        otp: OtpRelease.OTP_25,
        nodes: HOSTS.map((host) => ({ name: `couchdb@${host}`, installDirectory: target.path(host) })),
        installDirectory: target.path('common'),
        delivery: Delivery.localFiles({ outputDirectory: target.outputDirectory }),
      }),
    }));
    deployment = deployed.deployment;
    cluster = deployed.clusters.couch;
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  onEachRuntime('started', (runtime) => {
    let erlang: ErlangCluster;
    let nodes: ErlangNode[];
    let plain: ErlangNode;

    beforeAll(async () => {
      const address = clouseau.slice('clouseau@'.length);
      erlang = await ErlangCluster.create({ hosts: [...HOSTS, address] });
      const moreArgs = ['-pa', couchDistDirectory(runtime)];
      [nodes, plain] = await Promise.all([
        startAll(erlang, cluster, runtime, { moreArgs }),
        erlang.startNode({ runtime, name: clouseau, args: ['-proto_dist', 'inet_tcp'] }),
      ]);
    }, SLOW_MS);

    afterAll(() => erlang?.stop());

    test('uses TLS in every ordered pair of its nodes', async () => {
      expect(await everyLink(nodes)).toEqual(tlsLinks(nodes, 'tlsv1.3', 'TLS_AES_256_GCM_SHA384'));
    });

    test('uses plain text to the excepted node, and accepts no plain text from any node', async () => {
      const [first, second] = nodes as [ErlangNode, ErlangNode];
      expect(await link(first, plain)).toEqual({ from: first.name, to: plain.name, kind: 'tcp' });
      expect(await link(plain, second)).toEqual({ from: plain.name, to: second.name, kind: 'none' });
    });

    test('has the intended flags', async () => {
      const [first] = nodes as [ErlangNode];
      const flags = `[{Flag, Values} || {Flag, Values} <- init:get_arguments(), lists:member(Flag, [proto_dist, couch_dist, ssl_dist_optfile])]`;
      const own = clouseau.replaceAll('.', '[.]');
      expect(await first.eval(flags)).toBe(
        `[{proto_dist,["couch"]},` +
          `{couch_dist,["no_tls","\\"${own}\\""]},{couch_dist,["no_tls","\\"search-?@*[.]search[.]test\\""]},` +
          `{ssl_dist_optfile,["${cluster.nodes[0]?.optionFile?.path ?? ''}"]}]`,
      );
    });

    test('can load the application in spite of its flags', async () => {
      const [first] = nodes as [ErlangNode];
      expect(await first.eval('application:load(couch_dist)')).toBe('ok');
    });

    test.each([
      [true, () => clouseau],
      [true, () => 'search-1@a.search.test'],
      [false, () => 'search-12@a.search.test'],
      [false, () => 'search-1@a-search-test'],
      [false, () => `x${clouseau}`],
      [false, () => clouseau.replace('.', 'x')],
      [false, () => 'couchdb@db1.x.test'],
    ])('decides about an exception (%s) by the whole name', async (isPlain, name) => {
      const [first] = nodes as [ErlangNode];
      expect(await first.eval(`couch_dist:is_plain("${name()}")`)).toBe(String(isPlain));
    });
  });
});

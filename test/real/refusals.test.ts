import { writeFileSync } from 'node:fs';

import { Delivery, OtpRelease, Platform, TlsCluster, type TlsClusterNode } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { type Connection, ErlangCluster, type ErlangNode, IMPATIENT, type NodeOptions } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { eventually } from '../support/programs/eventually';
import { OperatedCa } from '../support/programs/openssl';
import { requires } from '../support/programs/requires';
import { deliveredAs, Deployment } from '../support/stacks/deployment';
import { argsFileOf, everyLink, link, startDeployed, tlsLinks, toolsOf } from '../support/stacks/running-cluster';

const SLOW_MS = 120_000;

const MEMBERS = ['db1.x.test', 'db2.x.test'];
/** The host that every newcomer plays, welcome or not. */
const NEWCOMER = 'db3.x.test';
/** A host for which no certificate exists. */
const ELSEWHERE = 'elsewhere.x.test';
const HOSTS = [...MEMBERS, NEWCOMER, ELSEWHERE];

requires(
  'terraform',
  'go',
  'erl',
  'openssl',
)('a cluster refuses', () => {
  let deployment: Deployment;
  let cluster: TlsCluster;
  let foreign: TlsCluster;
  let ca: OperatedCa;

  beforeAll(async () => {
    const deployed = await Deployment.of((stack, target) => ({
      ours: declare('ours', stack, target),
      foreign: declare('foreign', stack, target),
    }));
    deployment = deployed.deployment;
    cluster = deployed.clusters.ours;
    foreign = deployed.clusters.foreign;
    ca = new OperatedCa(deployment.path('operator'), await deployment.signingPemsOf(cluster));
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  onEachRuntime('newcomers', (runtime) => {
    let erlang: ErlangCluster;
    let members: ErlangNode[];

    beforeAll(async () => {
      erlang = await ErlangCluster.create({ hosts: HOSTS });
      const nodes = MEMBERS.map((host) => cluster.clusterNode(`node@${host}`));
      members = await Promise.all(nodes.map((node) => startDeployed(erlang, node, runtime, { moreArgs: IMPATIENT })));
    }, SLOW_MS);

    // What was refused must not have harmed those inside.
    afterEach(async () => {
      expect(await everyLink(members)).toEqual(tlsLinks(members, 'tlsv1.3', 'TLS_AES_256_GCM_SHA384'));
    }, SLOW_MS);

    afterAll(() => erlang?.stop());

    test(
      'except the one with its own deployed files',
      async () => {
        expect(await meet(startDeployed(erlang, newcomerOf(cluster), runtime))).toEqual({
          dialling: 'tls',
          dialled: 'tls',
        });
      },
      SLOW_MS,
    );

    test(
      'of another cluster',
      async () => {
        expect(await meet(startDeployed(erlang, newcomerOf(foreign), runtime))).toEqual(REFUSED);
      },
      SLOW_MS,
    );

    test(
      'with a certificate of another CA, even if they trust this one',
      async () => {
        const bundle = deliveredAs('node.pem', newcomerOf(foreign));
        const newcomer = { name: `node@${NEWCOMER}`, args: nodeOptions('foreign', bundle) };
        // Up to OTP 27 a client sends what it has; OTP 29's sends nothing when the server names no issuer of its certificate.
        expect(await meet(start(newcomer), /Unknown CA|Certificate Required/)).toEqual(REFUSED);
      },
      SLOW_MS,
    );

    test(
      'with the cookie and no certificate',
      async () => {
        const anonymous = "[{verify,verify_none},{versions,['tlsv1.3']}]";
        const args = optionFile('anonymous', `[{server,${anonymous}},{client,${anonymous}}].`);
        const met = await meet(start({ name: `node@${NEWCOMER}`, args }), /Certificate required/i);
        expect(met).toEqual(REFUSED);
      },
      SLOW_MS,
    );

    test(
      'in plain text, with the cookie',
      async () => {
        const args = ['-proto_dist', 'inet_tcp', ...IMPATIENT];
        expect(await meet(start({ name: `node@${NEWCOMER}`, args }))).toEqual(REFUSED);
      },
      SLOW_MS,
    );

    test(
      'with the right certificate and another cookie',
      async () => {
        const stranger = startDeployed(erlang, newcomerOf(cluster), runtime, { cookie: 'guessed' });
        expect(await meet(stranger)).toEqual(REFUSED);
      },
      SLOW_MS,
    );

    test(
      'whose certificate expired an hour ago, but not one whose certificate is valid',
      async () => {
        const inTime = ca.issue({ host: NEWCOMER });
        expect(await meet(start(withBundle('in-time', inTime)))).toEqual({ dialling: 'tls', dialled: 'tls' });
        const expired = ca.issue({ host: NEWCOMER, validFrom: -24, validTo: -1 });
        expect(await meet(start(withBundle('expired', expired)), /Certificate Expired/)).toEqual(REFUSED);
      },
      SLOW_MS,
    );

    test(
      'whose certificate is for another host when it connects to them, but accepts connections from them: a CA serves one cluster',
      async () => {
        const args = ['-args_file', argsFileOf(newcomerOf(cluster))];
        expect(await meet(start({ name: `node@${ELSEWHERE}`, args }))).toEqual({ dialling: 'tls', dialled: 'none' });
      },
      SLOW_MS,
    );

    test(
      'posing as a node with the certificate of the tools',
      async () => {
        const bundle = deliveredAs('tool.pem', toolsOf(cluster));
        const met = await meet(start({ name: `node@${NEWCOMER}`, args: nodeOptions('tool-as-node', bundle) }));
        expect(met).toEqual({ dialling: 'tls', dialled: 'none' });
      },
      SLOW_MS,
    );

    function start(options: Omit<NodeOptions, 'runtime'>): Promise<ErlangNode> {
      return erlang.startNode({ runtime, ...options });
    }

    /** The newcomer dials one member, another member dials the newcomer. `reason` is what the accepting member logs then. */
    async function meet(
      starting: Promise<ErlangNode>,
      reason?: RegExp,
    ): Promise<{ dialling: Connection['kind']; dialled: Connection['kind'] }> {
      const newcomer = await starting;
      try {
        const [first, second] = members as [ErlangNode, ErlangNode];
        const said = first.log().length;
        const [dialling, dialled] = await Promise.all([link(newcomer, first), link(second, newcomer)]);
        if (reason !== undefined) await heard(first, said, reason);
        return { dialling: dialling.kind, dialled: dialled.kind };
      } finally {
        await newcomer.stop();
      }
    }
  });

  /** An alert that the node itself sent, as its log has it. */
  async function heard(node: ErlangNode, from: number, reason: RegExp): Promise<void> {
    const alert = new RegExp(`generated SERVER ALERT: Fatal - (${reason.source})`, reason.flags);
    await eventually(`${node.name} logs ${reason.source}`, () => alert.exec(node.log().slice(from)) ?? undefined);
  }

  const REFUSED = { dialling: 'none', dialled: 'none' };

  function newcomerOf(of: TlsCluster): TlsClusterNode {
    return of.clusterNode(`node@${NEWCOMER}`);
  }

  function withBundle(name: string, pem: string): Omit<NodeOptions, 'runtime'> {
    const bundle = deployment.path(`${name}.pem`);
    writeFileSync(bundle, pem, { mode: 0o600 });
    return { name: `node@${NEWCOMER}`, args: nodeOptions(name, bundle) };
  }

  /** The options of a node of ours, with another key and certificate. */
  function nodeOptions(name: string, bundle: string): readonly string[] {
    const trusted = deliveredAs('ca.pem', newcomerOf(cluster));
    const side = `{certfile,"${bundle}"},{cacertfile,"${trusted}"},{verify,verify_peer},{versions,['tlsv1.3']}`;
    return optionFile(name, `[{server,[${side},{fail_if_no_peer_cert,true}]},{client,[${side}]}].`);
  }

  function optionFile(name: string, text: string): readonly string[] {
    const path = deployment.path(`${name}.conf`);
    writeFileSync(path, text);
    return ['-proto_dist', 'inet_tls', '-ssl_dist_optfile', path];
  }
});

function declare(id: string, stack: Construct, target: Deployment): TlsCluster {
  return new TlsCluster(stack, id, {
    platform: Platform.couchDb({ protoDist: 'inet_tls' }),
    otp: OtpRelease.OTP_25,
    nodes: [...MEMBERS, NEWCOMER].map((host) => ({ name: `node@${host}`, installDirectory: target.path(id, host) })),
    installDirectory: target.path(id, 'common'),
    delivery: Delivery.localFiles({ outputDirectory: `${target.outputDirectory}/${id}` }),
  });
}

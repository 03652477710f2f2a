/** A real API server of Kubernetes has the Secrets, and the kubelet's own code brings them to real nodes. No kubelet runs, and no container. */
import { readdirSync, readFileSync } from 'node:fs';

import { CaGeneration, Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { runCli } from '../support/cli/run-cli';
import { onAllRuntimes } from '../support/erlang/blocks';
import { ApiServer, NAMESPACE } from '../support/kubernetes/api-server';
import { asService, SERVICE, toolIn } from '../support/kubernetes/check-as';
import { FS_GROUP, type Pods, SECRET, withKubernetes, withPods } from '../support/kubernetes/pods';
import { Projector } from '../support/kubernetes/projector';
import { judgedTogether } from '../support/plans/judged-plan';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import {
  mustSucceed,
  plannedActions,
  prepareOfflineProviders,
  TerraformDirectory,
  unwrapped,
} from '../support/terraform';
import { KUBERNETES } from '../support/terraform/offline-providers';

const SLOW_MS = 300_000;
const DAY_MS = 24 * 60 * 60 * 1000;
const MIB = 1024 * 1024;
const SECRETS = `/api/v1/namespaces/${NAMESPACE}/secrets`;
const PATH = `${SECRETS}/${SECRET}`;
const JSON_PATCH = 'application/json-patch+json';

const signing = (id: string): CaGeneration => CaGeneration.signing(id);
const trusted = (id: string): CaGeneration => CaGeneration.trusted(id);
const retired = (id: string): CaGeneration => CaGeneration.retired(id);

/** The nodes' own steps: the probe is the first with a certificate of the new CA, and all others must accept it. */
const ROLLOVER = [
  { generations: [signing('1'), trusted('2')] },
  { probeSignedBy: '2' },
  { generations: [trusted('1'), signing('2')] },
  { generations: [retired('1'), signing('2')], probeSignedBy: undefined },
];

requires(
  'kubernetes',
  'terraform',
  'go',
  'erl',
  'root',
)('a real API server', () => {
  let server: ApiServer;

  beforeAll(async () => {
    server = await ApiServer.start();
  }, SLOW_MS);

  afterAll(() => server?.stop());

  test('takes Secrets of 1 MiB, and refuses larger ones, wrong keys, and changes of what is immutable', async () => {
    const create = async (name: string, data: object, immutable?: boolean): Promise<unknown[]> => {
      const { status, body } = await server.call('terraform', 'POST', SECRETS, { metadata: { name }, data, immutable });
      return [status, body.message];
    };
    const bytes = (count: number): string => Buffer.alloc(count, 'a').toString('base64');
    expect(await create('full', { one: bytes(MIB / 2), other: bytes(MIB / 2) })).toEqual([201, undefined]);
    expect(await create('fuller', { one: bytes(MIB / 2), other: bytes(MIB / 2 + 1) })).toEqual([
      422,
      'Secret "fuller" is invalid: data: Too long: may not be more than 1048576 bytes',
    ]);
    // The server does not wait for the rest of such a request, so that its answer may be lost with the connection.
    const farFuller = await create('far-fuller', { one: bytes(4 * MIB) }).catch(
      (error: unknown) => (error as NodeJS.ErrnoException).code,
    );
    expect([[413, 'Request entity too large: limit is 3145728'], 'ECONNRESET', 'EPIPE']).toContainEqual(farFuller);
    expect(await server.call('terraform', 'GET', `${SECRETS}/far-fuller`)).toMatchObject({ status: 404 });
    expect(await create('keys', { 'node@host': bytes(1) })).toEqual([
      422,
      expect.stringContaining("a valid config key must consist of alphanumeric characters, '-', '_' or '.'"),
    ]);
    expect(await create('immutable', { one: bytes(1) }, true)).toEqual([201, undefined]);
    const change = [{ op: 'add', path: '/data', value: { one: bytes(2) } }];
    expect(await server.call('terraform', 'PATCH', `${SECRETS}/immutable`, change, JSON_PATCH)).toMatchObject({
      status: 422,
      body: { message: 'Secret "immutable" is invalid: data: Forbidden: field is immutable when `immutable` is set' },
    });
  });

  test(
    'replaces an immutable Secret, and gets what is only written when its revision changes',
    async () => {
      const directory = await TerraformDirectory.create(await prepareOfflineProviders());
      Object.assign(directory.env, server.env);
      const deploy = async (text: string, revision: number): Promise<object> => {
        const metadata = (name: string): object => ({ name, namespace: NAMESPACE });
        await directory.write({
          terraform: { required_providers: { kubernetes: { source: 'hashicorp/kubernetes', version: KUBERNETES } } },
          resource: {
            kubernetes_secret_v1: {
              fixed: { metadata: metadata('fixed'), data: { text }, immutable: true },
              unseen: { metadata: metadata('unseen'), data_wo: { text }, data_wo_revision: revision },
            },
          },
        });
        mustSucceed(await directory.init());
        const plan = mustSucceed(await directory.plan());
        mustSucceed(await directory.apply({ planFile: plan.planFile }));
        return plannedActions(plan);
      };
      const texts = async (): Promise<string[]> => {
        const found = ['fixed', 'unseen'].map((name) => server.call('root', 'GET', `${SECRETS}/${name}`));
        return (await Promise.all(found)).map(({ body }) =>
          Buffer.from((body as { data: { text: string } }).data.text, 'base64').toString('utf8'),
        );
      };
      const [fixed, unseen] = ['kubernetes_secret_v1.fixed', 'kubernetes_secret_v1.unseen'] as const;
      try {
        expect([await deploy('one', 1), await texts()]).toEqual([
          { [fixed]: 'create', [unseen]: 'create' },
          ['one', 'one'],
        ]);
        expect([await deploy('two', 1), await texts()]).toEqual([{ [fixed]: 'replace' }, ['two', 'one']]);
        expect([await deploy('two', 2), await texts()]).toEqual([{ [unseen]: 'update' }, ['two', 'two']]);
        expect(await deploy('two', 2)).toEqual({});
      } finally {
        await directory.remove();
      }
    },
    SLOW_MS,
  );

  test(
    'has a Secret for each node, and the volume of a pod shows those of its node and of the tools alone',
    async () => {
      const deployment = await Deployment.create(await prepareOfflineProviders());
      Object.assign(deployment.terraform.env, server.env);
      const { cluster, delivery } = await deployment.declare((stack) => {
        withKubernetes(stack);
        const one = Delivery.kubernetesSecret({ namespace: NAMESPACE, name: 'own', perNode: true, fsGroup: FS_GROUP });
        const nodes = [{ name: 'node@a-0.x.test' }, { name: 'node@b-0.x.test' }];
        const props = { platform: Platform.erl(), otp: OtpRelease.OTP_25, nodes, installDirectory: '/etc/erlang-tls' };
        return { delivery: one, cluster: new TlsCluster(stack, 'c', { ...props, delivery: one }) };
      });
      mustSucceed(await deployment.terraform.apply());
      const pods = cluster.nodes.map(({ id }) => ({ id, root: deployment.path(id) }));
      const projector = new Projector(
        server,
        pods.map(({ id, root }) => ({
          ...{ directory: `${root}/etc/erlang-tls`, volume: delivery.pod(cluster, id).volume, fsGroup: FS_GROUP },
        })),
      );
      try {
        await projector.swapped(['', '']);
        const shown = pods.map(({ root }) =>
          readdirSync(`${root}/etc/erlang-tls`).filter((name) => !name.startsWith('..')),
        );
        expect(shown).toEqual([
          ['a-0', 'tools'],
          ['b-0', 'tools'],
        ]);
        for (const { root } of pods) {
          const user = `--user=${SERVICE.uid}:${SERVICE.gid},${FS_GROUP}`;
          const found = await runCli(['check', `${root}/etc/erlang-tls`, `--root=${root}`, user, '--fail-on=warning']);
          expect(found).toEqual({ exitCode: 0, out: expect.stringMatching(/^1 node and 1 tool/), err: '' });
        }
      } finally {
        await projector.stop();
        await deployment.remove();
      }
    },
    SLOW_MS,
  );

  onAllRuntimes('has the files of nodes', (runtimes) => {
    test(
      'that go through a rotation and a rollover under calls, with nothing done on a node',
      () => withPods(runtimes, server, (pods) => walk(pods, server)),
      SLOW_MS,
    );
  });
});

async function walk(pods: Pods, server: ApiServer): Promise<void> {
  await pods.deploy({ now: new Date(Date.now() - 250 * DAY_MS) });
  await pods.start();
  await pods.untilShown();
  pods.keepOutdated();

  // Certificates that were due are renewed. From then on there is nothing to do, whoever plans.
  const old = pods.keyLines();
  await pods.take({});
  const elsewhere = await pods.planElsewhere();
  expect([plannedActions(elsewhere), judgedTogether(elsewhere.json).findings]).toEqual([{}, []]);

  const tool = toolIn(pods.directory);
  const check = (group: number) => asService(group, tool, ['check', pods.volume, '--otp=25', '--fail-on=warning']);
  expect(check(FS_GROUP)).toEqual({ status: 0, out: expect.stringMatching(/^4 nodes/) });
  expect(check(FS_GROUP + 1)).toEqual({
    status: 1,
    out: expect.stringContaining('node.pem was not examined (permission denied)'),
  });

  // A file that is missing leaves the volume as it is, and the next deploy puts it back.
  const before = pods.shown();
  const [key] = Object.keys(((await server.call('root', 'GET', PATH)).body.data as object) ?? {});
  const remove = [{ op: 'remove', path: `/data/${key}` }];
  expect((await server.call('root', 'PATCH', PATH, remove, JSON_PATCH)).status).toBe(200);
  expect(await pods.shownAfter('references non-existent secret key')).toEqual(before);
  expect(Object.values(plannedActions(await pods.deploy({})))).toEqual(['update']);
  expect([plannedActions(await pods.planElsewhere()), pods.shown()]).toEqual([{}, before]);

  const early = await pods.plan({ generations: [retired('1'), signing('2')] });
  expect([early.exitCode, unwrapped(early)]).toEqual([1, expect.stringContaining('generation-not-trusted-yet')]);

  for (const edit of ROLLOVER) {
    const { json } = await pods.take(edit);
    const { clusters, findings } = judgedTogether(json);
    expect(clusters.map(({ members }) => members.length)).toEqual([5]);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
  await pods.untilOutdatedIsRefused();
  expect(await pods.losses()).toEqual([]);

  const secrets = [...old, ...pods.keyLines()];
  const { stdout } = await pods.deployment.terraform.run(['show']);
  const open = [...pods.printed, stdout, server.log(), readFileSync(pods.deployment.path('cdk.tf.json'), 'utf8')];
  expect(open.filter((text) => secrets.some((line) => text.includes(line)))).toEqual([]);
  expect(stdout).toContain('(sensitive value)');
  // The state is the one place that has them.
  const state = readFileSync(pods.deployment.path('terraform.tfstate'), 'utf8');
  expect(pods.keyLines().filter((line) => !state.includes(line))).toEqual([]);
}

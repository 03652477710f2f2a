import { readFileSync, rmSync, writeFileSync } from 'node:fs';

import {
  CaGeneration,
  Delivery,
  OtpRelease,
  Platform,
  Shard,
  type ShardedClusterProps,
  type ShardedNodeProps,
  type TlsClusterNode,
  type TlsClusterShard,
} from 'cdktf-erlang-tls';

import { planSummary } from '../../src/model/report/text/plan-text';
import { type ErlangNode, type Runtime, Traffic, withCluster } from '../support/erlang';
import { onAllRuntimes } from '../support/erlang/blocks';
import { install, readAgain } from '../support/installing/operator';
import { judgedTogether } from '../support/plans/judged-plan';
import { requires } from '../support/programs/requires';
import { kindsOf, link, startDeployed } from '../support/stacks/running-cluster';
import { ROOT, ShardedDeployment } from '../support/stacks/sharded-deployment';
import { plannedActions, type PlanResult, unwrapped } from '../support/terraform';

const SLOW_MS = 300_000;

const retired = (id: string): CaGeneration => CaGeneration.retired(id);
const signing = (id: string): CaGeneration => CaGeneration.signing(id);
const trusted = (id: string): CaGeneration => CaGeneration.trusted(id);
const joining = (...ids: string[]): Shard[] => ids.map((id) => Shard.joining(id));
const members = (...ids: string[]): Shard[] => ids.map((id) => Shard.member(id));

interface Step {
  readonly shards?: Shard[];
  readonly generations?: CaGeneration[];
  readonly nodes?: ShardedNodeProps[];
  readonly settleMinutes?: number;
  readonly name?: string;
}

const NODES = ['a', 'b', 'c'].map((shard) => ({ name: `node@${shard}.x.test`, shard }));

/** Declared like the others, in shard a: on the oldest and on the newest release. */
const PROBES = ['node@probe1.x.test', 'node@probe2.x.test'];

requires('terraform', 'go')('shards of a cluster', () => {
  let deployment: ShardedDeployment;
  const nodes = [{ name: 'node@h{1..9}.x.test' }];

  beforeAll(async () => {
    deployment = await ShardedDeployment.create();
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  test(
    'are set up in two deploys, and no key is in the state of another stack',
    async () => {
      await declare({ nodes });
      expect(await refusal(ROOT)).toContain('handover-missing: hand-over file');
      expect(await refusal('a')).toContain('authority.json" is missing');
      await setUp({ nodes });

      const keys = new Map<string, ReadonlySet<string>>();
      for (const stack of [ROOT, 'a', 'b', 'c'])
        keys.set(stack, keysIn(JSON.stringify(await deployment.stack(stack).show())));
      for (const [stack, own] of keys) {
        expect(own.size).toBeGreaterThan(0);
        for (const [other, theirs] of keys) {
          if (other !== stack) expect([...own].filter((key) => theirs.has(key))).toEqual([]);
        }
      }
      const handedOver = ['authority', 'a', 'b', 'c'].map((file) => readFileSync(handover(file), 'utf8')).join('');
      expect(keysIn(handedOver).size).toBe(0);
      expect(plannedActions(await deployment.plan('a'))).toEqual({});
    },
    SLOW_MS,
  );

  test(
    'refuse files that are missing, of another cluster, another root CA or another key',
    async () => {
      await declare({ nodes });
      const own = readFileSync(handover('a'), 'utf8');
      rmSync(handover('a'));
      expect(await refusal(ROOT)).toContain('a.json" is missing');
      writeFileSync(handover('a'), '{');
      expect(await refusal(ROOT)).toContain('handover-foreign: ');
      writeFileSync(handover('a'), readFileSync(handover('b')));
      expect(await refusal(ROOT)).toContain('it is not of shard "a" of cluster "couch"');
      writeFileSync(handover('a'), own.replace(/"root":"[0-9a-f]+"/, `"root":"${'0'.repeat(64)}"`));
      expect(await refusal(ROOT)).toContain('its CA generation "1" has another root certificate');
      writeFileSync(handover('a'), own);
      expect(plannedActions(await deployment.plan(ROOT))).toEqual({});

      const authority = readFileSync(handover('authority'), 'utf8');
      const { chains, ...rest } = JSON.parse(authority) as { chains: Record<string, Record<string, unknown>> };
      const swapped = { '1': { ...chains['1'], a: chains['1']?.b } };
      writeFileSync(handover('authority'), JSON.stringify({ ...rest, chains: swapped }));
      expect(await refusal('a')).toContain('handover-of-another-key: ');
      writeFileSync(handover('authority'), JSON.stringify({ ...rest, chains: {} }));
      expect(await refusal('a')).toContain('it has no certificate of CA generation "1" for shard "a"');
      writeFileSync(handover('authority'), authority.replace('"cluster":"couch"', '"cluster":"other"'));
      expect(await refusal('a')).toContain('it is not of cluster "couch"');
      const rootOf = (text: string): string =>
        (JSON.parse(text) as { generations: Record<string, { root: string }> }).generations['1']?.root ?? '';
      const foreign = JSON.stringify(rootOf(authority)).slice(1, -1);
      writeFileSync(handover('authority'), authority.replace(foreign, foreign.replace(/M/, 'N')));
      expect(await refusal('a')).toContain('generation-changed: CA generation "1"');
    },
    SLOW_MS,
  );

  test(
    'take one shard more: nodes move to it alone, and every other address stays as it is',
    async () => {
      await declare({ nodes, shards: [...members('a', 'b', 'c'), ...joining('d')] });
      await deployment.deploy(ROOT, 'a', 'b', 'c', 'd');
      await declare({ nodes, shards: members('a', 'b', 'c', 'd'), generations: [retired('0'), signing('1')] });
      expect(await refusal(ROOT)).toContain('shards-changed-recently: shard "a"');
      const shards = await declare({ nodes, shards: members('a', 'b', 'c', 'd') });
      await deployment.deploy(ROOT);
      const moved = (shards.get('d')?.nodes ?? []).map(({ id }) => id);
      expect(moved.length).toBeGreaterThan(0);
      const gone: string[] = [];
      const plans = new Map<string, PlanResult>();
      for (const shard of ['a', 'b', 'c', 'd']) plans.set(shard, await deployment.plan(shard));
      const verdict = judgedTogether(...[...plans.values()].map(({ json }) => json));
      expect(planSummary(verdict)).toBe(
        '9 nodes and the tools: every pair can connect, with old files and with new ones.',
      );
      for (const shard of ['a', 'b', 'c']) {
        const actions = Object.entries(plannedActions(plans.get(shard) ?? lost(`the plan of shard ${shard}`)));
        const witness =
          /^(?:local_file\.c_HandoverFile|terraform_data\.c_(?:Rollover_Members|CertificateAuthority_Handover))_/;
        for (const [address, action] of actions) {
          if (action === 'delete') gone.push(address);
          else expect(address).toMatch(witness);
        }
      }
      const nodeOf = (address: string): string => /_nodeh(\d)xtest_/.exec(address)?.[1] ?? address;
      expect([...new Set(gone.map(nodeOf))].sort()).toEqual(moved.map((id) => id.slice(6, 7)).sort());
      await deployment.deploy('a', 'b', 'c', 'd');
      expect(plannedActions(await deployment.plan(ROOT))).toEqual({});
    },
    SLOW_MS,
  );

  onAllRuntimes('which run', ([oldest, middle, newest]) => {
    test(
      'go through a rollover under calls, which is refused as long as one shard lags behind',
      async () => {
        await deployment.remove();
        deployment = await ShardedDeployment.create();
        await rollOver(middle ?? lost('a runtime'), [oldest ?? lost('a runtime'), newest ?? lost('a runtime')]);
      },
      SLOW_MS,
    );
  });

  async function rollOver(runtime: Runtime, others: readonly Runtime[]): Promise<void> {
    const nodes = [...NODES, ...PROBES.map((name) => ({ name, shard: 'a' }))];
    const first = await setUp({ nodes });
    const hosts = ['a', 'b', 'c', 'probe1', 'probe2'].map((name) => `${name}.x.test`);
    await withCluster({ hosts }, async (erlang) => {
      const start = (node: TlsClusterNode, release: Runtime, moreArgs: string[] = []): Promise<ErlangNode> => {
        install(node);
        return startDeployed(erlang, node, release, { leaveOut: ['mesh'], moreArgs });
      };
      const vms = await Promise.all(['a', 'b', 'c'].map((id) => start(onlyNode(first, id), runtime)));
      // Their connections are all new, and those of the others stay.
      const probes = await Promise.all(
        PROBES.map((name, index) => start(probeOf(first, name), others[index] ?? runtime, ['-hidden'])),
      );
      const traffic = await Traffic.start(vms);
      const installed = async (shards: ReadonlyMap<string, TlsClusterShard>, ...ids: string[]): Promise<void> => {
        for (const id of ids) {
          await deployment.deploy(id);
          for (const node of shards.get(id)?.nodes ?? []) install(node);
          for (const vm of [...vms, ...probes]) await readAgain(vm);
          const links = [];
          for (const probe of probes) for (const vm of vms) links.push(await link(probe, vm), await link(vm, probe));
          expect({ id, kinds: kindsOf(links) }).toEqual({ id, kinds: ['tls'] });
        }
      };

      // A jump is refused before anything is destroyed, and a shard does not go before the root CA.
      await declare({ nodes, generations: [trusted('1'), signing('2')] });
      expect(await refusal(ROOT)).toContain('handover-outdated: ');
      expect(await refusal('a')).toContain('CA generation "1" is not trusted there');

      const introduced = await declare({ nodes, generations: [signing('1'), trusted('2')] });
      await deployment.deploy(ROOT);
      await installed(introduced, 'a', 'b');
      const switched = await declare({ nodes, generations: [trusted('1'), signing('2')] });
      const lagging = await refusal(ROOT);
      expect(lagging).toContain('it has no request for CA generation "2"; deploy shard "c" before');
      expect(lagging).not.toContain('handover-foreign');
      await declare({ nodes, generations: [signing('1'), trusted('2')] });
      await installed(introduced, 'c');
      await declare({ nodes, generations: [trusted('1'), signing('2')], settleMinutes: 10 });
      expect(await refusal(ROOT)).toMatch(/generation-not-trusted-yet: CA generation "2".*shard "c" does not show it/);

      await declare({ nodes, generations: [trusted('1'), signing('2')] });
      await deployment.deploy(ROOT);
      await installed(switched, 'a', 'b');
      await declare({ nodes, generations: [retired('1'), signing('2')] });
      const early = await refusal(ROOT);
      expect(early).toMatch(/generation-in-use: CA generation "1".*shard "c" does not show it/);
      expect(early).not.toContain('shard "b" does not show it');
      await declare({ nodes, generations: [trusted('1'), signing('2')] });
      await installed(switched, 'c');

      const ended = await declare({ nodes, generations: [retired('1'), signing('2')] });
      await deployment.deploy(ROOT);
      await installed(ended, 'a', 'b', 'c');
      await traffic.flows();
      expect(await traffic.losses()).toEqual([]);
    });
  }

  async function setUp(step: Step = {}): Promise<ReadonlyMap<string, TlsClusterShard>> {
    await declare({ ...step, shards: joining('a', 'b', 'c') });
    await deployment.deploy(ROOT, 'a', 'b', 'c');
    const shards = await declare(step);
    await deployment.deploy(ROOT, 'a', 'b', 'c');
    return shards;
  }

  async function declare(step: Step): Promise<ReadonlyMap<string, TlsClusterShard>> {
    const props: Omit<ShardedClusterProps, 'handoverDirectory'> = {
      name: step.name ?? 'couch',
      platform: Platform.erl(),
      otp: OtpRelease.OTP_25,
      shards: step.shards ?? members('a', 'b', 'c'),
      nodes: (step.nodes ?? NODES).map((node) => ({ ...node, installDirectory: deployment.path('nodes', node.name) })),
      installDirectory: deployment.path('nodes', 'common'),
      certificateAuthority: {
        generations: step.generations ?? [signing('1')],
        rollover: { settleMinutes: step.settleMinutes ?? 0 },
      },
      delivery: Delivery.installScript({ outputDirectory: deployment.path('out') }),
    };
    return deployment.declare(props);
  }

  async function refusal(stack: string): Promise<string> {
    const refused = await deployment.plan(stack);
    expect(refused.exitCode).toBe(1);
    return unwrapped(refused);
  }

  function handover(file: string): string {
    return deployment.path('handover', `${file}.json`);
  }
});

function onlyNode(shards: ReadonlyMap<string, TlsClusterShard>, shard: string): TlsClusterNode {
  return shards.get(shard)?.nodes[0] ?? lost(`a node of shard ${shard}`);
}

function probeOf(shards: ReadonlyMap<string, TlsClusterShard>, name: string): TlsClusterNode {
  return shards.get('a')?.clusterNode(name) ?? lost('shard a');
}

function lost(what: string): never {
  throw new Error(`no ${what}`);
}

/** The private keys in a text, each once. */
function keysIn(text: string): ReadonlySet<string> {
  const blocks = text.match(/-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END/g) ?? [];
  return new Set(blocks);
}

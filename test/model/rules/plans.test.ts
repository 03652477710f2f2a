import type { IDelivery } from 'cdktf-erlang-tls';

import { TerraformData } from '../../../src/constructs/terraform/terraform-data';
import { describe as textOf } from '../../../src/model/findings/finding';
import { planFacts, planSummary, planText } from '../../../src/model/report/text/plan-text';
import { cluster, judged, judgedTogether, together } from '../../support/plans/judged-plan';
import { NEXT_ROOT, type NodeFiles, ROOT, shardCa, type ShardNode, shardPlan } from '../../support/plans/shard-plans';

const [CA_A, CA_B] = [shardCa('a'), shardCa('b')];

const filesOf = (ca: NodeFiles['ca'], trusts = [ROOT]): NodeFiles => ({ ca, trusts });

/** A node that does not change. */
function kept(ca: NodeFiles['ca'], trusts = [ROOT]): ShardNode {
  const files = filesOf(ca, trusts);
  return { before: files, after: files };
}

function found(...plans: readonly unknown[]): readonly string[] {
  return judgedTogether(...plans).findings.map(textOf);
}

describe('the plans of two shards', () => {
  const a = shardPlan({ 'n@h1.x.test': kept(CA_A), 'n@h2.x.test': kept(CA_A) });
  const b = shardPlan({ 'n@h3.x.test': kept(CA_B) });

  test('are one cluster, whose nodes trust each other by the CA that the shards have in common', () => {
    const verdict = judgedTogether(a, b);
    expect(verdict.findings).toEqual([]);
    expect(planSummary(verdict)).toBe('3 nodes: every pair can connect, with old files and with new ones.');
    expect(planText(verdict).split('\n')).toEqual([
      'member                                      certificate of  trusts         to do',
      'n@h1.x.test (1.json), n@h2.x.test (1.json)  CA of shard a   Root of couch  nothing',
      'n@h3.x.test (2.json)                        CA of shard b   Root of couch  nothing',
    ]);
    expect(planFacts(verdict)).toMatchObject({
      clusters: [{ name: 'couch', members: [{ plan: '1.json' }, { plan: '1.json' }, { plan: '2.json' }] }],
    });
  });

  test('are judged in pairs: a root that only one shard begins to sign below is not trusted by the other one', () => {
    const next = {
      before: filesOf(CA_A, [ROOT, NEXT_ROOT]),
      after: filesOf(shardCa('a', NEXT_ROOT), [ROOT, NEXT_ROOT]),
    };
    expect(found(shardPlan({ 'n@h1.x.test': next }), b)).toEqual([
      expect.stringMatching(
        /^untrusted-by-peer: the new certificate of n@h1\.x\.test \(1\.json\) .*\(signed by CA of shard a, which is not in the old trust bundle of n@h3\.x\.test \(2\.json\)\)/,
      ),
      expect.stringMatching(
        /^untrusted-by-peer: the new certificate of n@h1\.x\.test \(1\.json\) .* the new trust bundle/,
      ),
    ]);
  });

  test('may come in any order', () => expect(judgedTogether(b, a).findings).toEqual([]));

  test('name the plan in findings about a plan, and in what it destroys', () => {
    const gone = shardPlan({ 'n@h3.x.test': { before: filesOf(CA_B) }, 'n@h4.x.test': kept(CA_B) });
    const verdict = judgedTogether({ ...a, complete: false }, gone);
    expect(verdict.findings.map(textOf)).toEqual([
      expect.stringMatching(/^plan-incomplete: 1\.json: plan does not cover the whole stack/),
    ]);
    expect(verdict.destroyed).toEqual([{ address: '2.json: tls_private_key.nh3xtest', what: 'private key' }]);
  });
});

describe('a certificate that is yet to be made', () => {
  const b = shardPlan({ 'n@h3.x.test': kept(CA_B) });
  const joining = (node: ShardNode): readonly string[] => found(shardPlan({ 'n@h1.x.test': node }), b);

  test.each([undefined, 'terraform_data', 'a function'] as const)(
    'is trusted by the chain behind it, in %s',
    (chainIn) => expect(joining({ after: filesOf(CA_A), chainIn })).toEqual([]),
  );

  test('is not trusted without the CA between it and the root', () => {
    expect(joining({ after: { ...filesOf(CA_A), sends: [] } })).toEqual([
      expect.stringMatching(/^untrusted-by-peer: the new certificate of n@h1\.x\.test \(1\.json\)/),
      expect.stringMatching(/^untrusted-by-peer: the new certificate of n@h1\.x\.test \(1\.json\)/),
    ]);
  });

  test('is not trusted below another root with the name of the trusted one', () => {
    const impostor = shardCa('a', { ...NEXT_ROOT, name: ROOT.name });
    expect(joining({ after: filesOf(impostor) })).toHaveLength(2);
  });
});

describe('plans that are given together', () => {
  const other = { ca: shardCa('x', NEXT_ROOT), trusts: [NEXT_ROOT] };

  test('stay two clusters if they have no CA in common, whatever they are called', () => {
    const one = shardPlan({ 'n@h1.x.test': kept(CA_A) });
    const two = shardPlan({ 'n@h1.x.test': { before: other, after: other } });
    const { clusters, findings } = judgedTogether(one, two);
    expect(clusters.map(({ name, members }) => [name, members.length])).toEqual([
      ['couch (1.json)', 1],
      ['couch (2.json)', 1],
    ]);
    expect(findings).toEqual([]);
  });

  test('may have a node that goes from one to the other: it keeps its old files until it has the new ones', () => {
    const [from, to] = [
      shardPlan({ 'n@h1.x.test': { before: filesOf(CA_A) }, 'n@h2.x.test': kept(CA_A) }, 'out/a'),
      'out/b',
    ];
    const moved = judgedTogether(from, shardPlan({ 'n@h1.x.test': { after: filesOf(CA_B) } }, to));
    expect(moved.findings).toEqual([]);
    expect(moved.clusters.map(({ members }) => members.map(({ name, plan }) => `${name} ${plan}`))).toEqual([
      ['n@h2.x.test 1.json', 'n@h1.x.test 2.json'],
    ]);
    expect(planText(moved)).toMatch(/n@h1\.x\.test \(2\.json\) +CA of shard a → CA of shard b .*install\n?/);
  });

  test('cannot both have a node, nor write one file', () => {
    const [one, two] = [CA_A, CA_B].map((ca) => shardPlan({ 'n@h1.x.test': { after: filesOf(ca) } }));
    expect(found(one, two).map((text) => text.slice(0, 90))).toEqual([
      ...['ca_pem', 'node_pem', 'ssl_dist_conf'].map(
        () => expect.stringMatching(/^file-written-twice: file "out\//) as string,
      ),
      expect.stringMatching(/^node-declared-twice: node "n@h1\.x\.test" is declared twice \(in 1\.json and 2\.json\)/),
    ]);
  });

  test('may have one without nodes, but none of something else', () => {
    const shard = shardPlan({ 'n@h1.x.test': kept(CA_A) });
    const plan = (type: string): unknown => ({
      ...shard,
      resource_changes: [{ address: `${type}.x`, mode: 'managed', type, change: { before: null, after: {} } }],
    });
    expect(found(shard, plan('tls_private_key'))).toEqual([]);
    const empty = { format_version: '1.2', planned_values: { root_module: {} }, complete: true };
    expect(found(shard, empty)).toEqual([]);
    expect(found(shard, plan('aws_vpc'))).toEqual([
      expect.stringMatching(/^plan-without-nodes: 2\.json: plan has no node of this library in it/),
    ]);
  });
});

describe('a delivery that nothing reads', () => {
  const own: IDelivery = {
    bind: (scope, { files }) => {
      const input = Object.fromEntries(files.map(({ path, content }) => [path, content]));
      return { outputs: [], resources: [new TerraformData(scope, 'Own', { input })] };
    },
  };

  test('is named with its certificates beside clusters that are read', () => {
    const all = together(cluster(), cluster({ delivery: own }, 'two'));
    const [finding, ...others] = judged(all, all).findings.map(textOf);
    expect(others).toEqual([]);
    expect(finding).toMatch(
      /^delivery-not-read: tls_locally_signed_cert\.two_ah1xtest_Certificate_\w+, .* was not judged/,
    );
    expect(finding).not.toContain('one_');
    expect(judged(cluster(), cluster()).findings).toEqual([]);
  });

  test('is the error of a plan without nodes where it is the only one', () => {
    const only = cluster({ delivery: own });
    expect(judged(only, only).findings.map(({ code }) => code)).toEqual(['plan-without-nodes']);
  });
});

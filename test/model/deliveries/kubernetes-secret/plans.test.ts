import { Delivery, type KubernetesSecretProps } from 'cdktf-erlang-tls';

import { deployedNodes } from '../../../../src/model/observed/terraform/deployed-nodes';
import { readPlan } from '../../../../src/model/observed/terraform/terraform-plan';
import {
  cluster,
  type ClusterProps,
  codes,
  found,
  judged,
  retired,
  signing,
  trusted,
} from '../../../support/plans/judged-plan';
import { type Define, planAfter } from '../../../support/plans/pretended-terraform';

const MEMBERS = ['a@h1.x.test', 'a@h2.x.test', 'tools'];

/** Two CouchDB nodes whose files are in a Secret, or in one for each. */
function inSecrets(props: Partial<KubernetesSecretProps>, more: ClusterProps = {}): Define {
  return (stack) => {
    stack.addOverride('provider.kubernetes', [{}]);
    stack.addOverride('terraform.required_providers.kubernetes', { source: 'hashicorp/kubernetes' });
    cluster({ delivery: Delivery.kubernetesSecret({ namespace: 'n', ...props }), ...more })(stack);
  };
}

describe.each([{ perNode: false }, { perNode: true }])('check-plan knows the nodes of Secrets, %o', (props) => {
  const STEPS = [
    [signing('1')],
    [signing('1'), trusted('2')],
    [trusted('1'), signing('2')],
    [retired('1'), signing('2')],
  ].map((generations) => inSecrets(props, { generations }));

  test('and proves each step of a rollover', () => {
    STEPS.forEach((_step, index) => {
      const { clusters, findings } = judged(...STEPS.slice(0, index + 1));
      expect([clusters.map(({ name, members }) => [name, members.map((one) => one.name)]), findings]).toEqual([
        [['one', MEMBERS]],
        [],
      ]);
    });
  });

  test('and finds a step too many', () => {
    expect(codes(...[STEPS[0], STEPS[3]].flatMap((step) => step ?? []))).toContain('untrusted-by-peer');
  });

  test('and finds nothing in a plan that changes nothing', () => {
    expect(found(...[STEPS[0], STEPS[0]].flatMap((step) => step ?? []))).toEqual([]);
  });

  test('and so does the report of a state', () => {
    const plan = planAfter(...[STEPS[0], STEPS[0]].flatMap((step) => step ?? []));
    const nodes = deployedNodes(readPlan(plan).resources);
    expect(nodes.map(({ label, optionFile }) => [label, optionFile])).toEqual([
      ['a@h1.x.test', '/t/h1/couch_dist.conf'],
      ['a@h2.x.test', '/t/h2/couch_dist.conf'],
      ['tools', '/t/tools/remsh.conf'],
    ]);
  });
});

test('a cluster that goes from scripts to a Secret keeps its certificates', () => {
  const { clusters, findings } = judged(cluster(), inSecrets({}));
  expect(clusters.map(({ members }) => members.map(({ name }) => name))).toEqual([MEMBERS]);
  expect(findings.map(({ code }) => code)).not.toContain('untrusted-by-peer');
});

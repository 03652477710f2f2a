import { Delivery, Platform, type TlsOptions } from 'cdktf-erlang-tls';

import { planSummary } from '../../../../src/model/report/text/plan-text';
import { cluster, type ClusterProps, found, foundIn, judged } from '../../../support/plans/judged-plan';
import { planAfter } from '../../../support/plans/pretended-terraform';
import { EVERY_PLATFORM } from '../../../support/platforms/every-platform';

const DELIVERIES: Readonly<Record<string, ClusterProps>> = {
  'an install script': {},
  'local files': { delivery: Delivery.localFiles({ outputDirectory: 'out' }) },
};

const TEMPLATE = Platform.relxRelease({ template: true });
const NO_EPMD = ['CouchDB', 'Elixir release', 'Erlang', 'relx release', 'VerneMQ'];

describe.each(Object.entries(DELIVERIES))('with %s', (_delivery, delivery) => {
  const changed = (before: ClusterProps, after: ClusterProps): readonly string[] =>
    found(cluster({ ...delivery, ...before }), cluster({ ...delivery, ...after }));

  test.each(Object.entries(EVERY_PLATFORM))('nothing is reported if nothing changes on %s', (name, platform) => {
    const distribution = NO_EPMD.includes(name) ? { portWithoutEpmd: 9100 } : {};
    const props = { platform, distribution };
    expect(changed(props, props)).toEqual([]);
  });

  test('another variable in a relx template is reported', () => {
    const flags = [{ name: 'setcookie', values: ['${NODE_COOKIE}'] }];
    const moved = [{ name: 'setcookie', values: ['${OTHER_COOKIE}'] }];
    expect(changed({ platform: TEMPLATE, flags }, { platform: TEMPLATE, flags: moved })).toEqual([
      expect.stringMatching(
        /^plan-change-not-examined: what a@h1\.x\.test, a@h2\.x\.test read at boot .*\(-setcookie\)/,
      ),
    ]);
  });

  test.each<[string, ClusterProps, string]>([
    ['a flag', { flags: [{ name: 'kernel', values: ['net_ticktime', '30'] }] }, '-kernel net_ticktime'],
    ['an option', { tls: { serverOptions: { ktls: true } } }, 'server option ktls'],
    ['a list that was not there', { tls: both({ supportedGroups: ['secp521r1'] }) }, 'client option supported_groups'],
  ])('a change of %s that no rule judges is reported', (_title, after, says) => {
    const [finding, ...others] = changed({}, after);
    expect(finding).toMatch(/^plan-change-not-examined: what a@h1\.x\.test, a@h2\.x\.test.* read at boot changes/);
    expect(finding).toContain(says);
    expect(others.every((one) => one.startsWith('plan-change-not-examined: '))).toBe(true);
  });
});

/** The same on both sides. */
function both(options: TlsOptions['serverOptions'] & TlsOptions['clientOptions']): TlsOptions {
  return { serverOptions: options, clientOptions: options };
}

test('a change of other text in a RabbitMQ environment file is reported', () => {
  const plan = planAfter(cluster({ platform: Platform.rabbitMq() }), cluster({ platform: Platform.rabbitMq() }));
  const text = JSON.stringify(plan).replace('USE_LONGNAME=true', 'USE_LONGNAME=false');
  expect(foundIn(JSON.parse(text))).toEqual([
    expect.stringMatching(
      /^plan-change-not-examined: what a@h1\.x\.test read at boot .*\(text of rabbitmq-env\.conf\)/,
    ),
  ]);
});

test('boot files whose text is not in the plan, as with a configuration in HCL, are reported', () => {
  const plan = planAfter(cluster(), cluster({ certificates: { keyGeneration: 'b' } }));
  for (const { expressions } of plan.configuration.root_module.resources) {
    const { content } = expressions as { content?: { constant_value?: unknown } };
    delete content?.constant_value;
  }
  expect(foundIn(plan)).toContainEqual(expect.stringMatching(/^boot-files-unknown: plan for /));
});

test('the summary does not call a plan with warnings harmless', () => {
  const flags = [{ name: 'kernel', values: ['net_ticktime', '30'] }];
  expect(planSummary(judged(cluster(), cluster({ flags })))).toBe(
    '2 nodes and the tools: this plan disconnects no nodes, as far as it can be checked. See the warnings:',
  );
  expect(planSummary(judged(cluster(), cluster()))).toBe(
    '2 nodes and the tools: every pair can connect, with old files and with new ones.',
  );
  const one = cluster({ nodes: [{ name: 'a@h1.x.test' }] });
  expect(planSummary(judged(one, one))).toMatch(/^1 node and the tools: /);
});

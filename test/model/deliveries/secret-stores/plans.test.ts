import { Delivery, type SecretStore } from 'cdktf-erlang-tls';

import { scriptsIn } from '../../../../src/model/deliveries/node-script/reader';
import { deployedNodes } from '../../../../src/model/observed/terraform/deployed-nodes';
import { readPlan } from '../../../../src/model/observed/terraform/terraform-plan';
import { jsonWith } from '../../../../src/model/terraform/json-texts';
import type { Moment, TerraformResource } from '../../../../src/model/terraform/resources';
import { cluster, codes, found, judged, retired, signing, trusted } from '../../../support/plans/judged-plan';
import { type Define, planAfter } from '../../../support/plans/pretended-terraform';

const MEMBERS = ['a@h1.x.test', 'a@h2.x.test', 'tools'];

const CASES: readonly (readonly [provider: string, title: string, make: () => SecretStore])[] = [
  ['aws', 'Parameter Store', () => Delivery.awsParameterStore({ prefix: '/a' })],
  ['aws', 'Parameter Store, write-only', () => Delivery.awsParameterStore({ prefix: '/a', writeOnly: true })],
  ['vault', 'Vault, write-only', () => Delivery.vaultKv({ prefix: 'a', mount: 'secret', writeOnly: true })],
];

describe.each(CASES)('check-plan knows the nodes of a store of %s: %s', (provider, _title, make) => {
  const STEPS = [
    [signing('1')],
    [signing('1'), trusted('2')],
    [trusted('1'), signing('2')],
    [retired('1'), signing('2')],
  ].map((generations): Define => {
    return (stack) => {
      stack.addOverride(`provider.${provider}`, [{}]);
      stack.addOverride(`terraform.required_providers.${provider}`, { source: `hashicorp/${provider}` });
      cluster({ delivery: make(), generations })(stack);
    };
  });
  const [first, , , last] = STEPS;

  test('and proves each step of a rollover', () => {
    STEPS.forEach((_step, index) => {
      const { clusters, findings } = judged(...STEPS.slice(0, index + 1));
      expect([clusters.map(({ members }) => members.map(({ name }) => name)), findings]).toEqual([[MEMBERS], []]);
    });
  });

  test('and finds a step too many', () => {
    expect(codes(...[first, last].flatMap((step) => step ?? []))).toContain('untrusted-by-peer');
  });

  test('and finds nothing in a plan that changes nothing', () => {
    expect(found(...[first, first].flatMap((step) => step ?? []))).toEqual([]);
  });

  test('and so does the report of a state', () => {
    const plan = planAfter(...[first, first].flatMap((step) => step ?? []));
    expect(deployedNodes(readPlan(plan).resources).map(({ label }) => label)).toEqual(MEMBERS);
  });
});

test('a script in JSON is read before the apply, after it, and in the configuration of what is not known yet', () => {
  const head = (subject: string, text: string): string =>
    `#!/bin/sh\nsubject='${subject}'\ninstall_directory='/t'\n    1) name='ca.pem' mode=0644 boot=no checksum=x ;;\n    1)\n      cat <<'END_OF_FILE_1'\n${text}\nEND_OF_FILE_1\n      ;;\n`;
  const resource: TerraformResource = {
    ...{ address: 'vault_kv_secret_v2.a', type: 'vault_kv_secret_v2' },
    before: { data_json: JSON.stringify({ script: head('a', '{old}') }), data: { script: head('a', '{old}') } },
    after: { mount: 'secret' },
    configured: {
      dependsOn: [],
      expressions: new Map([
        ['data_json', { text: jsonWith('script', head('a', '{new} ${x_y.z.pem}')), references: ['x_y.z'] }],
      ]),
    },
  };
  const contentAt = (moment: Moment): unknown =>
    scriptsIn([resource], moment).map(({ name, files }) => [name, files.map(({ content }) => content)]);
  expect(contentAt('before')).toEqual([['a', ['{old}\n']]]);
  expect(contentAt('after')).toEqual([['a', ['{new} ${x_y.z.pem}\n\n']]]);
});

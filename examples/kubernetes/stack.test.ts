import { type TerraformStack, Testing } from 'cdktf';
import type { Construct } from 'constructs';

import { CouchDbChartStack } from './couchdb';
import { EjabberdChartStack } from './ejabberd';
import { ElixirReleaseStatefulSetStack } from './elixir-release';
import { EmqxChartStack } from './emqx';
import { RabbitMqChartStack, RabbitMqOperatorStack } from './rabbitmq';

type Stack = new (scope: Construct, id: string) => TerraformStack;
type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

const STACKS: readonly (readonly [name: string, stack: Stack, nodes: number, mount: string])[] = [
  ['couchdb-chart', CouchDbChartStack, 3, '/etc/couchdb-tls'],
  ['ejabberd-chart', EjabberdChartStack, 3, '/etc/ejabberd-tls'],
  ['elixir-release', ElixirReleaseStatefulSetStack, 5, '/etc/shop-tls'],
  ['emqx-chart', EmqxChartStack, 3, '/etc/emqx-tls'],
  ['rabbitmq-chart', RabbitMqChartStack, 5, '/etc/rabbitmq-tls'],
  ['rabbitmq-operator', RabbitMqOperatorStack, 5, '/etc/rabbitmq-tls'],
];

test('all stacks can be in one app, as in main.ts', () => {
  const app = Testing.app();
  expect(() => {
    for (const [name, Platform] of STACKS) new Platform(app, name);
  }).not.toThrow();
});

describe.each(STACKS)('%s', (name, Platform, nodes, mount) => {
  /** What `cdktf synth` writes, after the checks that it makes. */
  const text = Testing.synth(new Platform(Testing.app(), name), true);
  const { resource, output } = JSON.parse(text) as { resource: Resources; output?: object };
  const [secret] = Object.values(resource.kubernetes_secret_v1 ?? {});
  const data = Object.entries(secret?.data as Readonly<Record<string, string>>);
  const { helm_release: releases = {}, kubernetes_manifest: manifests = {} } = resource;
  const workloads = JSON.stringify({ releases, manifests, output });

  test('puts a key for each node into one Secret, and one for the tools', () => {
    expect(Object.keys(resource.kubernetes_secret_v1 ?? {})).toHaveLength(1);
    expect(data.filter(([key]) => key.endsWith('_2fnode.pem'))).toHaveLength(nodes);
    expect(data.filter(([key]) => key === 'tools_2ftool.pem')).toHaveLength(1);
  });

  test('mounts it where the options look for it, and as a whole', () => {
    expect(workloads).toContain(mount);
    const options = data.filter(([, content]) => content.includes('certfile'));
    expect(options).toHaveLength(nodes + 1);
    for (const [, content] of options) expect(content).toContain(`{certfile,"${mount}/`);
  });

  test('makes its workloads after the Secret', () => {
    const [address = ''] = Object.keys(resource.kubernetes_secret_v1 ?? {});
    for (const one of [...Object.values(releases), ...Object.values(manifests)]) {
      expect(one.depends_on).toEqual([`kubernetes_secret_v1.${address}`]);
    }
  });

  test('has no private key in the configuration', () => {
    expect(text).not.toContain('PRIVATE KEY');
  });
});

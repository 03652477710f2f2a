import { Lazy, type TerraformStack, Token } from 'cdktf';
import {
  Delivery,
  Identity,
  KeyAlgorithm,
  type KubernetesSecret,
  type KubernetesSecretProps,
  OtpRelease,
  Platform,
  Shard,
  ShardedCluster,
  TlsCluster,
  type TlsClusterProps,
  TlsClusterShard,
} from 'cdktf-erlang-tls';
import { Construct } from 'constructs';

import provider from '../support/deliveries/kubernetes-provider.json';
import { argumentFaults, type Level } from '../support/issuers/provider-arguments';
import { synthesizable } from '../support/stacks/synthesized';
import { type ResourceConfig, Template } from '../support/stacks/template';

const MOUNT = '/etc/rabbitmq/tls';
const [POD_0, POD_1] = ['rmq-server-0', 'rmq-server-1'];
const nameOf = (pod: string): string => `rabbit@${pod}.rmq-nodes.messaging`;

interface Made {
  readonly delivery: KubernetesSecret;
  readonly cluster: TlsCluster;
  readonly stack: TerraformStack;
}

function made(props: Partial<KubernetesSecretProps> = {}, more: Partial<TlsClusterProps> = {}): Made {
  const stack = withProvider(synthesizable());
  const delivery = Delivery.kubernetesSecret({ namespace: 'messaging', ...props });
  const cluster = new TlsCluster(stack, 'rmq', {
    platform: Platform.rabbitMq(),
    otp: OtpRelease.OTP_27,
    nodes: [{ name: nameOf('rmq-server-{0..1}') }],
    installDirectory: MOUNT,
    delivery,
    ...more,
  });
  return { delivery, cluster, stack };
}

function withProvider(stack: TerraformStack): TerraformStack {
  stack.addOverride('provider.kubernetes', [{}]);
  stack.addOverride('terraform.required_providers.kubernetes', { source: 'hashicorp/kubernetes' });
  return stack;
}

interface Secret extends ResourceConfig {
  readonly metadata: ResourceConfig;
  readonly data: Readonly<Record<string, string>>;
}

function secretsOf({ stack }: Made): Readonly<Record<string, Secret>> {
  return Template.fromStack(stack).resources('kubernetes_secret_v1') as Readonly<Record<string, Secret>>;
}

const FILES = ['ca.pem', 'inter__node__tls.config', 'node.pem', 'rabbitmq-env.conf'];
const TOOL_FILES = ['ca.pem', 'rabbitmq-env.conf', 'rabbitmqctl.config', 'tool.pem'];

describe('one Secret for a cluster', () => {
  const one = made({ labels: { team: 'mq' }, annotations: { note: 'x' } });
  const secrets = secretsOf(one);
  const [found] = Object.entries(secrets);
  const [address, secret] = found ?? ['', undefined];

  test('has the files of all nodes and of the tools under keys that say whose they are', () => {
    expect(Object.keys(secrets)).toHaveLength(1);
    expect(Object.keys(secret?.data ?? {})).toEqual([
      ...[POD_0, POD_1].flatMap((pod) => FILES.map((file) => `rabbit_40${pod}.rmq-nodes.messaging_2f${file}`)),
      ...TOOL_FILES.map((file) => `tools_2f${file}`),
    ]);
  });

  test('is below the cluster, and is named after it', () => {
    expect(address).toMatch(/^rmq_KubernetesSecret_[0-9A-F]{8}$/);
    expect(secret).toMatchObject({
      metadata: { name: 'rmq-tls', namespace: 'messaging', labels: { team: 'mq' }, annotations: { note: 'x' } },
      type: 'Opaque',
    });
  });

  test.each([POD_0, POD_1, 'tools'])('tells %s its own directory, below where the volume is mounted', (directory) => {
    const texts = Object.entries(secret?.data ?? {}).filter(
      ([key]) => key.includes(directory) && /conf(ig)?$/.test(key),
    );
    const named = texts.flatMap(([, text]) => text.match(/\/etc\/rabbitmq\/tls\/[\w-]+/g) ?? []);
    expect(new Set(named)).toEqual(new Set([`${MOUNT}/${directory}`, `${MOUNT}/tools`]));
  });

  test('holds no text of a key before Terraform fills it in', () => {
    expect(JSON.stringify(secret)).not.toContain('PRIVATE KEY');
  });

  test('is what the rollover waits for', () => {
    const delivered = Object.entries(Template.fromStack(one.stack).resources('terraform_data')).find(([name]) =>
      name.includes('Delivered'),
    );
    expect(delivered?.[1].depends_on).toEqual([`kubernetes_secret_v1.${address}`]);
  });

  test('does not depend on the order of the nodes', () => {
    const nodes = [POD_1, POD_0].map((pod) => ({ name: nameOf(pod) }));
    const turned = made({ labels: { team: 'mq' }, annotations: { note: 'x' } }, { nodes });
    expect(secretsOf(turned)).toEqual(secrets);
    expect(turned.delivery.pod(turned.cluster)).toEqual(one.delivery.pod(one.cluster));
  });
});

test('a Secret for each node holds the files of that node alone', () => {
  const all = secretsOf(made({ perNode: true, name: 'mq', immutable: true }));
  expect(
    Object.fromEntries(Object.entries(all).map(([, one]) => [one.metadata.name, Object.keys(one.data).length])),
  ).toEqual({ 'mq-rmq-server-0': 4, 'mq-rmq-server-1': 4, 'mq-tools': 4 });
  expect(Object.values(all).every((one) => one.immutable === true)).toBe(true);
});

test('uses the arguments of the provider as its published bindings have them', () => {
  const given = { labels: { a: 'b' }, annotations: { a: 'b' }, immutable: true, provider: 'kubernetes.prod' };
  const stack = made(given).stack;
  stack.addOverride('provider.kubernetes', [{ alias: 'prod' }]);
  const [secret = {}] = Object.values(Template.fromStack(stack).resources('kubernetes_secret_v1'));
  expect(argumentFaults(secret, provider.kubernetes_secret_v1 as Level)).toEqual([]);
  expect(secret.provider).toBe('kubernetes.prod');
});

describe('what a pod needs', () => {
  const { delivery, cluster } = made({ fsGroup: 999 });
  const pod = delivery.pod(cluster);

  test('is a volume with a directory for each node and one for the tools, where only the keys are closed', () => {
    const { secret } = pod.volume as { secret: { items: { key: string; path: string; mode: number }[] } };
    expect(pod.volume).toMatchObject({ name: 'erlang-tls', secret: { secretName: 'rmq-tls', defaultMode: 0o400 } });
    expect(secret.items.map(({ path, mode }) => `${path} ${mode.toString(8)}`)).toEqual([
      ...[POD_0, POD_1].flatMap((one) => [
        `${one}/ca.pem 444`,
        `${one}/inter_node_tls.config 444`,
        `${one}/node.pem 400`,
        `${one}/rabbitmq-env.conf 444`,
      ]),
      ...['tools/ca.pem 444', 'tools/rabbitmq-env.conf 444', 'tools/rabbitmqctl.config 444', 'tools/tool.pem 400'],
    ]);
    expect(secret.items.map(({ key }) => key).sort()).toEqual(
      Object.keys(
        Object.values(secretsOf({ delivery, cluster, stack: cluster.node.scope as TerraformStack }))[0]?.data ?? {},
      ),
    );
  });

  test('is a mount without subPath, the name of the pod, and the group', () => {
    expect(pod).toMatchObject({
      volumeMount: { name: 'erlang-tls', mountPath: MOUNT, readOnly: true },
      env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
      securityContext: { fsGroup: 999 },
      directory: `${MOUNT}/$(POD_NAME)`,
      toolsDirectory: `${MOUNT}/tools`,
      secretNames: ['rmq-tls'],
    });
    expect(JSON.stringify(pod)).not.toContain('subPath');
  });

  test('leaves the group to others if none is given', () => {
    const other = made();
    expect(other.delivery.pod(other.cluster).securityContext).toEqual({});
  });

  test('is less for the pod of one node', () => {
    const own = delivery.pod(cluster, nameOf(POD_1));
    expect(own.directory).toBe(`${MOUNT}/${POD_1}`);
    expect(JSON.stringify(own.volume)).not.toContain(POD_0);
    expect(JSON.stringify(own.volume)).toContain('tools/tool.pem');
  });

  test('joins the Secrets of a node and of the tools in one volume', () => {
    const perNode = made({ perNode: true });
    const own = perNode.delivery.pod(perNode.cluster, nameOf(POD_1));
    expect(own.secretNames).toEqual(['rmq-tls-rmq-server-1', 'rmq-tls-tools']);
    expect(own.volume).toMatchObject({
      projected: {
        defaultMode: 0o400,
        sources: own.secretNames.map((name) => ({ secret: { name } })),
      },
    });
    expect(own.directory).toBe(`${MOUNT}/${POD_1}`);
  });

  test('has the directory that a node has been given, and its id where the host is no name', () => {
    const nodes = [
      { name: 'a@10.0.0.1', id: 'one' },
      { name: 'a@10.0.0.2', installDirectory: `${MOUNT}/x/two` },
    ];
    const other = made({}, { nodes });
    expect(other.cluster.nodes.map(({ installDirectory }) => installDirectory)).toEqual([
      `${MOUNT}/one`,
      `${MOUNT}/x/two`,
    ]);
    expect(other.delivery.pod(other.cluster, 'a@10.0.0.2').directory).toBe(`${MOUNT}/x/two`);
  });
});

/** Members that a struct of the bindings does not have, or that are of another type. */
function structFaults(value: unknown, name: string): string[] {
  const structs = provider.kubernetes_stateful_set_v1.structs as Readonly<Record<string, Record<string, string>>>;
  return Object.entries(value as object).flatMap(([key, member]): string[] => {
    const type = structs[name]?.[key];
    if (type === undefined) return [`${name}.${key} is unknown`];
    if (type.endsWith('[]')) {
      if (!Array.isArray(member)) return [`${name}.${key} is no list`];
      return (member as unknown[]).flatMap((one) => structFaults(one, type.slice(0, -2)));
    }
    if (type in structs) return structFaults(member, type);
    return typeof member === type ? [] : [`${name}.${key} is ${typeof member}`];
  });
}

test.each([undefined, nameOf(POD_0)])('the form for the provider is what its bindings take: %s', (node) => {
  const { delivery, cluster } = made({ fsGroup: 999, perNode: node !== undefined });
  const pod = delivery.providerPod(cluster, node);
  expect([
    ...structFaults(pod.volume, 'Volume'),
    ...structFaults(pod.volumeMount, 'ContainerVolumeMount'),
    ...pod.env.flatMap((one) => structFaults(one, 'ContainerEnv')),
    ...structFaults(pod.securityContext, 'SecurityContext'),
  ]).toEqual([]);
  expect(structFaults(delivery.pod(cluster, node).volume, 'Volume')).not.toEqual([]);
  expect(pod.directory).toBe(delivery.pod(cluster, node).directory);
});

test('a name may be known to Terraform only', () => {
  const name = Lazy.stringValue({ produce: () => 'late' });
  const { delivery, cluster } = made({ name });
  expect(Token.isUnresolved(delivery.pod(cluster).secretNames[0])).toBe(true);
});

describe('a directory that the user gives to a node', () => {
  test('lies below the mount, or is refused', () => {
    expect(() => made({}, { nodes: [{ name: 'a@h.x.test', installDirectory: '/opt/tls' }] })).toThrow(
      /^file-outside-install-directory: file "\/opt\/tls" does not lie .*installDirectory is \/etc\/rabbitmq\/tls/,
    );
  });
});

test('pods that share an identity share the files at the mount, whatever their names', () => {
  const identity = Identity.shared({ id: 'mq', serverName: 'mq.internal' });
  const nodes = [{ name: 'rabbit@h.x.test' }, { name: 'rabbit@h.y.test' }];
  const { delivery, cluster } = made({}, { identity, nodes });
  const pod = delivery.pod(cluster);
  expect(pod).toMatchObject({ directory: MOUNT, toolsDirectory: `${MOUNT}/tools`, secretNames: ['rmq-tls'] });
  const { secret } = pod.volume as { secret: { items: { path: string }[] } };
  expect(secret.items.map(({ path }) => path)).toContain('node.pem');
});

test('a shard has a Secret of its own, with its id in the name', () => {
  const delivery = Delivery.kubernetesSecret({ namespace: 'n', name: 'mq' });
  const cluster = new ShardedCluster({
    ...{ name: 'app', platform: Platform.rabbitMq(), otp: OtpRelease.OTP_27, installDirectory: MOUNT, delivery },
    ...{ nodes: [{ name: nameOf(POD_0), shard: 'a' }], shards: [Shard.member('a')] },
    handoverDirectory: 'handover',
  });
  const shard = new TlsClusterShard(withProvider(synthesizable()), 'shard', { cluster, shard: 'a' });
  expect(shard.nodes.map(({ installDirectory }) => installDirectory)).toEqual([`${MOUNT}/${POD_0}`]);
  expect(delivery.pod(shard)).toMatchObject({ secretNames: ['mq-a'], directory: `${MOUNT}/$(POD_NAME)` });
});

describe('the size', () => {
  /** A file of that many bytes for a node. */
  const bind = (scope: Construct, delivery: KubernetesSecret, nodeId: string, content: string): void =>
    void delivery.bind(new Construct(scope, nodeId), {
      ...{ nodeId, installDirectory: `/t/${nodeId}`, clusterDirectory: '/t' },
      files: [{ path: `/t/${nodeId}/a`, content, mode: '0644', sensitive: false }],
    });

  test('may be exactly what Kubernetes takes, and not a byte more', () => {
    const delivery = Delivery.kubernetesSecret({ namespace: 'n', name: 'full' });
    const scope = new Construct(synthesizable(), 'c');
    bind(scope, delivery, 'a', 'x'.repeat(1024 * 1024 - 2));
    bind(scope, delivery, 'b', 'ü');
    expect(() => bind(scope, delivery, 'c', 'x')).toThrow(
      /secret-too-large: Secret "stack\/c\/KubernetesSecret" .*1048577/,
    );
  });

  test('is judged by Terraform if it may be too large, with RSA keys or more CAs', () => {
    const nodes = [{ name: 'rabbit@n-{0..30}.x.test' }];
    const large = (names: readonly { name: string }[]): Secret | undefined =>
      Object.values(
        secretsOf(made({}, { nodes: [...names], certificates: { keyAlgorithm: KeyAlgorithm.RSA_4096 } })),
      )[0];
    const secret = large(nodes);
    const [condition] = (secret?.lifecycle as { precondition: { condition: string; error_message: string }[] })
      .precondition;
    expect(condition?.condition).toMatch(/^\$\{\d+ \+ length\(join\("", \[tls_.*\]\)\) <= 1048576\}$/);
    expect(condition?.error_message).toMatch(/^secret-too-large: /);
    const pods = Array.from({ length: 31 }, (_one, index) => ({ name: `rabbit@n-${index}.x.test` }));
    expect(large(pods.reverse())?.lifecycle).toEqual(secret?.lifecycle);
    expect(Object.values(secretsOf(made()))[0]?.lifecycle).toBeUndefined();
  });
});

test('a rollover that waits for less than the kubelet and Erlang take is a warning', () => {
  const warningsWith = (settleMinutes: number, unsafeWithoutGuard = false): unknown[] =>
    made({}, { certificateAuthority: { rollover: { settleMinutes, unsafeWithoutGuard } } }).cluster.node.metadata.map(
      ({ data }) => data as unknown,
    );
  expect(warningsWith(3)).toEqual([expect.stringMatching(/^settle-minutes-short: settleMinutes 3 is shorter/)]);
  expect(warningsWith(4)).toEqual([]);
  expect(warningsWith(3, true)).toEqual([]);
});

test('all pods of a Deployment read the files of a shared identity from the mount', () => {
  const identity = Identity.shared({ serverName: 'rmq.internal', longNames: true });
  const { delivery, cluster } = made({}, { nodes: [], identity });
  expect(cluster.nodes.map(({ installDirectory }) => installDirectory)).toEqual([MOUNT]);
  expect(delivery.pod(cluster).directory).toBe(MOUNT);
  expect(delivery.pod(cluster).toolsDirectory).toBe(`${MOUNT}/tools`);
});

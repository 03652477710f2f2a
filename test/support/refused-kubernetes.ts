/** Refusals about Secrets of Kubernetes. */
import { Delivery, type KubernetesSecretProps, NodeKey } from 'cdktf-erlang-tls';
import { Construct } from 'constructs';

import type { Refusal } from './refusals';
import { cluster } from './refused-cluster';

const delivery = (props: Partial<KubernetesSecretProps> = {}): ReturnType<typeof Delivery.kubernetesSecret> =>
  Delivery.kubernetesSecret({ namespace: 'n', ...props });

/** Binds one file of a node, whose id may be long and whose content large. */
const bound =
  (nodeId: string, content: string): Refusal['provoke'] =>
  (scope) =>
    delivery({ name: 'a' }).bind(new Construct(scope, 'node'), {
      ...{ nodeId, installDirectory: '/t/a', clusterDirectory: '/t' },
      files: [{ path: '/t/a/file', content, mode: '0644', sensitive: false }],
    });

export const KUBERNETES_REFUSALS: readonly Refusal[] = [
  {
    code: 'secret-name-illegal',
    provoke: cluster({ delivery: delivery({ name: 'Couch' }) }),
    says: 'name of the Secret "Couch" cannot name a Secret',
  },
  {
    code: 'secret-name-illegal',
    title: 'for a Secret per node',
    provoke: cluster({ delivery: delivery({ perNode: true }), nodes: [{ name: 'a@10.0.0.1' }] }),
    says: 'name of the Secret "cluster-tls-a@10.0.0.1" cannot',
  },
  ...(['namespace', 'volumeName'] as const).map((property) => ({
    code: 'kubernetes-label-illegal' as const,
    title: property,
    provoke: () => delivery({ [property]: 'a.b' }),
    says: `${property} "a.b" is no label`,
  })),
  {
    code: 'secret-declared-twice',
    provoke: (scope: Construct): void => {
      for (const id of ['one', 'two']) {
        const file = { path: '/t/a', content: 'x', mode: '0644', sensitive: false };
        const below = new Construct(new Construct(scope, id), 'node');
        delivery({ name: 'same' }).bind(below, { nodeId: 'a', installDirectory: '/t', files: [file] });
      }
    },
    says: 'Secret "same" is written by two parts of the configuration (stack/one writes it)',
  },
  {
    code: 'secret-key-too-long',
    provoke: bound('a'.repeat(247), 'x'),
    says: `file "${'a'.repeat(247)}/file" has a key`,
  },
  {
    code: 'secret-too-large',
    provoke: bound('a', 'x'.repeat(1024 * 1024 + 1)),
    says: 'Secret "stack/KubernetesSecret" gets more than Kubernetes takes (at least 1048577 bytes)',
  },
  {
    code: 'pod-not-known',
    provoke: (scope: Construct): unknown => delivery().pod(scope),
    says: 'pod of "stack" cannot be described',
  },
  {
    code: 'pod-not-known',
    title: 'without the node that has a Secret of its own',
    provoke: (scope: Construct): void => {
      const perNode = delivery({ perNode: true });
      perNode.providerPod(cluster({ delivery: perNode })(scope));
    },
    says: 'pod of "stack/cluster" cannot be described: this delivery has no such volume (every node has a Secret of its own',
  },
  {
    code: 'node-unknown',
    title: 'for a pod',
    provoke: (scope: Construct): void => {
      const one = delivery();
      one.pod(cluster({ delivery: one })(scope), 'couchdb@db9.example.com');
    },
    says: 'node "couchdb@db9.example.com" is not in this cluster',
  },
  {
    code: 'key-not-in-volume',
    provoke: cluster({ delivery: delivery(), separateKeyFile: true, certificates: { key: NodeKey.onNode() } }),
    says: 'key of "couchdb@db1.example.com" stays on the node',
  },
  ...[
    ['two hosts with one first label', ['a@h.x.test', 'b@h.y.test'], '(/etc/couchdb/tls/h belongs to a@h.x.test)'],
    ['the name of the tools', ['a@tools.x.test'], '(/etc/couchdb/tls/tools belongs to tools)'],
  ].map(([title, names, says]) => ({
    code: 'node-directory-shared' as const,
    title: title as string,
    provoke: cluster({ delivery: delivery(), nodes: (names as string[]).map((name) => ({ name })) }),
    says: says as string,
  })),
];

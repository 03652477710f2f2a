import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { ownValue } from '../../model/api/own-values';
import { NODE_UNKNOWN } from '../../model/cluster/cluster-node';
import { secretKey } from '../../model/deliveries/kubernetes-secret/keys';
import { labelName, POD_NOT_KNOWN } from '../../model/deliveries/kubernetes-secret/names';
import {
  KEY_ITEM_MODE,
  manifestVolume,
  providerVolume,
  PUBLIC_ITEM_MODE,
} from '../../model/deliveries/kubernetes-secret/volume';
import { fileSet } from '../../model/files/file-set';
import { refuse } from '../../model/findings/finding';
import { addTo } from '../../model/findings/lists';
import { KEY_NOT_IN_VOLUME } from '../../model/rules/certificates/keys-on-nodes';
import { IDS } from '../terraform/ids';
import { within } from '../terraform/report';
import { concrete, isToken } from '../terraform/tokens';
import type { DeliveryRequest, DeliveryResult, IDelivery } from './delivery';
import { ClusterSecret } from './kubernetes-secret/cluster-secret';
import { type KubernetesPod, podOf, type PodUnit } from './kubernetes-secret/pod';
import { checkedId, nameWithin } from './output';

/** Properties of `Delivery.kubernetesSecret`. */
export interface KubernetesSecretProps {
  /** Namespace of the Secret and of the pods. */
  readonly namespace: string;
  /**
   * Name of the Secret. That of a shard is followed by a dash and the id of the shard.
   *
   * @default - the id of the cluster in the stack, and `-tls`
   */
  readonly name?: string;
  /**
   * Labels of the Secret.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the Secret.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Makes the Secret immutable. New files are then a new Secret under the same name, and the kubelet no longer looks for it: pods have to be
   * created anew at each rotation.
   *
   * @default false
   */
  readonly immutable?: boolean;
  /**
   * Writes a Secret for each node and one for the tools, with the directory of the node behind the name: `rabbit-tls-rmq-server-0`. A pod then
   * sees no other key than its own. It is for workloads with one pod each: the pods of one `StatefulSet` all have the same volumes.
   *
   * @default false
   */
  readonly perNode?: boolean;
  /**
   * Group that the kubelet gives the files to, so that a node that does not run as root can read its key (`fsGroup`).
   *
   * @default - that of the pod, if it has one
   */
  readonly fsGroup?: number;
  /**
   * Name of the volume in the pods.
   *
   * @default "erlang-tls"
   */
  readonly volumeName?: string;
  /**
   * Provider with its alias, such as `kubernetes.prod`.
   *
   * @default - the `kubernetes` provider without an alias
   */
  readonly provider?: string;
}

/**
 * The kubelet writes a changed Secret into a volume when it next synchronizes the pod, after 90 seconds at the latest, and Erlang reads files again
 * after 120 seconds at the latest (`docs/kubernetes.md`).
 */
const SETTLE_MINUTES = 4;

/**
 * Writes the files of all nodes of a cluster to one Secret, or to a Secret for each node. Pods mount it as a volume with a directory for each node
 * and one for the tools. Made by `Delivery.kubernetesSecret`.
 */
export class KubernetesSecret implements IDelivery {
  /** @internal */
  public static _with(props: KubernetesSecretProps): KubernetesSecret {
    return new KubernetesSecret(props);
  }

  /** Whether each node has a directory of its own in the volume: it has. */
  public readonly directoryPerNode?: boolean = true;
  /** Minutes after a deploy until every running node uses what is in the Secret. */
  public readonly settleMinutes?: number = SETTLE_MINUTES;

  private readonly props: KubernetesSecretProps;
  private readonly volumeName: string;
  private readonly units = new Map<Construct, PodUnit[]>();
  private readonly secrets = new Map<Construct, ClusterSecret>();

  private constructor(props: KubernetesSecretProps) {
    this.props = props;
    this.volumeName = labelName('volumeName', concrete('volumeName', props.volumeName ?? 'erlang-tls'));
    if (!isToken(props.namespace)) labelName('namespace', props.namespace);
  }

  /** Adds the files to the Secret of the cluster, or defines a Secret for them. */
  public bind(scope: Construct, request: DeliveryRequest): DeliveryResult {
    checkCall('KubernetesSecret.bind', scope, request);
    return within(scope, () => {
      const { nodeId, installDirectory, clusterDirectory = installDirectory, files, keyOnNode } = request;
      if (keyOnNode !== undefined) refuse(KEY_NOT_IN_VOLUME, { subject: 'key of', got: nodeId });
      checkedId(nodeId);
      const directory = installDirectory === clusterDirectory ? '' : nameWithin(clusterDirectory, installDirectory);
      const secret = this.secretFor(scope, directory, request.shard);
      const items = fileSet(files).map((file) => {
        const key = secretKey({ nodeId, name: nameWithin(installDirectory, file.path) });
        const path = nameWithin(clusterDirectory, file.path);
        secret.add(key, file);
        return { key, path, mode: file.sensitive ? KEY_ITEM_MODE : PUBLIC_ITEM_MODE };
      });
      const unit = { nodeId, directory, mountPath: clusterDirectory, secretName: secret.name, items };
      addTo(this.units, clusterOf(scope), unit);
      return ownValue('DeliveryResult', { outputs: [], resources: [secret] });
    });
  }

  /**
   * What pods need to mount the files, as manifests, the values of Helm charts and custom resources have it.
   *
   * @param cluster The `TlsCluster` or `TlsClusterShard` with this delivery.
   * @param nodeId The id of a node, for a pod that mounts the files of this node and of the tools alone. Needed with `perNode`.
   */
  public pod(cluster: Construct, nodeId?: string): KubernetesPod {
    checkCall('KubernetesSecret.pod', cluster, nodeId);
    const { fsGroup } = this.props;
    return within(cluster, () => ({
      ...podOf(this.unitsOf(cluster, nodeId), this.volumeName, nodeId, manifestVolume),
      securityContext: fsGroup === undefined ? {} : { fsGroup },
    }));
  }

  /**
   * The same for the resources of Terraform's provider for Kubernetes, in the form of its bindings: `kubernetes_stateful_set_v1` and others. They
   * write permissions and groups as text.
   *
   * @param cluster The `TlsCluster` or `TlsClusterShard` with this delivery.
   * @param nodeId The id of a node, for a pod that mounts the files of this node and of the tools alone. Needed with `perNode`.
   */
  public providerPod(cluster: Construct, nodeId?: string): KubernetesPod {
    checkCall('KubernetesSecret.providerPod', cluster, nodeId);
    const { fsGroup } = this.props;
    return within(cluster, () => ({
      ...podOf(this.unitsOf(cluster, nodeId), this.volumeName, nodeId, providerVolume),
      securityContext: fsGroup === undefined ? {} : { fsGroup: String(fsGroup) },
    }));
  }

  private unitsOf(cluster: Construct, nodeId: string | undefined): readonly PodUnit[] {
    const all = this.units.get(cluster);
    if (all === undefined) return refuse(POD_NOT_KNOWN, { subject: 'pod of', got: cluster.node.path });
    if (nodeId === undefined) {
      const detail = 'every node has a Secret of its own, and nodeId is missing';
      return this.props.perNode === true
        ? refuse(POD_NOT_KNOWN, { subject: 'pod of', got: cluster.node.path, detail })
        : all;
    }
    const own = all.filter((unit) => unit.nodeId === nodeId);
    if (own.length === 0) refuse(NODE_UNKNOWN, { subject: 'node', got: nodeId });
    return [...own, ...all.filter((unit) => unit.nodeId === IDS.TOOLS && nodeId !== IDS.TOOLS)];
  }

  private secretFor(scope: Construct, directory: string, shard: string | undefined): ClusterSecret {
    const { perNode = false } = this.props;
    const place = perNode ? scope : clusterOf(scope);
    const known = this.secrets.get(place);
    if (known !== undefined) return known;
    const { name = `${clusterOf(scope).node.id}-tls` } = this.props;
    const parts = [name, shard, perNode ? directory.replaceAll('/', '-') : undefined];
    const secret = new ClusterSecret(place, { ...this.props, name: parts.filter((part) => part).join('-') });
    this.secrets.set(place, secret);
    return secret;
  }
}

/** Each member of a cluster has a scope of its own, directly below the cluster. */
function clusterOf(scope: Construct): Construct {
  const { scope: above } = scope.node;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the call has just shown that it is one
  return Construct.isConstruct(above) ? above : scope;
}

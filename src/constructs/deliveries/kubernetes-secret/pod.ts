import { POD_NOT_KNOWN } from '../../../model/deliveries/kubernetes-secret/names';
import type { PodData, SecretItems, VolumeItem } from '../../../model/deliveries/kubernetes-secret/volume';
import { refuse } from '../../../model/findings/finding';
import { IDS } from '../../terraform/ids';

/* eslint-disable @typescript-eslint/no-explicit-any -- Kubernetes and its charts, operators and providers have the types of these data */
/** What a pod needs to mount the files of nodes. Each part is plain data, to be merged into a manifest, the values of a chart or a custom resource. */
export interface KubernetesPod {
  /** An element of `volumes`: the Secret, with a directory for each node and one for the tools. */
  readonly volume: Record<string, any>;
  /** An element of `volumeMounts` of a container. It has no `subPath`, because the kubelet never writes such a mount again. */
  readonly volumeMount: Record<string, any>;
  /** Elements of `env` of a container: `POD_NAME`, by which a pod finds its directory. */
  readonly env: Record<string, any>[];
  /** Members of `securityContext` of the pod. Empty without `fsGroup`. */
  readonly securityContext: Record<string, any>;
  /** Directory of the node in the container, with `$(POD_NAME)` if pods differ. Kubernetes fills that in where it stands in `env`, `command` or `args`. */
  readonly directory: string;
  /** Directory of the tools in the container. Absent if the platform's tools have no files. */
  readonly toolsDirectory?: string;
  /** Names of the Secrets that the volume has. */
  readonly secretNames: string[];
}
/* eslint-enable @typescript-eslint/no-explicit-any */

/** The files of a node or of the tools in the volume. */
export interface PodUnit {
  readonly nodeId: string;
  /** Below the mount. Empty for the mount itself. */
  readonly directory: string;
  readonly mountPath: string;
  readonly secretName: string;
  readonly items: readonly VolumeItem[];
}

/** The parts of pods with these units. Without `nodeId`, every pod has the units of all nodes. */
export function podOf(
  units: readonly PodUnit[],
  volumeName: string,
  nodeId: string | undefined,
  volume: (name: string, secrets: readonly SecretItems[]) => PodData,
): Omit<KubernetesPod, 'securityContext'> {
  const secrets = secretsOf(units);
  const mountPath = mountOf(units);
  const nodes = units.filter((unit) => unit.nodeId !== IDS.TOOLS || unit.nodeId === nodeId);
  const tools = units.find((unit) => unit.nodeId === IDS.TOOLS);
  const own =
    nodeId === undefined ? (nodes.every(({ directory }) => directory === '') ? '' : POD_NAME) : nodes[0]?.directory;
  const inMount = (directory: string): string => (directory === '' ? mountPath : `${mountPath}/${directory}`);
  return {
    volume: volume(volumeName, secrets),
    volumeMount: { name: volumeName, mountPath, readOnly: true },
    env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
    directory: inMount(own ?? ''),
    ...(tools !== undefined && { toolsDirectory: inMount(tools.directory) }),
    secretNames: secrets.map(({ secretName }) => secretName),
  };
}

const POD_NAME = '$(POD_NAME)';

/** The Secrets with what the volume shows of them, in an order that does not depend on that of the nodes. */
function secretsOf(units: readonly PodUnit[]): readonly SecretItems[] {
  const names = [...new Set(units.map(({ secretName }) => secretName))];
  return names.map((secretName) => ({
    secretName,
    items: units
      .filter((unit) => unit.secretName === secretName)
      .flatMap(({ items }) => items)
      .sort((one, other) => (one.path < other.path ? -1 : 1)),
  }));
}

function mountOf(units: readonly PodUnit[]): string {
  const [mountPath = '', ...others] = new Set(units.map((unit) => unit.mountPath));
  if (others.length === 0) return mountPath;
  return refuse(POD_NOT_KNOWN, { subject: 'volume with', got: [mountPath, ...others] });
}

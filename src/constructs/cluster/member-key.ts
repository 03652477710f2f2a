import type { CertificateOptions } from '../certificates/certificate-options';
import { NodeKey } from '../certificates/node-key';

/** The key of a node, or of the tools. */
export interface MemberKey {
  /** With the member's own request. */
  readonly key: NodeKey;
  readonly isOnNode: boolean;
  /** Whether its request is missing. */
  readonly isWaiting: boolean;
}

/** The key of the member with that id. Its own choice takes precedence over that of the cluster. */
export function memberKey(id: string, own: CertificateOptions, cluster: CertificateOptions = {}): MemberKey {
  const key = own.key ?? cluster.key ?? NodeKey.inTerraform();
  if (!key.isOnNode) return { key, isOnNode: false, isWaiting: false };
  const requestPem = key._requestOf(id);
  return { key: NodeKey.onNode({ requestPem }), isOnNode: true, isWaiting: requestPem === undefined };
}

/** The name of the key. The cluster's is for keys that Terraform makes. */
export function keyGenerationOf(own: CertificateOptions, cluster: CertificateOptions = {}): string | undefined {
  const isOwnKeyOnNode = own.key?.isOnNode === true && cluster.key?.isOnNode !== true;
  return own.keyGeneration ?? (isOwnKeyOnNode ? undefined : cluster.keyGeneration);
}

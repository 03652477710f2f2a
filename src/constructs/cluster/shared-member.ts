import { absolutePath } from '../../model/cluster/absolute-path';
import { namesInCertificate } from '../../model/pki/shared-identity';
import type { Identity } from '../certificates/identity';
import { concrete } from '../terraform/tokens';
import type { DeclaredNode } from './declared-nodes';
import type { TlsClusterProps } from './tls-cluster-props';

/** What stands for all nodes of a cluster that share an identity. */
export interface SharedMember {
  /** The identity, whose certificate names the hosts of the declared nodes as well. */
  readonly identity: Identity;
  readonly member: DeclaredNode;
}

/** Absent if each node has an identity of its own. */
export function sharedMember(
  { identity, installDirectory: place }: TlsClusterProps,
  declared: readonly DeclaredNode[],
): SharedMember | undefined {
  if (identity === undefined) return undefined;
  const naming = identity._naming(declared.map(({ node }) => node.name));
  const { id, names } = naming._shared();
  const host = { kind: 'dns', text: namesInCertificate(names)[0] ?? '' } as const;
  // All machines have the same files at the same place, also where a delivery would give each node a directory.
  const installDirectory = absolutePath('installDirectory', concrete('installDirectory', place));
  return {
    identity: naming,
    member: {
      props: { name: id, id },
      node: { id, name: { name: id, host, text: id }, installDirectory },
      hasOwnDirectory: false,
    },
  };
}

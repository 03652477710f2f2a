import type { Finding } from '../findings/finding';
import type { InstalledNode } from '../observed/files/installed-node';
import { certificateFindings } from './certificates/sides';
import { partnersAmong } from './certificates/verifiers';
import type { ServiceUser } from './files/access';
import { fileFindings } from './files/node-files';
import { flagFindings } from './flags/flags';
import type { Judgement } from './judgement';
import { installedOptionFindings } from './options/option-file';
import { peerFindings } from './trust/nodes-apart';

/** By what installed files are judged. */
export interface CheckInput extends Judgement {
  /** Undefined where it is not known who runs the nodes. */
  readonly user?: ServiceUser;
}

/** Everything that would go wrong with these nodes, in the order in which Erlang would come to it. */
export function installedFindings(nodes: readonly InstalledNode[], input: CheckInput): readonly Finding[] {
  const partnersOf = partnersAmong(nodes);
  return distinct([
    ...nodes.flatMap((node) => [
      ...flagFindings(node, input.releases),
      ...installedOptionFindings(node, input.releases),
      // Who uses the tools is somebody else.
      ...fileFindings(node, node.isTools ? undefined : input.user),
      ...certificateFindings(node, input, partnersOf(node)),
    ]),
    ...peerFindings(nodes, input),
  ]);
}

/** Two sides mostly have the same files, and nodes of one machine the same directories above theirs. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [`${one.code} ${one.message}`, one])).values()];
}

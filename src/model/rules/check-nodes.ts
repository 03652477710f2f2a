import type { Finding } from '../findings/finding';
import type { InstalledNode } from '../observed/files/installed-node';
import { installedSituation } from '../observed/files/installed-situation';
import { certificateFindings } from './certificates/sides';
import { partnersAmong } from './certificates/verifiers';
import { situationFindings } from './check-situation';
import type { ServiceUser } from './files/access';
import { fileFindings } from './files/node-files';
import { flagFindings } from './flags/flags';
import { missingFlagsFindings } from './flags/missing-flags';
import type { Judgement } from './judgement';
import { installedOptionFindings } from './options/option-file';
import { sharedKeyFindings } from './trust/shared-keys';

/** Circumstances in which installed files are judged. */
export interface CheckInput extends Judgement {
  /** User that runs the nodes. Absent if it is not known. */
  readonly user?: ServiceUser;
}

/** Everything that is wrong with these nodes, in the order in which Erlang comes to it. */
export function installedFindings(nodes: readonly InstalledNode[], input: CheckInput): readonly Finding[] {
  const partnersOf = partnersAmong(nodes);
  return distinct([
    ...nodes.flatMap((node) => [
      ...flagFindings(node, input.releases),
      ...installedOptionFindings(node, input.releases),
      // Tools are run by other users.
      ...fileFindings(node, node.isTools ? undefined : input.user),
      ...certificateFindings(node, input, partnersOf(node)),
    ]),
    ...missingFlagsFindings(nodes),
    ...sharedKeyFindings(nodes),
    ...situationFindings(installedSituation(nodes, input)),
  ]);
}

/** Findings without repetition: two sides mostly have the same files, and nodes of one machine have the same parent directories. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [`${one.code} ${one.message}`, one])).values()];
}

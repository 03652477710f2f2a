import { type Finding, withoutKeys } from '../findings/finding';
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
    ...nodes.flatMap((node) =>
      [
        ...flagFindings(node, input.releases),
        ...installedOptionFindings(node, input.releases),
        // Tools are run by other users.
        ...fileFindings(node, node.isTools ? undefined : input.user),
        ...certificateFindings(node, input, partnersOf(node)),
      ].map((one) => ({ ...one, nodes: [withoutKeys(node.label)] })),
    ),
    ...missingFlagsFindings(nodes),
    ...sharedKeyFindings(nodes),
    ...situationFindings(installedSituation(nodes, input)),
  ]);
}

/** Findings without repetition: two sides mostly have the same files, and nodes of one machine have the same parent directories. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const known = new Map<string, { readonly one: Finding; readonly nodes: Set<string> }>();
  for (const one of findings) {
    const key = `${one.code} ${one.message}`;
    const same = known.get(key) ?? { one, nodes: new Set() };
    for (const node of one.nodes ?? []) same.nodes.add(node);
    known.set(key, same);
  }
  return [...known.values()].map(({ one, nodes }) => (nodes.size === 0 ? one : { ...one, nodes: [...nodes] }));
}

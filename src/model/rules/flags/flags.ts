import { usesOf } from '../../erlang/flags/flag-use';
import { type Finding } from '../../findings/finding';
import type { InstalledNode } from '../../observed/files/installed-node';
import type { Releases } from '../../otp/releases';
import { parameterFindings } from './application-parameters';
import { argsFileFindings } from './args-files';
import { listeningFindings } from './listening';
import { nameFindings } from './node-names';
import { channelFindings, flatFindings } from './option-channels';
import { listenerFindings } from './plain-text-listener';
import { protocolFindings, toolsFindings } from './protocol';

/** Findings about the flags of a node, whichever files and variables carry them. */
export function flagFindings(node: InstalledNode, releases: Releases): readonly Finding[] {
  const { label, flags, isTools } = node;
  if (flags === undefined) return [];
  const { uses, withoutTools } = flags;
  return [
    ...argsFileFindings(label, flags),
    ...nameFindings(label, uses),
    ...parameterFindings(uses, ` of ${label}`),
    ...(isTools ? [] : listeningFindings(node, uses)),
    ...protocolFindings(label, usesOf('proto_dist', uses), isTools || flags.mayHoldMore),
    ...toolsFindings(withoutTools),
    ...listenerFindings(node),
    ...flatFindings(node, uses, releases),
    ...channelFindings(node, flags),
  ];
}

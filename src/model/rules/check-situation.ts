import type { Finding } from '../findings/finding';
import type { Situation } from '../observed/situation';
import { plainTextPartitionFindings } from './flags/plain-text-partition';
import { discoveryFindings } from './flags/port-discovery';
import { protocolFindings } from './flags/protocol-mismatch';
import { algorithmFindings, keyFindings, versionFindings } from './options/agreement';
import { unlistedFindings } from './trust/unlisted-by-peer';
import { trustFindings } from './trust/untrusted-by-peer';

/** What nodes have to agree on, in the order in which a connection comes to it. Each node may be right by itself. */
export function situationFindings(situation: Situation): readonly Finding[] {
  return [
    ...discoveryFindings(situation),
    ...protocolFindings(situation),
    ...plainTextPartitionFindings(situation),
    ...versionFindings(situation),
    ...algorithmFindings(situation),
    ...keyFindings(situation),
    ...trustFindings(situation),
    ...unlistedFindings(situation),
  ];
}

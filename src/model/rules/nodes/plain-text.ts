import { type ClusterNode, NODE_UNKNOWN } from '../../cluster/cluster-node';
import { type Finding, finding } from '../../findings/finding';
import type { IPlatformProfile } from '../../platforms/profile';
import { NODE_LISTENS_IN_PLAIN_TEXT } from '../flags/plain-text-listener';

/** Judges the exceptions from TLS that the platform was given. */
export function plainTextFindings(nodes: readonly ClusterNode[], platform: IPlatformProfile): readonly Finding[] {
  return [...nodes.flatMap((node) => patternFindings(node, platform)), ...memberFindings(nodes, platform)];
}

/** How a node listens depends on its own name: one that matches a pattern accepts plain text from everybody. */
function patternFindings({ name }: ClusterNode, { plainTextNodes = [] }: IPlatformProfile): readonly Finding[] {
  if (name.host.kind === 'deferred') return [];
  return plainTextNodes
    .filter(({ expression }) => new RegExp(expression, 'u').test(name.text))
    .map(({ pattern }) =>
      finding(NODE_LISTENS_IN_PLAIN_TEXT, {
        subject: 'plainTextNodes',
        got: pattern,
        detail: `it matches ${name.text}`,
      }),
    );
}

/** With a misspelt name, the intended node would listen for TLS too early. */
function memberFindings(
  nodes: readonly ClusterNode[],
  { unsafePlainTextMembers = [] }: IPlatformProfile,
): readonly Finding[] {
  const names = nodes.map(({ name }) => name.text);
  return unsafePlainTextMembers
    .filter((member) => !names.includes(member))
    .map((member) => finding(NODE_UNKNOWN, { subject: 'unsafePlainTextMembers', got: member }));
}

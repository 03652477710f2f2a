import { isPlaceholder, usesOf } from '../../erlang/flags/flag-use';
import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { FoundFlags } from '../../observed/files/flag-carriers';
import type { InstalledNode } from '../../observed/files/installed-node';

/** Nodes without a file of flags beside nodes that have one: without flags, a node speaks plain text. */
export function missingFlagsFindings(nodes: readonly InstalledNode[]): readonly Finding[] {
  const servers = nodes.filter(({ isTools }) => !isTools);
  const [one] = servers.filter(({ flags }) => flags !== undefined);
  // The flags may name such an option file as well.
  const isUnknown = servers.some(({ flags }) => flags !== undefined && mayNameAnotherFile(flags));
  if (one === undefined || isUnknown) return [];
  return servers
    .filter(({ flags }) => flags === undefined)
    .map((node) => finding(NODE_FLAGS_MISSING, { subject: node.label, nodes: [node], detail: `${one.label} has one` }));
}

function mayNameAnotherFile({ uses, mayHoldMore }: FoundFlags): boolean {
  return mayHoldMore || usesOf('ssl_dist_optfile', uses).some(({ values }) => values.some(isPlaceholder));
}

export const NODE_FLAGS_MISSING = rule({
  code: 'node-flags-missing',
  severity: 'error',
  problem: 'has no file of flags',
  expected: 'a file that names -proto_dist and the options, as other nodes have one',
  remedy: `install the file, and look at its name: *.args, or what the platform reads (${documentation('check')})`,
  source:
    'https://www.erlang.org/doc/apps/ssl/ssl_distribution.html: distribution is plain text unless -proto_dist says otherwise',
});

import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { Situation } from '../../observed/situation';
import { nodePhrase, oddNodes } from '../node-phrases';
import { mutualClashes } from '../pairs';

/** Nodes that look for each other in different ways. */
export function discoveryFindings({ members, surface }: Situation): readonly Finding[] {
  if (surface === 'installed') return [];
  return mutualClashes(
    members,
    ({ discovery }) => discovery,
    (one, other) => one === other,
  ).map(({ nodes, fact, others, otherFact }) =>
    finding(PORT_DISCOVERY_MISMATCH, {
      subject: `port discovery of ${nodePhrase(nodes)}`,
      nodes: oddNodes(nodes, others),
      got: fact,
      detail: `${nodePhrase(others)}: ${otherFact}`,
    }),
  );
}

export const PORT_DISCOVERY_MISMATCH = rule({
  code: 'port-discovery-mismatch',
  severity: 'error',
  problem: 'does not find another node',
  expected: 'one way to find nodes on all of them: epmd, or one port for all',
  remedy: 'put the port back: changing it takes a stop of all nodes',
  source: '`listen_port_please/2` and `port_please/3` in `erlang/otp:lib/kernel/src/erl_epmd.erl`',
});

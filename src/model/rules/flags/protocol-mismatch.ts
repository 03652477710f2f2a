import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { NodeAtMoment, Situation } from '../../observed/situation';
import type { ProtocolFacts } from '../../platforms/protocol';
import { PROTOCOLS, spokenProtocol } from '../../platforms/registry';
import { nodePhrase, oddNodes } from '../node-phrases';
import { mutualClashes } from '../pairs';

/** Nodes whose distribution protocols do not understand each other. */
export function protocolFindings({ members }: Situation): readonly Finding[] {
  return mutualClashes(members, kindOfProtocol, (one, other) => one === other).map(({ nodes, others }) =>
    finding(PROTOCOL_MISMATCH, {
      subject: `-proto_dist of ${nodePhrase(nodes)}`,
      nodes: oddNodes(nodes, others),
      got: nodes[0]?.protocol,
      detail: `${nodePhrase(others)}: ${others[0]?.protocol}`,
    }),
  );
}

function equivalence({ name, speaks }: ProtocolFacts): readonly string[] {
  return name === speaks ? [] : [`${name} and ${speaks} understand each other`];
}

export const PROTOCOL_MISMATCH = rule({
  code: 'protocol-mismatch',
  severity: 'error',
  problem: 'differs from that of another node',
  expected: ['the same protocol on every node', ...PROTOCOLS.flatMap(equivalence)].join('; '),
  remedy: `set the same on all nodes; to change it in a running cluster, stop all nodes, or take the steps of ${documentation('migration')}`,
  inErlang: 'nothing, or "unsupported_record_type"',
  source:
    '`-proto_dist inet_tcp` in docs/in-erlang.md (proto-dist-plain-text); docs/migration.md, which test/real/migration.test.ts walks through',
});

/** The protocol that nodes understand: exceptions from TLS do not change it. */
function kindOfProtocol({ protocol }: NodeAtMoment): string | undefined {
  return protocol === undefined ? undefined : spokenProtocol(protocol);
}

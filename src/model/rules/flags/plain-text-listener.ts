import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { InstalledNode } from '../../observed/files/installed-node';
import { EXCEPTIONS } from '../../platforms/registry';

/** A finding if a node listens in plain text: one of its own exceptions matches its name. */
export function listenerFindings({ label, name = '', flags }: InstalledNode): readonly Finding[] {
  const excepting = EXCEPTIONS.flatMap((exceptions) =>
    exceptions
      .valuesIn(flags?.uses ?? [])
      .filter((value) => exceptions.isLegal(value) && exceptions.listensInPlainText({ name, exceptions: [value] })),
  );
  return excepting.slice(0, 1).map((got) => finding(NODE_LISTENS_IN_PLAIN_TEXT, { subject: `flags of ${label}`, got }));
}

export const NODE_LISTENS_IN_PLAIN_TEXT = rule({
  code: 'node-listens-in-plain-text',
  severity: 'error',
  problem: 'excepts a node of the cluster itself from TLS',
  expected: 'no exception that the name of a node of the cluster matches',
  remedy: `narrow the pattern, or take it out and restart the node once every node speaks TLS (${documentation('migration')}): a node whose own name matches listens in plain text for everybody`,
  inErlang: 'nothing: it can dial other nodes, but a node that dials it waits for an answer in TLS and gives up',
  source: 'docs/in-erlang.md; docs/migration.md',
});

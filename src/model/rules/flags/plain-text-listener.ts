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
  return excepting.slice(0, 1).map((got) => finding(NODE_LISTENS_IN_PLAIN_TEXT, { subject: label, got }));
}

export const NODE_LISTENS_IN_PLAIN_TEXT = rule({
  code: 'node-listens-in-plain-text',
  severity: 'error',
  problem: `is excepted from TLS by ${EXCEPTIONS.map(({ notation }) => notation).join(' or ')}`,
  expected: 'no pattern that matches the name of the node',
  remedy: `remove the flag and restart the node, once every node speaks TLS (${documentation('migration')})`,
  inErlang: 'nothing: it can dial other nodes, but a node that dials it waits for an answer in TLS and gives up',
  source: 'docs/in-erlang.md; docs/migration.md',
});

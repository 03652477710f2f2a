import { type Finding, withoutKeys } from '../../findings/finding';
import type { InstalledNode } from '../../observed/files/installed-node';
import { findingCounts } from '../page/headline';
import { whoText } from '../page/who';

/** The number of nodes that were checked, and of findings, in one line. */
export function installedSummary(nodes: readonly InstalledNode[], findings: readonly Finding[]): string {
  const who = whoText(nodes.map(({ label, isTools }) => ({ name: label, isTools })));
  return `${who}: ${findings.length === 0 ? 'nothing found' : findingCounts(findings)}.\n`;
}

/** The node that was checked, for programs. */
export function installedFacts({ label, name, isTools, optionFile }: InstalledNode): Readonly<Record<string, unknown>> {
  return { label, name, isTools, optionFile: optionFile && withoutKeys(optionFile.path) };
}

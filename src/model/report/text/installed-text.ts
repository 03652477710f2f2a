import { type Finding, withoutKeys } from '../../findings/finding';
import type { InstalledNode } from '../../observed/files/installed-node';
import { findingCounts } from '../page/headline';
import { whoText } from '../page/who';

/** How many nodes were looked at, and what came of it, in one line. */
export function installedSummary(nodes: readonly InstalledNode[], findings: readonly Finding[]): string {
  const who = whoText(nodes.map(({ label, isTools }) => ({ name: label, isTools })));
  return `${who}: ${findings.length === 0 ? 'nothing found' : findingCounts(findings)}.\n`;
}

/** What was looked at, for programs. */
export function installedFacts({ label, name, isTools, optionFile }: InstalledNode): Readonly<Record<string, unknown>> {
  return { label, name, isTools, optionFile: optionFile && withoutKeys(optionFile.path) };
}

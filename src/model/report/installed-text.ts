import type { Finding } from '../errors';
import type { InstalledNode } from '../installed/installed-node';

/** How many nodes were looked at, and what came of it, in one line. */
export function installedSummary(nodes: readonly InstalledNode[], findings: readonly Finding[]): string {
  const tools = nodes.filter(({ isTools }) => isTools).length;
  const who = `${count(nodes.length - tools, 'node')}${tools > 0 ? ` and ${count(tools, 'tool')}` : ''}`;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return findings.length === 0
    ? `${who}: nothing found.\n`
    : `${who}: ${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}.\n`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** What was looked at, for programs. */
export function installedFacts({ label, name, isTools, optionFile }: InstalledNode): Readonly<Record<string, unknown>> {
  return { label, name, isTools, optionFile: optionFile?.path };
}

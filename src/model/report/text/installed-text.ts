import { type Finding, withoutKeys } from '../../findings/finding';
import type { InstalledNode } from '../../observed/files/installed-node';
import { findingCounts } from '../page/headline';
import { whoText } from '../page/who';

/** The number of nodes that were checked, and of findings, in one line. */
export function installedSummary(nodes: readonly InstalledNode[], findings: readonly Finding[]): string {
  const who = whoText(nodes.map(({ label, isTools }) => ({ name: label, isTools })));
  const readings = new Set(nodes.flatMap(({ reading }) => reading ?? []));
  const shown = [...readings].slice(0, MOST_READINGS).map((reading) => `  ${withoutKeys(reading)}\n`);
  const more = readings.size > MOST_READINGS ? [`  and ${readings.size - MOST_READINGS} more in the same way\n`] : [];
  return [`${who}: ${findings.length === 0 ? 'nothing found' : findingCounts(findings)}.\n`, ...shown, ...more].join(
    '',
  );
}

/** Of many nodes in one output directory, a few say which files were read. */
const MOST_READINGS = 3;

/** The node that was checked, for programs. */
export function installedFacts(node: InstalledNode): Readonly<Record<string, unknown>> {
  const { label, name, isTools, optionFile, reading, carriers, included, flags } = node;
  const carrierFacts = (path: string): Readonly<Record<string, unknown>> => ({
    path: withoutKeys(path),
    notExamined: flags?.unexamined.filter(({ carrier }) => carrier === path).flatMap(({ parts }) => parts) ?? [],
  });
  return {
    ...{ label, name, isTools, optionFile: optionFile && withoutKeys(optionFile.path), reading },
    flags: [...carriers, ...included].map(carrierFacts),
  };
}

import { type Finding, finding } from '../../model/findings/finding';
import { type InstalledNode, type InstalledSource, readInstalled } from '../../model/observed/files/installed-node';
import type { KnownPem } from '../../model/observed/files/material';
import { presenceFindings } from '../../model/rules/files/presence';
import { NODE_DIRECTORY_EMPTY, NOTHING_TO_CHECK } from '../../model/rules/nodes/survey';
import { UsageError } from '../command';
import { isDirectory, isWithin, realPath } from './file-system';
import { NodeSearch, type SourceOptions } from './node-sources';

/** The nodes found at the given paths. */
export interface Survey {
  readonly nodes: readonly InstalledNode[];
  /** Findings about paths without a node, and about files that may belong to one and cannot be read. */
  readonly findings: readonly Finding[];
}

/** Reads the nodes at the paths, each once. */
export function survey(paths: readonly string[], options: SourceOptions): Survey {
  if (!isDirectory(options.root)) throw new UsageError(`--root=${options.root} is not a directory`);
  const search = new NodeSearch(options);
  const found = [...new Set(paths)].map((path) => ({ path, sources: search.at(path) }));
  // Nodes of a cluster share a trust bundle: parse it once.
  const known: KnownPem = new Map();
  const sources = new Set(found.flatMap((one) => one.sources));
  const nodes = withOwnLabels([...sources]).map((source) => readInstalled(source, known));
  const empty = found.filter(
    ({ path, sources: none }) =>
      none.length === 0 &&
      ![...search.empty, ...search.unread.map((file) => file.path)].some((one) => isWithin(path, one)),
  );
  return {
    nodes: withoutParts(nodes),
    findings: [
      ...empty.map(({ path }) => finding(NOTHING_TO_CHECK, { subject: path })),
      ...[...new Set(search.empty)].map((path) => finding(NODE_DIRECTORY_EMPTY, { subject: path })),
      ...search.unread.flatMap(presenceFindings),
    ],
  };
}

/** Labels that tell nodes apart whose directories have the same name, such as `tls`. */
function withOwnLabels(sources: readonly InstalledSource[]): readonly InstalledSource[] {
  const labels = sources.map(({ label }) => label);
  const isShared = (label: string): boolean => labels.indexOf(label) < labels.lastIndexOf(label);
  return sources.map((source) =>
    isShared(source.label) ? { ...source, label: source.place ?? source.label } : source,
  );
}

/** The nodes without option files that the flags of another one name. */
function withoutParts(nodes: readonly InstalledNode[]): readonly InstalledNode[] {
  const placeOf = ({ optionFile }: InstalledNode): string | undefined => optionFile && realPath(optionFile.path);
  const named = new Set(nodes.flatMap((node) => (node.flags === undefined ? [] : (placeOf(node) ?? []))));
  return nodes.filter((node) => node.flags !== undefined || !named.has(placeOf(node) ?? ''));
}

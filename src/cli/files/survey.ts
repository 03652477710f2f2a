import { basename } from 'node:path';

import { type Finding, finding } from '../../model/findings/finding';
import { nameList } from '../../model/findings/name-list';
import type { FoundFile } from '../../model/observed/files/found-file';
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
  // A node whose directory is empty may come in an install script.
  const labels = new Set([...sources].map(({ label }) => label));
  const empty = [...new Set(search.empty)].filter((path) => !labels.has(basename(path)));
  const without = found.filter(({ sources: none }) => none.length === 0).map(({ path }) => path);
  const unread = search.unread.filter((file) => !isDirectory(file.path) || nodes.length > 0);
  const nothing = without.filter(
    (path) => ![...empty, ...unread.map((file) => file.path)].some((one) => isWithin(path, one)),
  );
  return {
    nodes: withoutParts(nodes),
    findings: [
      ...nothing.map((path) => finding(NOTHING_TO_CHECK, { subject: path, detail: unreadBelow(path, search.unread) })),
      ...empty.map((path) => finding(NODE_DIRECTORY_EMPTY, { subject: path })),
      ...unread.flatMap(presenceFindings),
    ],
  };
}

/** Directories without a right to search them, in which a node may be. */
function unreadBelow(path: string, unread: readonly FoundFile[]): string | undefined {
  const below = unread.filter((file) => isWithin(path, file.path)).map((file) => file.path);
  return below.length === 0 ? undefined : `${nameList(below)} cannot be read`;
}

/** Labels that tell nodes apart whose directories have the same name, such as `tls`. */
function withOwnLabels(sources: readonly InstalledSource[]): readonly InstalledSource[] {
  const labels = sources.map(({ label }) => label);
  const isShared = (label: string): boolean => labels.indexOf(label) < labels.lastIndexOf(label);
  return sources.map((source) =>
    isShared(source.label) ? { ...source, label: source.place ?? source.label } : source,
  );
}

/** The nodes without option files that the flags of another one name, without files that they include, and without the same tools again. */
function withoutParts(nodes: readonly InstalledNode[]): readonly InstalledNode[] {
  const placeOf = ({ optionFile }: InstalledNode): string | undefined => optionFile && realPath(optionFile.path);
  const named = new Set(nodes.flatMap((node) => (node.flags === undefined ? [] : (placeOf(node) ?? []))));
  const includers = new Map(nodes.flatMap((node) => node.included.map((path) => [realPath(path), node] as const)));
  const isIncluded = (node: InstalledNode): boolean =>
    node.carriers.length > 0 && node.carriers.every((name) => (includers.get(realPath(name)) ?? node) !== node);
  const whole = nodes.filter(
    (node) => !isIncluded(node) && (node.flags !== undefined || !named.has(placeOf(node) ?? '')),
  );
  const isKnown = (node: InstalledNode, index: number): boolean =>
    node.isTools && whole.slice(0, index).some((other) => other.isTools && isSame(node, other));
  return whole.filter((node, index) => !isKnown(node, index));
}

/** Whether two tools are told the same, by a file of their own and by that of the node. */
function isSame(one: InstalledNode, other: InstalledNode): boolean {
  const told = ({ flags, optionFile }: InstalledNode): string =>
    JSON.stringify([flags?.uses.map(({ name, values }) => [name, values]), optionFile && realPath(optionFile.path)]);
  return one.flags !== undefined && told(one) === told(other);
}

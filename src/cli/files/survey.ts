import { basename, resolve } from 'node:path';

import { type Finding, finding } from '../../model/findings/finding';
import { addTo } from '../../model/findings/lists';
import { nameList } from '../../model/findings/name-list';
import { type InstalledNode, type InstalledSource, readInstalled } from '../../model/observed/files/installed-node';
import type { KnownPem } from '../../model/observed/files/material';
import { waitingFindings } from '../../model/rules/certificates/keys-on-nodes';
import { presenceFindings } from '../../model/rules/files/presence';
import { NODE_DIRECTORY_EMPTY, NOTHING_TO_CHECK } from '../../model/rules/nodes/survey';
import { UsageError } from '../command';
import { isDirectory, placesAbove, realPath } from './file-system';
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
  const found = [...new Set(paths)].map((path) => {
    const known = search.waiting.length;
    return { path, sources: search.at(path), isWaiting: search.waiting.length > known };
  });
  // Nodes of a cluster share a trust bundle: parse it once.
  const known: KnownPem = new Map();
  const sources = new Set(found.flatMap((one) => one.sources));
  const nodes = withOwnLabels([...sources]).map((source) => readInstalled(source, known));
  // A node whose directory is empty may come in an install script.
  const labels = new Set([...sources].map(({ label }) => label));
  const empty = [...new Set(search.empty)].filter((path) => !labels.has(basename(path)));
  const without = found
    .filter(({ sources: none, isWaiting }) => none.length === 0 && !isWaiting)
    .map(({ path }) => path);
  const unread = search.unread.filter((file) => !isDirectory(file.path) || nodes.length > 0);
  const told = byPlace([...empty, ...unread.map((file) => file.path)]);
  const unreadBelow = byPlace(search.unread.map((file) => file.path));
  const nothing = without.filter((path) => !told.has(resolve(path)));
  return {
    nodes: withoutParts(nodes),
    findings: [
      ...nothing.map((path) =>
        finding(NOTHING_TO_CHECK, { subject: path, detail: detailOf(unreadBelow.get(resolve(path))) }),
      ),
      ...waitingFindings([...new Set(search.waiting)]),
      ...empty.map((path) => finding(NODE_DIRECTORY_EMPTY, { subject: path })),
      ...unread.flatMap(presenceFindings),
    ],
  };
}

/** The paths by each directory above them, and by themselves. */
function byPlace(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const path of paths) {
    for (const place of placesAbove(path)) addTo(places, place, path);
  }
  return places;
}

/** Directories without a right to search them, in which a node may be. */
function detailOf(unread: readonly string[] = []): string | undefined {
  return unread.length === 0 ? undefined : `${nameList(unread)} cannot be read`;
}

/** Labels that tell nodes apart whose directories have the same name, such as `tls`. */
export function withOwnLabels(sources: readonly InstalledSource[]): readonly InstalledSource[] {
  const once = new Set<string>();
  const shared = new Set<string>();
  for (const { label } of sources) (once.has(label) ? shared : once).add(label);
  return sources.map((source) =>
    shared.has(source.label) ? { ...source, label: source.place ?? source.label } : source,
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
  const tools = new Set<string>();
  return whole.filter((node) => {
    const told = node.isTools ? toldBy(node) : undefined;
    const isKnown = told !== undefined && tools.has(told);
    if (told !== undefined) tools.add(told);
    return !isKnown;
  });
}

/** Equal for tools that are told the same, by a file of their own and by that of the node. Absent without flags. */
function toldBy({ flags, optionFile }: InstalledNode): string | undefined {
  if (flags === undefined) return undefined;
  return JSON.stringify([
    flags.uses.map(({ name, values }) => [name, values]),
    optionFile && realPath(optionFile.path),
  ]);
}

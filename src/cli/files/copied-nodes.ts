import { readdirSync } from 'node:fs';
import { basename, join, normalize, resolve } from 'node:path';

import type { FoundKey, FoundMember } from '../../model/adoption/found-cluster';
import type { Finding } from '../../model/findings/finding';
import { isText, textOf } from '../../model/observed/files/found-file';
import type { InstalledNode } from '../../model/observed/files/installed-node';
import { UsageError } from '../command';
import { fileOnDisk, isDirectory, isFile } from './file-system';
import { LARGEST_TEXT } from './node-places';
import { survey } from './survey';

/** What lies in directories that were copied from one node each. */
export interface CopiedNodes {
  readonly members: readonly FoundMember[];
  readonly keys: readonly FoundKey[];
  /** About paths that cannot be read. */
  readonly findings: readonly Finding[];
}

/** Reads them. `root`: the root of the nodes' file system, where it is another directory than the one that was copied. */
export function copiedNodes(directories: readonly string[], root: string | undefined): CopiedNodes {
  const all = directories.flatMap(nodeDirectories).map((directory) => ({
    directory,
    entries: entriesBelow(directory),
    // Variables of this shell are none of the nodes'.
    root: root ?? directory,
    ...survey([directory], { root: root ?? directory, env: {} }),
  }));
  return {
    members: all.flatMap(membersOf),
    keys: all.flatMap(({ entries }) => entries.filter(isFile).flatMap(keyAt)),
    findings: all.flatMap(({ findings }) => findings),
  };
}

/** The directory itself, or the directories in it that are named after nodes. */
function nodeDirectories(directory: string): readonly string[] {
  if (!isDirectory(directory)) throw new UsageError(`${directory} is not a directory: give one for each node`);
  const named = readdirSync(directory)
    .filter((name) => NODE_NAME.test(name) && isDirectory(join(directory, name)))
    .sort();
  return named.length === 0 ? [directory] : named.map((name) => join(directory, name));
}

const NODE_NAME = /^[^@\s]+@[^@\s]+$/;

interface Copied {
  readonly directory: string;
  readonly root: string;
  readonly nodes: readonly InstalledNode[];
  readonly entries: readonly string[];
}

function membersOf({ directory, root, nodes: found, entries }: Copied): readonly FoundMember[] {
  const nodes = found.filter(({ isTools }) => !isTools);
  const [node] = nodes;
  if (node === undefined) return [];
  if (nodes.length > 1) {
    const labels = nodes.map(({ label }) => label).join(', ');
    throw new UsageError(`${directory} has the files of several nodes (${labels}): give one directory for each node`);
  }
  const name = node.name ?? [basename(resolve(directory))].find((one) => NODE_NAME.test(one));
  if (name === undefined) {
    throw new UsageError(
      `the files in ${directory} do not name their node: name the directory after it, as in couchdb@db1.example.com`,
    );
  }
  const fileNames = new Set(entries.map((entry) => basename(entry)));
  const host = name.slice(name.indexOf('@') + 1);
  return found.map((one) => ({
    ...{ name, directory, roots: [normalize(root).replace(/\/$/, ''), resolve(root)], fileNames },
    installed: { ...one, label: one.isTools ? `the tools of ${name}` : name, host: one.host ?? host },
  }));
}

/** Paths of what is in a directory and below. */
function entriesBelow(directory: string): readonly string[] {
  try {
    const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
    return names.map((name) => join(directory, name));
  } catch {
    // A directory that cannot be read is a finding of the survey.
    return [];
  }
}

function keyAt(path: string): readonly FoundKey[] {
  const file = fileOnDisk(path);
  if (file.kind !== 'file' || file.bytes.length > LARGEST_TEXT || !isText(file)) return [];
  const pem = textOf(file);
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem) ? [{ path, pem }] : [];
}

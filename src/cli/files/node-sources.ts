import { type Dirent, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

import { carriedIn, mayCarry } from '../../model/deliveries/registry';
import { firstValue } from '../../model/erlang/flags/flag-use';
import type { NamedText } from '../../model/files/named-text';
import { hostIn, installDirectoryOf, sourceOfCarried } from '../../model/observed/files/carried-source';
import {
  carriersByReader,
  isOptionText,
  mayConfigure,
  optionFileAmong,
  toolOptionFilesAmong,
} from '../../model/observed/files/configuring-files';
import { type FlagCarrier, readFlags, variable } from '../../model/observed/files/flag-carriers';
import { type FoundFile, isText, missingFile, textOf } from '../../model/observed/files/found-file';
import type { InstalledSource } from '../../model/observed/files/installed-node';
import { UsageError } from '../command';
import { systemErrorText } from '../system-error';
import { fileOnDisk, isDirectory, isFile, placeBelow, placesAbove, realPath, relocated } from './file-system';
import { filePlace, LARGEST_TEXT, nodePath, placeOf, readingOf } from './node-places';

/** Settings that hold for every node. */
export interface SourceOptions {
  /** Root of the nodes' file system. */
  readonly root: string;
  /** Environment in which `ERL_FLAGS` and the like are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Searches directories for nodes. Each place is read once, whichever paths and links lead to it. */
export class NodeSearch {
  /** Files and directories that may belong to a node and cannot be read. */
  public readonly unread: FoundFile[] = [];
  /** Directories that are named after a node and contain none. */
  public readonly empty: string[] = [];
  /** Nodes whose scripts carry no certificate, because their requests are missing. */
  public readonly waiting: string[] = [];
  /** Directories with something unread below. */
  private readonly unreadBelow = new Set<string>();
  private readonly places = new Map<string, readonly InstalledSource[]>();

  public constructor(private readonly options: SourceOptions) {}

  /** The nodes at a path: of an install directory, of directories or install scripts in it, of one file. Those that are known are the same objects. */
  public at(path: string): readonly InstalledSource[] {
    return this.atPlace(path, placeOf(path, this.options.root));
  }

  /** `given`: how the user wrote it. */
  private atPlace(given: string, path: string): readonly InstalledSource[] {
    const { kind, why = '' } = fileOnDisk(path);
    if (given === '') throw new UsageError('a path must not be empty');
    if (kind === 'missing') throw new UsageError(`${given} does not exist`);
    if (kind === 'unreadable') throw new UsageError(`${given} cannot be read: ${why}`);
    return kind === 'directory' ? this.below(path, realPath(path)) : this.ofFile(path);
  }

  private once(path: string, find: () => readonly InstalledSource[]): readonly InstalledSource[] {
    const place = realPath(path);
    const known = this.places.get(place) ?? find();
    this.places.set(place, known);
    return known;
  }

  /** `start`: the directory given by the caller, without links. */
  private below(path: string, start: string): readonly InstalledSource[] {
    const entries = this.entriesOf(path);
    const below = entries.flatMap((entry) => {
      const place = join(path, entry.name);
      if (entry.isDirectory()) return this.below(place, start);
      if (entry.isSymbolicLink() && isElsewhere(place, start)) return this.ofDirectory(place, this.entriesOf(place));
      return isScript(entry.name) && isFile(place) ? this.ofFile(place) : [];
    });
    const found = [...this.ofDirectory(path, entries), ...below];
    if (found.length === 0 && isNodeName(basename(path)) && !this.unreadBelow.has(resolve(path))) {
      this.empty.push(path);
    }
    return found;
  }

  private leave(file: FoundFile): void {
    this.unread.push(file);
    for (const place of placesAbove(file.path)) this.unreadBelow.add(place);
  }

  private entriesOf(path: string): readonly Dirent[] {
    try {
      const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
      return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
    } catch (error) {
      this.leave({ ...fileOnDisk(path), kind: 'unreadable', why: systemErrorText(error) });
      return [];
    }
  }

  private textAt(path: string): string | undefined {
    const file = fileOnDisk(path);
    const { length } = file.bytes;
    const isSmall = length <= LARGEST_TEXT;
    if (file.kind === 'file' && isSmall && isText(file)) return textOf(file);
    const problem = isSmall ? 'it is not text' : `it has ${length} bytes; the limit is ${LARGEST_TEXT}`;
    const why = file.kind === 'file' ? problem : file.why;
    this.leave({ ...file, kind: 'unreadable', why });
    return undefined;
  }

  private ofFile(path: string): readonly InstalledSource[] {
    return this.once(path, () => {
      const text = this.textAt(path);
      if (text === undefined) return [];
      const file = { name: basename(path), text };
      if (isScript(file.name)) return this.ofScript(path, text);
      const directory = dirname(resolve(path));
      if (PEM.test(text)) return [];
      if (TERRAFORM_JSON.test(text))
        throw new UsageError(`${path} is JSON of Terraform, not a file of a node: ${FOR_TERRAFORM}`);
      if (isOptionText(text)) return [this.source({ label: path, directory, optionFile: file })];
      const place = filePlace(directory, this.options.root);
      const { ofNode, ofTools } = carriersByReader([file], () => path, place);
      const node = this.source({ label: path, directory, carriers: ofNode, included: place.paths });
      return [node, ...this.besideNode(ofTools, directory, node)];
    });
  }

  private ofScript(path: string, text: string): readonly InstalledSource[] {
    const carried = carriedIn(text);
    if (carried?.isWaiting === true) this.waiting.push(carried.subject);
    const source = carried && sourceOfCarried(carried, path);
    return source === undefined ? [] : [source];
  }

  private ofDirectory(path: string, entries: readonly Dirent[]): readonly InstalledSource[] {
    return this.once(path, () => {
      const files = entries.flatMap((entry) => {
        const { name } = entry;
        const place = join(path, name);
        // A node whose file of flags cannot be read does not boot.
        if (name.endsWith('.args') && !entry.isDirectory() && !isFile(place)) this.leave(fileOnDisk(place));
        const text = mayConfigure(name) && isFile(place) ? this.textAt(place) : undefined;
        return text === undefined ? [] : [{ name, text }];
      });
      return this.ofFiles(path, files);
    });
  }

  private ofFiles(path: string, files: readonly NamedText[]): readonly InstalledSource[] {
    const directory = resolve(path);
    const place = filePlace(directory, this.options.root);
    const { ofNode, ofTools } = carriersByReader(files, (name) => join(path, name), place);
    const optionFile = optionFileAmong(files);
    const node = {
      label: basename(directory),
      directory,
      optionFile,
      carriers: ofNode.length > 0 ? ofNode : undefined,
      included: place.paths,
    };
    const found = (node.carriers ?? optionFile) ? [this.source(node)] : [];
    const others = found.length === 0 ? [] : toolOptionFilesAmong(files, [...ofNode, ...ofTools]);
    const tools = others.filter((file) => file !== optionFile);
    return [
      ...found,
      ...this.besideNode(ofTools, directory, found[0]),
      ...tools.map((file) => this.source({ label: join(path, file.name), directory, optionFile: file, isTools: true })),
    ];
  }

  /** Tools beside a node. In staged files they may have a directory of their own, and are found there. */
  private besideNode(carriers: readonly FlagCarrier[], directory: string, node?: InstalledSource): InstalledSource[] {
    const tools = carriers.map((one) => this.source({ label: one.name, directory, carriers: [one], isTools: true }));
    return node?.isStaged === true ? tools.filter(hasItsOptionFile) : tools;
  }

  private source({ label, directory, carriers, optionFile, isTools, included }: Place): InstalledSource {
    const { root, env } = this.options;
    const all = carriers && withEnvironment(carriers, env);
    const named = { carriers: all ?? [], options: optionFile?.text };
    const has = (name: string): boolean => isFile(join(directory, name));
    const at = (path: string): FoundFile => fileOnDisk(placeBelow(root, path), root);
    const own = nodePath(directory, root);
    const staged = installDirectoryOf(named, has, missingFile);
    const installDirectory = installDirectoryOf(named, has, at) ?? own;
    return {
      label,
      place: directory,
      host: hostIn(label),
      isTools,
      carriers: all,
      optionFile: optionFile && join(installDirectory, optionFile.name),
      reading: staged === undefined ? undefined : readingOf({ directory, staged, installDirectory, root }),
      included,
      ...relocated(installDirectory, directory, root),
    };
  }
}

function hasItsOptionFile({ carriers = [], fileAt }: InstalledSource): boolean {
  const path = firstValue('ssl_dist_optfile', readFlags(carriers, fileAt).uses);
  return path === undefined || fileAt(path).kind !== 'missing';
}

/** Whether a script may contain files of a node. Scripts that a node reads at its start have known names. */
function isScript(name: string): boolean {
  return mayCarry(name) && !mayConfigure(name);
}

/** Keys and certificates are read only if options name them. */
const PEM = /^\s*-----BEGIN /;

/** A state, or what `terraform show -json` gives for a plan or a state: the version is among the first members. */
const TERRAFORM_JSON = /^\s*\{[^{}[\]]*"terraform_version"\s*:/;
const FOR_TERRAFORM = 'give the output of terraform show -json to check-plan for a plan, to report --state for a state';

/** Where a node, or a tool, has its files. */
interface Place {
  readonly label: string;
  readonly directory: string;
  readonly carriers?: readonly FlagCarrier[];
  readonly optionFile?: NamedText;
  readonly isTools?: boolean;
  readonly included?: readonly string[];
}

function isNodeName(name: string): boolean {
  return /^[^@\s]+@[^@\s]+$/.test(name);
}

/** Whether a link leads to a directory that the search does not reach by itself. */
function isElsewhere(link: string, start: string): boolean {
  if (!isDirectory(link)) return false;
  const way = relative(start, realPath(link));
  return way.split(sep).some((name) => name.startsWith('.'));
}

/** `ERL_AFLAGS` stands before the command line, the others behind it (`erlexec.c`). */
function withEnvironment(
  carriers: readonly FlagCarrier[],
  env: Readonly<Record<string, string | undefined>>,
): readonly FlagCarrier[] {
  const given = (name: string): FlagCarrier[] => {
    const value = env[name] ?? '';
    return value === '' ? [] : [variable(name, value)];
  };
  return [...given('ERL_AFLAGS'), ...carriers, ...given('ERL_FLAGS'), ...given('ERL_ZFLAGS')];
}

import type { FlagUse } from '../erlang/flags/flag-use';
import type { NamedText } from '../files/named-text';
import type { IPlatformProfile } from './profile';
import type { ProtocolFacts } from './protocol';

/**
 * Reads the files of one server. An absent member means that the server has no form of its own: its flags are in args files, its options
 * are in an option file, and its protocol is one of OTP's.
 */
export interface PlatformReader {
  /** A distribution protocol of the server's own. */
  readonly protocol?: ProtocolFacts;
  /** Applications of the server's own whose parameters may be given as flags. */
  readonly applications?: readonly string[];
  /** Names of files that hold flags and do not look like it: no `.args`, no `.conf`. */
  readonly flagFiles?: readonly string[];
  /** The ending of the name of a template, from which the server or its build makes a file without that ending. */
  readonly templateEnding?: string;
  /** Names of args files that are read by tools and not by the node. */
  readonly toolFiles?: readonly string[];
  /** Names of files of terms that hold settings of applications, and never TLS options of distribution. */
  readonly settingsFiles?: readonly string[];

  /** The flags in a file that has a form of the server's own. Absent for every other file. */
  wordsIn?(file: NamedText, place: FilePlace): FileWords | undefined;
}

/** Where a file lies. */
export interface FilePlace {
  /** Directory on the node. Empty if it is not known. */
  readonly directory: string;
  /** The text of a file that this one includes. Absent if it cannot be read. */
  readonly included: (path: string) => string | undefined;
}

export const NO_PLACE: FilePlace = { directory: '', included: () => undefined };

/** The arguments for VMs in a file of a platform. */
export interface FileWords {
  readonly words: readonly string[];
  /** The part of the file for which nothing in it is known. Absent if there is none. */
  readonly unread?: string;
  /** The arguments for tools. Absent if the file has no place for them. */
  readonly toolWords?: readonly string[];
  /** Whether the platform adds the flag with the option file by itself. */
  readonly namesOptionFile?: boolean;
}

/** How one server is recognised by what lies on its nodes, and declared. */
export interface PlatformRecognition {
  /** The factory of `Platform`. */
  readonly factory: string;
  /** Its page below `docs/platforms`. */
  readonly page: string;
  /** Whether a node is one of this server. */
  readonly isSeenIn: (node: NodeSigns) => boolean;
  /** Properties for the factory, as the flags of the nodes have them. */
  readonly propertiesIn: (flags: readonly FlagUse[]) => Readonly<Record<string, unknown>>;
  readonly profileWith: (properties: Readonly<Record<string, unknown>>) => IPlatformProfile;
  /** Whether the file with the flags of a node takes the place of the one that was there, so that other flags have to come along. */
  readonly replacesFlags?: boolean;
}

/** What tells the server of a node. */
export interface NodeSigns {
  /** Its whole name. */
  readonly name: string;
  /** The value of `-proto_dist`. */
  readonly protocol?: string;
  /** Names of the files beside its own. */
  readonly fileNames: ReadonlySet<string>;
}

/** By the part of the name before the host, or by a file that no other server has. */
export function seenBy(name: string | undefined, ...files: readonly string[]): (node: NodeSigns) => boolean {
  return (node) =>
    files.some((file) => node.fileNames.has(file)) || (name !== undefined && node.name.startsWith(`${name}@`));
}

/** The protocol for IPv6, where the nodes use it: the default of every factory is for IPv4. */
export function ipv6ProtocolIn(flags: readonly FlagUse[]): { readonly protoDist?: string } {
  const isIpv6 = flags.some(({ name, values }) => name === 'proto_dist' && values[0] === 'inet6_tls');
  return isIpv6 ? { protoDist: 'inet6_tls' } : {};
}

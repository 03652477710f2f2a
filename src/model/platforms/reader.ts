import type { NamedText } from '../files/named-text';
import type { ProtocolFacts } from './protocol';

/**
 * How the files of one server are read back. Absent members mean that the server has nothing of its own there: its flags are in args
 * files, its options in an option file, and it speaks a protocol of OTP.
 */
export interface PlatformReader {
  /** A distribution protocol of the server's own. */
  readonly protocol?: ProtocolFacts;
  /** Names of files that hold flags and do not look like it: no `.args`, no `.conf`. */
  readonly flagFiles?: readonly string[];
  /** The ending of the name of a template, from which the server or its build makes a file without that ending. */
  readonly templateEnding?: string;
  /** Names of args files that are read by tools and not by the node. */
  readonly toolFiles?: readonly string[];
  /** Names of files of terms that hold settings of applications, and never TLS options of distribution. */
  readonly settingsFiles?: readonly string[];

  /** The flags in a file that the server has a form of its own for. Absent if the file is not one of those. */
  wordsIn?(file: NamedText): FileWords | undefined;
}

/** The words that a file of a platform has for VMs. */
export interface FileWords {
  readonly words: readonly string[];
  /** Those for tools that dial the node, if the file has a place of its own for them. */
  readonly toolWords?: readonly string[];
  /** Whether the platform names the option file by itself, beside these. */
  readonly namesOptionFile?: boolean;
}

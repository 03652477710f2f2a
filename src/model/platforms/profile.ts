import type { VmFlag } from '../erlang/flags/vm-flags';

/**
 * How one server wants its distribution configured: all that is special about it. Shared code asks for these facts and never for the
 * server's name.
 *
 * Implement it for a server that this library does not know, and pass it to `Platform.of`.
 */
export interface IPlatformProfile {
  /** As its documentation writes it: `"CouchDB"`. */
  readonly name: string;
  /** Module that carries distribution, without its `_dist`: the value of `-proto_dist`. */
  readonly protoDist: string;
  /**
   * Name of the option file, in the install directory.
   *
   * @default - none: the TLS options are in the flags, as `-ssl_dist_opt`
   */
  readonly optionFileName?: string;
  /**
   * Flags of the server's own, such as a list of exceptions.
   *
   * @default - none
   */
  readonly flags?: VmFlag[];
  /**
   * A script of the server passes our paths through a shell without quotes, or through a template: an install directory with other characters
   * than letters, digits and `_@%/:.,=^~+-` is refused.
   *
   * @default false
   */
  readonly needsPlainPaths?: boolean;
  /**
   * The tools' VMs read the node's flags too, and so listen where it listens: a single distribution port is refused.
   *
   * @default false
   */
  readonly toolsShareFlags?: boolean;
  /**
   * Settings of `distribution` that the server has a place of its own for, by their property, with that place. Given here they would be
   * overridden or given twice, so they are refused.
   *
   * @default - none
   */
  readonly settingsElsewhere?: Record<string, string>;
  /**
   * Which nodes are reached without TLS.
   *
   * @default - none
   */
  readonly plainTextNodes?: PlainTextPattern[];
  /**
   * Nodes of the cluster itself that speak no TLS yet, by their whole names. Names of other nodes are refused.
   *
   * @default - none
   */
  readonly unsafePlainTextMembers?: string[];
  /**
   * What people and scripts need to connect to a node.
   *
   * @default - none: this server's tools cannot be given an identity of their own
   */
  readonly tools?: IToolProfile;
  /**
   * The command that makes a running node read renewed PEM files at once, on the node's own host, for people who have just installed them.
   *
   * @default - the expression to evaluate in a shell of the node
   */
  readonly reload?: string;

  /** The files by which a node gets its flags, beside the option file. */
  bootFiles(boot: NodeBoot): BootFile[];
}

/** What people and scripts need to connect to a node: an option file with the client side alone, and how to use it. */
export interface IToolProfile {
  /** Module that carries the tools' connections, without its `_dist`. */
  readonly protoDist: string;
  /** Name of the option file, in the tools' own directory. */
  readonly optionFileName: string;

  /** The files by which a tool gets its flags, in the tools' own directory. */
  bootFiles(boot: ToolBoot): BootFile[];
  /** The command line that connects to the first node. */
  command(boot: ToolBoot): string;
}

/** A text file that a server or a tool reads when it starts. */
export interface BootFile {
  /** Name, in the install directory or the tools' own. */
  readonly name: string;
  /** The text, as it has to lie on the node. */
  readonly text: string;
}

/** What the files of a node have to say. */
export interface NodeBoot {
  /** The flags of the node, each once: protocol, option file, and how it listens. */
  readonly flags: VmFlag[];
  /** Whether node names have a domain, so that the VM is started with `-name`. */
  readonly longNames: boolean;
  /**
   * What the tools on a node have to say.
   *
   * @default - this server's tools have no identity of their own
   */
  readonly tools?: ToolBoot;
}

/** What the files of the tools have to say. */
export interface ToolBoot {
  /** The directory of the tools' files. */
  readonly directory: string;
  /** Path of their option file. */
  readonly optionFile: string;
  /** Flags of a VM that dials, each once: protocol and option file. */
  readonly flags: VmFlag[];
  /** Further flags with which it finds nodes that do without epmd; empty where they register there. */
  readonly flagsWithoutEpmd: VmFlag[];
  /** Name of the first node. */
  readonly nodeName: string;
  /** Whether node names have a domain, so that the VM is started with `-name`. */
  readonly longNames: boolean;
}

/** A pattern of node names, as the user wrote it and as the regular expression that the platform makes of what we write. */
export interface PlainTextPattern {
  /** As the user wrote it. */
  readonly pattern: string;
  /** As a regular expression over whole node names. */
  readonly expression: string;
}

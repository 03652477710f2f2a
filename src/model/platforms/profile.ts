import type { VmFlag } from '../erlang/flags/vm-flags';

/**
 * Describes how one server configures its distribution. Shared code depends on these facts, never on the server's name.
 *
 * Implement it for a server that this library does not know, and pass the implementation to `Platform.of`.
 */
export interface IPlatformProfile {
  /** Name of the server, as its documentation writes it: `"CouchDB"`. */
  readonly name: string;
  /** Name of the distribution module without its ending `_dist`, which is the value of `-proto_dist`. */
  readonly protoDist: string;
  /**
   * Name of the option file, in the install directory.
   *
   * @default - none: the flags contain the TLS options, as `-ssl_dist_opt`
   */
  readonly optionFileName?: string;
  /**
   * More flags that the server needs, such as a list of exceptions.
   *
   * @default - none
   */
  readonly flags?: VmFlag[];
  /**
   * Whether a script of the server passes paths through a shell without quotes, or through a template. If so, an install directory with
   * other characters than letters, digits and `_@%/:.,=^~+-` is refused.
   *
   * @default false
   */
  readonly needsPlainPaths?: boolean;
  /**
   * Whether the VMs of tools read the node's flags too, and so would listen on the node's port. If so, a single distribution port is
   * refused.
   *
   * @default false
   */
  readonly toolsShareFlags?: boolean;
  /**
   * Properties of `distribution` that the server reads from a place of its own, with that place. They are refused, because a flag would be
   * overridden or given twice.
   *
   * @default - none
   */
  readonly settingsElsewhere?: Record<string, string>;
  /**
   * Patterns of the names of nodes to which connections have no TLS.
   *
   * @default - none
   */
  readonly plainTextNodes?: PlainTextPattern[];
  /**
   * Full names of the nodes of the cluster that do not use TLS yet. Names of other nodes are refused.
   *
   * @default - none
   */
  readonly unsafePlainTextMembers?: string[];
  /**
   * Describes the tools with which people and scripts connect to a node.
   *
   * @default - none: this server's tools cannot have a certificate of their own
   */
  readonly tools?: IToolProfile;
  /**
   * Command that makes a running node read renewed PEM files at once. People run it on the node's host after they have installed the files.
   *
   * @default - an expression to evaluate in a shell of the node
   */
  readonly reload?: string;
  /**
   * Whether a script can run `reload` as it stands, as root.
   *
   * @default false
   */
  readonly reloadIsCommand?: boolean;

  /** Returns the files from which a node reads its flags, without the option file. */
  bootFiles(boot: NodeBoot): BootFile[];
}

/** Describes how the tools of a server connect to a node, with an option file that has only the client side. */
export interface IToolProfile {
  /** Name of the tools' distribution module without its ending `_dist`. */
  readonly protoDist: string;
  /** Name of the option file, in the tools' own directory. */
  readonly optionFileName: string;

  /** Returns the files from which a tool reads its flags, in the tools' own directory. */
  bootFiles(boot: ToolBoot): BootFile[];
  /** Returns the command line that connects to the first node. */
  command(boot: ToolBoot): string;
}

/** A text file that a server or a tool reads when it starts. */
export interface BootFile {
  /** Name of the file in the install directory, or in the tools' own directory. */
  readonly name: string;
  /** Text of the file on the node. */
  readonly text: string;
}

/** The content of a node's boot files. */
export interface NodeBoot {
  /** Flags of the node, each once: the protocol, the option file, and where it listens. */
  readonly flags: VmFlag[];
  /** Whether node names have a domain, so that VMs start with `-name`. */
  readonly longNames: boolean;
  /**
   * The content of the boot files of the tools on the node.
   *
   * @default - none: this server's tools cannot have a certificate of their own
   */
  readonly tools?: ToolBoot;
}

/** The content of the tools' boot files. */
export interface ToolBoot {
  /** Directory of the tools' files. */
  readonly directory: string;
  /** Path of the tools' option file. */
  readonly optionFile: string;
  /** Flags of a VM that connects to a node, each once: the protocol and the option file. */
  readonly flags: VmFlag[];
  /** More flags with which a VM finds nodes without epmd. Empty if nodes register with epmd. */
  readonly flagsWithoutEpmd: VmFlag[];
  /** Name of the first node. */
  readonly nodeName: string;
  /** Whether node names have a domain, so that VMs start with `-name`. */
  readonly longNames: boolean;
}

/** A pattern of node names, and the regular expression that the server makes from it. */
export interface PlainTextPattern {
  /** Pattern, as the user wrote it. */
  readonly pattern: string;
  /** Regular expression for full node names. */
  readonly expression: string;
}

import type { DistributionInput } from '../erlang/distribution-flags';
import type { VmFlag } from '../erlang/vm-flags';

/** How one server wants its distribution configured. Shared code asks for these facts and never for the platform's name. */
export interface PlatformProfile {
  /** As its documentation writes it: `CouchDB`. */
  readonly name: string;
  /** Module that carries distribution, without its `_dist`: the value of `-proto_dist`. */
  readonly protoDist: string;
  /** Whether TLS options lie in a file of their own or in the flags. */
  readonly optionStyle: 'option-file' | 'flat';
  readonly optionFileName: string;
  readonly argsFileName: string;
  /** Flags of the platform's own, such as a list of exceptions. */
  readonly flags: readonly VmFlag[];
  /** A script of the platform passes our paths through a shell without quotes. */
  readonly splitsPathsAtBlanks: boolean;
  /** The tools' VMs read the node's flags too, and so listen where it listens. */
  readonly toolsShareFlags: boolean;
  /** What people need to reach a node by hand; undefined where the node's own files serve. */
  readonly tool?: ToolProfile;
  /** Which nodes are reached without TLS. */
  readonly plainTextNodes: readonly PlainTextPattern[];
}

/** A pattern of node names, as the user wrote it and as the regular expression that the platform makes of what we write. */
export interface PlainTextPattern {
  readonly pattern: string;
  readonly expression: string;
}

/** A client-only option file and how to use it. */
export interface ToolProfile {
  readonly optionFileName: string;
  /** The command line for the option file at that path, for nodes that listen in this way. */
  readonly command: (optionFile: string, distribution: DistributionInput) => string;
}

import type { FlagUse } from '../erlang/flags/flag-use';

export type IpVersion = 4 | 6;

/** The facts about a distribution module that uses TLS. */
export interface ProtocolFacts {
  /** The value of `-proto_dist`: the module without its `_dist`. */
  readonly name: string;
  /** The protocol of OTP that the module speaks. Nodes with different modules can connect if this is the same. */
  readonly speaks: string;
  /** The IP version of the addresses that it connects to. */
  readonly ipVersion: IpVersion;
  /** How nodes are excepted from TLS. Absent if every connection is TLS. */
  readonly exceptions?: PlainTextExceptions;
}

/** The exceptions from TLS of a protocol, which are values of a flag. */
export interface PlainTextExceptions {
  /** The flag with the values, without its dash. */
  readonly flag: string;
  /** The flag in the notation of messages. */
  readonly notation: string;
  /** The values of these flags in the VM. A node reads them once, at boot. */
  valuesIn(flags: readonly FlagUse[]): readonly string[];
  /** Whether the protocol can use the value, and its meaning can be computed here. */
  isLegal(value: string): boolean;
  /** Whether the value means the same for every node, so that no name is needed to judge it. */
  isForEveryNode(value: string): boolean;
  /** Whether a node with these values listens in plain text. */
  listensInPlainText(node: NodeWithExceptions): boolean;
  /** Whether the first node can connect to the second one, because both use the same transport then. */
  canDial(from: NodeWithExceptions, to: NodeWithExceptions): boolean;
}

/** A node with exceptions from TLS, which may include the node itself. */
export interface NodeWithExceptions {
  readonly name: string;
  /** The values of its flags, as `valuesIn` gives them. */
  readonly exceptions: readonly string[];
}

import type { FlagUse } from '../erlang/flags/flag-use';

/** A module that carries distribution over TLS, as the rules need to know it. */
export interface ProtocolFacts {
  /** The value of `-proto_dist`: the module without its `_dist`. */
  readonly name: string;
  /** The protocol of OTP that it speaks. Nodes whose protocols speak the same understand each other. */
  readonly speaks: string;
  /** How nodes are excepted from TLS. Absent if every connection is TLS. */
  readonly exceptions?: PlainTextExceptions;
}

/** The part of a protocol that excepts nodes from TLS, by values of a flag. */
export interface PlainTextExceptions {
  /** The flag with the values, without its dash. */
  readonly flag: string;
  /** The flag as people write it. */
  readonly notation: string;
  /** The values that these flags have, as the VM has them. They are read at boot and stay for the node's life. */
  valuesIn(flags: readonly FlagUse[]): readonly string[];
  /** Whether the protocol can use the value, and its meaning can be computed here. */
  isLegal(value: string): boolean;
  /** Whether the value means the same for every node, so that no name is needed to judge it. */
  isForEveryNode(value: string): boolean;
  /** Whether a node with these values listens in plain text. */
  listensInPlainText(node: NodeWithExceptions): boolean;
  /** Whether a node with these values and another one would use the same transport when the first one dials the second one. */
  canDial(from: NodeWithExceptions, to: NodeWithExceptions): boolean;
}

/** A running node that excepts some nodes from TLS, perhaps itself. */
export interface NodeWithExceptions {
  readonly name: string;
  /** The values of its flags, as `valuesIn` gives them. */
  readonly exceptions: readonly string[];
}

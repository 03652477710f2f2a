/**
 * A file that has to lie on a node.
 */
export interface NodeFile {
  /** Absolute path on the node. */
  readonly path: string;
  /**
   * The content as a Terraform string: references are in it as tokens, and literal text is escaped, so that Terraform writes it exactly.
   */
  readonly content: string;
  /** Permissions as four octal digits: `"0600"` for what holds a private key, `"0644"` for the rest. */
  readonly mode: string;
  /** True when the content holds a private key: it is kept out of plans and logs. */
  readonly sensitive: boolean;
  /**
   * True for what a node reads when it starts and never again: another content takes a restart.
   *
   * @default false
   */
  readonly readAtBoot?: boolean;
}

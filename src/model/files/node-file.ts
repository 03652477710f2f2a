/** A file for a node. */
export interface NodeFile {
  /** Absolute path on the node. */
  readonly path: string;
  /** Content as a Terraform string. It contains references as tokens, and its literal text is escaped, so that Terraform writes it exactly. */
  readonly content: string;
  /** Permissions as four octal digits: `"0600"` if the file contains a private key, or else `"0644"`. */
  readonly mode: string;
  /** Whether the content includes a private key, and must not appear in plans and logs. */
  readonly sensitive: boolean;
  /**
   * The content without the private key, as a Terraform string: what plans and states may show of a file whose content is sensitive.
   *
   * @default - nothing of a sensitive file may be shown
   */
  readonly publicContent?: string;
  /**
   * Whether nodes read the file only at boot, so that new content needs a restart.
   *
   * @default false
   */
  readonly readAtBoot?: boolean;
}

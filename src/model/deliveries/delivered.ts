import type { Moment, TerraformResource } from '../terraform/resources';

/** Reads what the construct of one delivery writes. */
export interface DeliveryReader {
  /**
   * The ending of the names of files that carry all files of a node, as this delivery writes them. Absent if it writes none.
   */
  readonly carrierEnding?: string;
  /** The factory of `Delivery` for this delivery, if a user can run such a carrier on a node. */
  readonly runnable?: string;

  /** The units of this delivery at that moment. Each unit names its resources, which no other delivery reads. */
  unitsIn(resources: readonly TerraformResource[], moment: Moment): readonly DeliveredUnit[];
  /** The files in the text of a carrier, without running it. Absent if the text is none. */
  carriedIn?(text: string): CarriedFiles | undefined;
}

/** Files with a common destination: those of an install script, or of one directory. */
export interface DeliveredUnit {
  readonly name: string;
  /** Directory on the node. Absent if only the node's options name it. */
  readonly installDirectory?: string;
  readonly files: readonly DeliveredFile[];
  /** Whether its key stays on the node and its request is missing, so that it has no certificate. */
  readonly isWaiting?: boolean;
  /** Addresses of the resources that write the files. */
  readonly resources: readonly string[];
}

export interface DeliveredFile extends Partial<FileText> {
  readonly name: string;
  /** In octal digits. Absent if it is not known. */
  readonly mode?: string;
  /** Whether the key that begins the file stays on the node. */
  readonly lacksKey?: boolean;
}

/** The text of a file, as far as it is known. */
export interface FileText {
  /** Text as a node reads it, with Terraform's expressions for the parts that are not known yet. Absent if those are not known either. */
  readonly content?: string;
  /** Addresses of the resources that the text refers to. Absent if the content is known. */
  readonly references?: readonly string[];
}

/** A file on its way to a node. */
export interface CarriedFile {
  /** Below the install directory. */
  readonly name: string;
  /** In octal digits. Absent if it is not known. */
  readonly mode?: string;
  readonly content: string;
  /** Whether the key that begins the file stays on the node. */
  readonly lacksKey?: boolean;
}

/** Files for one directory of a node, such as those of an install script. */
export interface CarriedFiles {
  /** Id of the node, or of the tools. */
  readonly subject: string;
  /** Directory on the node. Absent if only the node's options name it. */
  readonly installDirectory?: string;
  readonly files: readonly CarriedFile[];
  /** Whether its key stays on the node and its request is missing, so that it has no certificate. */
  readonly isWaiting?: boolean;
}

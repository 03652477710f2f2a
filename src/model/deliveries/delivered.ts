import type { Moment, TerraformResource } from '../terraform/resources';

/** How one delivery is read back: the other half of the construct that writes it. */
export interface DeliveryReader {
  /**
   * The ending of the names of files that carry all files of a node, as this delivery writes them. Absent if it writes none.
   */
  readonly carrierEnding?: string;

  /** What the delivery wrote at that moment. Each unit names its resources: no other delivery reads those. */
  unitsIn(resources: readonly TerraformResource[], moment: Moment): readonly DeliveredUnit[];
  /** The files in the text of a carrier, without running it. Absent if the text is none. */
  carriedIn?(text: string): CarriedFiles | undefined;
}

/** The files that go to one place together: an install script's, or those of one directory. */
export interface DeliveredUnit {
  readonly name: string;
  /** As the node knows it. Absent if only its options say it. */
  readonly installDirectory?: string;
  readonly files: readonly DeliveredFile[];
  /** The addresses of the resources that write them. */
  readonly resources: readonly string[];
}

export interface DeliveredFile extends Partial<FileText> {
  readonly name: string;
  /** In octal digits. Absent if it is not known. */
  readonly mode?: string;
}

/** The text of a file, as far as it is known. */
export interface FileText {
  /** As a node reads it; with Terraform's expressions where it is not known yet. Absent if not even those are known. */
  readonly content?: string;
  /** The addresses of the resources that it is made of. Absent if the content is known. */
  readonly references?: readonly string[];
}

/** A file on its way to a node. */
export interface CarriedFile {
  /** Below the install directory. */
  readonly name: string;
  /** In octal digits. Absent if it is not known. */
  readonly mode?: string;
  readonly content: string;
}

/** Files that go to one directory of a node, such as those of an install script. */
export interface CarriedFiles {
  /** Whose files they are. */
  readonly subject: string;
  /** As the node knows it. Absent if only its options say it. */
  readonly installDirectory?: string;
  readonly files: readonly CarriedFile[];
}

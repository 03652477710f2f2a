import { resolve } from 'node:path';

import { File } from '@cdktf/provider-local/lib/file';
import { SensitiveFile } from '@cdktf/provider-local/lib/sensitive-file';
import type { Construct } from 'constructs';

import { outputDirectoryFindings } from '../../model/checks/delivery-checks';
import { isNodeId } from '../../model/cluster/cluster-node';
import { hasControlCharacter, keptByTerraform } from '../../model/cluster/terraform-text';
import { refuse } from '../../model/errors';
import { fileSet } from '../../model/files/file-set';
import type { NodeFile } from '../../model/files/node-file';
import { terraformLiteral } from '../../model/files/terraform-literal';
import { requireProvider } from '../private/providers';
import { report, within } from '../private/report';
import { concrete } from '../private/tokens';

/** The files of one node, or of the tools. */
export interface DeliveryRequest {
  /** What the node is called: its id in the cluster. */
  readonly nodeId: string;
  /** Absolute directory on the node in which the files lie. */
  readonly installDirectory: string;
  /** The files. All of them lie in the install directory. */
  readonly files: NodeFile[];
}

/** What a delivery made of a request. */
export interface DeliveryResult {
  /** Where the files are on the machine that ran Terraform, in the order of the request. */
  readonly outputs: string[];
  /** The resources that it defined, in the same order, for overrides. */
  readonly resources: Construct[];
}

/** Properties of `Delivery.localFiles`. */
export interface LocalFilesProps {
  /**
   * Directory on the machine that runs Terraform; each node's files lie in a directory of their own below it, named by the node's id. A
   * relative path counts from the directory in which `cdktf synth` runs, like CDKTF's own state file.
   */
  readonly outputDirectory: string;
}

/** How a node's files leave Terraform. */
export abstract class Delivery {
  /**
   * Plain files on the machine that runs Terraform: a staging area to copy from, never the directory that a running node reads. The
   * provider replaces a file by deleting and re-creating it, and a node that finds its trust bundle missing for a moment refuses every
   * peer afterwards (OTP 28.1 and later).
   *
   * Defines, for each file: `local_sensitive_file` where it holds a key (mode 0600), `local_file` otherwise (mode 0644); the directories
   * that these create have mode 0700. The contents rest in the Terraform state.
   */
  public static localFiles(props: LocalFilesProps): Delivery {
    return new LocalFiles(props);
  }

  /** Defines, below `scope`, what brings these files out of Terraform. */
  public abstract bind(scope: Construct, request: DeliveryRequest): DeliveryResult;
}

/** Whoever may read the staging area could read keys if a mode were wrong. */
const DIRECTORY_MODE = '0700';

class LocalFiles extends Delivery {
  private readonly outputDirectory: string;

  public constructor(props: LocalFilesProps) {
    super();
    const given = concrete('outputDirectory', props.outputDirectory);
    const subject = 'outputDirectory';
    if (given === '') refuse('output-directory-empty', { subject, got: given });
    if (hasControlCharacter(given)) refuse('path-with-control-character', { subject, got: given });
    keptByTerraform(subject, given);
    this.outputDirectory = resolve(given);
  }

  public bind(scope: Construct, request: DeliveryRequest): DeliveryResult {
    return within(scope, () => {
      requireProvider(scope, 'local');
      const directory = `${this.outputDirectory}/${checkedId(request.nodeId)}`;
      report(scope, outputDirectoryFindings(directory, request.installDirectory));
      const placed = fileSet(request.files).map((file) => ({ file, name: nameWithin(request.installDirectory, file) }));
      return {
        outputs: placed.map(({ name }) => `${directory}/${name}`),
        resources: placed.map(({ file, name }) => defineFile(scope, name, file, `${directory}/${name}`)),
      };
    });
  }
}

/** The id is the name of a directory. */
function checkedId(nodeId: string): string {
  return isNodeId(nodeId) ? nodeId : refuse('node-id-illegal', { subject: 'nodeId', got: nodeId });
}

/** The path below the install directory: the same below the output directory, and the construct's id. */
function nameWithin(installDirectory: string, { path }: NodeFile): string {
  if (!path.startsWith(`${installDirectory}/`)) {
    refuse('file-outside-install-directory', {
      subject: 'file',
      got: path,
      detail: `installDirectory is ${installDirectory}`,
    });
  }
  return path.slice(installDirectory.length + 1);
}

function defineFile(scope: Construct, name: string, file: NodeFile, filename: string): Construct {
  const config = {
    filename: terraformLiteral(filename),
    content: file.content,
    filePermission: file.mode,
    directoryPermission: DIRECTORY_MODE,
  };
  // A slash separates construct ids from each other.
  const id = name.replaceAll('/', '--');
  return file.sensitive ? new SensitiveFile(scope, id, config) : new File(scope, id, config);
}

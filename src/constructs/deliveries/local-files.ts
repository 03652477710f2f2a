import type { Construct } from 'constructs';

import { fileSet } from '../../model/files/file-set';
import type { NodeFile } from '../../model/files/node-file';
import { outputDirectoryFindings } from '../../model/rules/files/output-directory';
import { terraformLiteral } from '../../model/terraform/terraform-literal';
import { File, SensitiveFile } from '../terraform/cdktf';
import { requireProvider } from '../terraform/providers';
import { report, within } from '../terraform/report';
import type { DeliveryRequest, DeliveryResult, IDelivery } from './delivery';
import { checkedId, DIRECTORY_MODE, nameWithin, outputDirectory } from './output';

/** Properties of `Delivery.localFiles`. */
export interface LocalFilesProps {
  /**
   * Directory on the machine that runs Terraform. Each node's files are in a subdirectory with the node's id as its name. A relative path
   * starts at the directory in which `cdktf synth` runs, like the path of CDKTF's own state file.
   */
  readonly outputDirectory: string;
}

/** Writes each file of a node to a file on the machine that runs Terraform. */
export class LocalFiles implements IDelivery {
  private readonly outputDirectory: string;

  public constructor(props: LocalFilesProps) {
    this.outputDirectory = outputDirectory(props.outputDirectory);
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

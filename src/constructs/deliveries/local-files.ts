import { posix, resolve } from 'node:path';

import type { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { ownValue } from '../../model/api/own-values';
import { fileSet } from '../../model/files/file-set';
import type { NodeFile } from '../../model/files/node-file';
import { refuse } from '../../model/findings/finding';
import { KEY_NEEDS_OWN_FILE } from '../../model/rules/certificates/keys-on-nodes';
import { outputDirectoryFindings } from '../../model/rules/files/output-directory';
import { terraformLiteral } from '../../model/terraform/terraform-literal';
import { File, SensitiveFile } from '../terraform/cdktf';
import { requireProvider } from '../terraform/providers';
import { report, within } from '../terraform/report';
import { shared } from '../terraform/shared-texts';
import { isToken } from '../terraform/tokens';
import type { DeliveryRequest, DeliveryResult, IDelivery } from './delivery';
import { checkedId, DIRECTORY_MODE, nameWithin, outputDirectory, outputFile, warnOfFreshRunners } from './output';

/** Properties of `Delivery.localFiles`. */
export interface LocalFilesProps {
  /**
   * Directory on the machine that runs Terraform. Each node's files are in a subdirectory with the node's id as its name. A relative path
   * starts at the directory of the project, with `cdktf.json`, like the path of CDKTF's own state file. The synthesized stack is the same in every
   * checkout.
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
    checkCall('Delivery.bind', scope, request);
    return within(scope, () => {
      requireProvider(scope, 'local');
      warnOfFreshRunners(scope);
      checkKeyFile(request);
      const directory = posix.join(this.outputDirectory, request.shard ?? '', checkedId(request.nodeId));
      report(scope, outputDirectoryFindings(resolve(directory), request.installDirectory));
      const placed = fileSet(request.files).map((file) => {
        const name = nameWithin(request.installDirectory, file.path);
        return { file, name, output: outputFile(scope, posix.join(directory, name)) };
      });
      return ownValue('DeliveryResult', {
        outputs: placed.map(({ output }) => output),
        resources: placed.map(({ file, name, output }) =>
          defineFile(scope, name, request.uniform === true ? withSharedText(scope, name, file) : file, output),
        ),
      });
    });
  }
}

/** Nothing completes a plain file on the node, so a key that stays there needs a file of its own, which the user brings. */
function checkKeyFile({ files, keyOnNode }: DeliveryRequest): void {
  const mixed = files.find(({ path }) => path === keyOnNode?.keyPath);
  if (mixed !== undefined) refuse(KEY_NEEDS_OWN_FILE, { subject: 'file', got: mixed.path });
}

/** The file with its text written once for all nodes, if it is the same for all of them. */
function withSharedText(scope: Construct, name: string, file: NodeFile): NodeFile {
  const isCommon = !file.sensitive && !isToken(file.content);
  return isCommon ? { ...file, content: shared(scope, name, file.content) } : file;
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

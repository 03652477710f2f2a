import { posix } from 'node:path';

import type { Construct } from 'constructs';

import { ownValue } from '../../model/api/own-values';
import { SECRET_MODE } from '../../model/files/file-set';
import { terraformLiteral } from '../../model/terraform/terraform-literal';
import { SensitiveFile } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { requireProvider } from '../terraform/providers';
import type { DeliveryResult } from './delivery';
import type { NodeScript } from './node-script';
import { DIRECTORY_MODE, outputDirectory, outputFile, warnOfFreshRunners } from './output';
import { ScriptDelivery, type ScriptDeliveryProps } from './script-delivery';

/** Properties of `Delivery.installScript`. */
export interface InstallScriptProps extends ScriptDeliveryProps {
  /**
   * Directory on the machine that runs Terraform. It gets one script for each node, with the node's id and `.sh` as its name. A relative
   * path starts at the directory of the project, with `cdktf.json`.
   */
  readonly outputDirectory: string;
}

/** Writes a script for each node, which contains the files. */
export class InstallScript extends ScriptDelivery {
  private readonly outputDirectory: string;

  public constructor(props: InstallScriptProps) {
    super({ owner: props.owner });
    this.outputDirectory = outputDirectory(props.outputDirectory);
  }

  protected deliverScript(scope: Construct, { nodeId, shard = '', content }: NodeScript): DeliveryResult {
    requireProvider(scope, 'local');
    warnOfFreshRunners(scope);
    const filename = outputFile(scope, posix.join(this.outputDirectory, shard, `${nodeId}.sh`));
    const script = new SensitiveFile(scope, IDS.INSTALL_SCRIPT, {
      filename: terraformLiteral(filename),
      content,
      filePermission: SECRET_MODE,
      directoryPermission: DIRECTORY_MODE,
    });
    return ownValue('DeliveryResult', { outputs: [filename], resources: [script] });
  }
}

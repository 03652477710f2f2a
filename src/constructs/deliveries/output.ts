import { resolve } from 'node:path';

import { PATH_WITH_CONTROL_CHARACTER } from '../../model/cluster/absolute-path';
import { isNodeId, NODE_ID_ILLEGAL } from '../../model/cluster/cluster-node';
import { FILE_OUTSIDE_INSTALL_DIRECTORY, OUTPUT_DIRECTORY_EMPTY } from '../../model/deliveries/output-directory';
import type { NodeFile } from '../../model/files/node-file';
import { refuse } from '../../model/findings/finding';
import { hasControlCharacter, keptByTerraform } from '../../model/terraform/terraform-text';
import { concrete } from '../terraform/tokens';

/** Whoever may read the staging area could read keys if a mode were wrong. */
export const DIRECTORY_MODE = '0700';

/** Where Terraform writes, as an absolute path. */
export function outputDirectory(property: string): string {
  const subject = 'outputDirectory';
  const given = concrete(subject, property);
  if (given === '') refuse(OUTPUT_DIRECTORY_EMPTY, { subject, got: given });
  if (hasControlCharacter(given)) refuse(PATH_WITH_CONTROL_CHARACTER, { subject, got: given });
  return resolve(keptByTerraform(subject, given));
}

/** The id is the name of a directory or of a script. */
export function checkedId(nodeId: string): string {
  return isNodeId(nodeId) ? nodeId : refuse(NODE_ID_ILLEGAL, { subject: 'nodeId', got: nodeId });
}

/** The path below the install directory: the same below the output directory, and the construct's id. */
export function nameWithin(installDirectory: string, { path }: NodeFile): string {
  if (!path.startsWith(`${installDirectory}/`)) {
    refuse(FILE_OUTSIDE_INSTALL_DIRECTORY, {
      subject: 'file',
      got: path,
      detail: `installDirectory is ${installDirectory}`,
    });
  }
  return path.slice(installDirectory.length + 1);
}

import { resolve } from 'node:path';

import { PATH_WITH_CONTROL_CHARACTER } from '../../model/cluster/absolute-path';
import { isNodeId, NODE_ID_ILLEGAL } from '../../model/cluster/cluster-node';
import { FILE_OUTSIDE_INSTALL_DIRECTORY, OUTPUT_DIRECTORY_EMPTY } from '../../model/deliveries/output-directory';
import type { NodeFile } from '../../model/files/node-file';
import { refuse } from '../../model/findings/finding';
import { hasControlCharacter, keptByTerraform } from '../../model/terraform/terraform-text';
import { concrete } from '../terraform/tokens';

/** Closed, so that a file with a wrong mode exposes no key. */
export const DIRECTORY_MODE = '0700';

/** The directory in which Terraform writes, as an absolute path. */
export function outputDirectory(property: string): string {
  const subject = 'outputDirectory';
  const given = concrete(subject, property);
  if (given === '') refuse(OUTPUT_DIRECTORY_EMPTY, { subject, got: given });
  if (hasControlCharacter(given)) refuse(PATH_WITH_CONTROL_CHARACTER, { subject, got: given });
  return resolve(keptByTerraform(subject, given));
}

/** An id that can be the name of a directory or of a script. */
export function checkedId(nodeId: string): string {
  return isNodeId(nodeId) ? nodeId : refuse(NODE_ID_ILLEGAL, { subject: 'nodeId', got: nodeId });
}

/** The path of a file relative to the install directory. The output directory and construct ids have the same. */
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

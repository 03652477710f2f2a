import { posix, resolve } from 'node:path';

import type { Construct, IConstruct } from 'constructs';

import { PATH_WITH_CONTROL_CHARACTER } from '../../model/cluster/absolute-path';
import { isNodeId, NODE_ID_ILLEGAL } from '../../model/cluster/cluster-node';
import {
  FILE_OUTSIDE_INSTALL_DIRECTORY,
  OUTPUT_DIRECTORY_EMPTY,
  OUTPUT_ON_RUNNER,
} from '../../model/deliveries/output-directory';
import { FILE_WRITTEN_TWICE } from '../../model/files/file-set';
import { fileKey } from '../../model/files/same-file';
import { finding, refuse } from '../../model/findings/finding';
import { hasControlCharacter, keptByTerraform } from '../../model/terraform/terraform-text';
import { TerraformStack } from '../terraform/cdktf';
import { projectDirectory } from '../terraform/project-directory';
import { beforeSynth, remoteBackendOf } from '../terraform/remote-backend';
import { report } from '../terraform/report';
import { concrete } from '../terraform/tokens';

/** Closed, so that a file with a wrong mode exposes no key. */
export const DIRECTORY_MODE = '0700';

/** The directory in which Terraform writes: absolute, or relative to the directory of the project. */
export function outputDirectory(property: string): string {
  const subject = 'outputDirectory';
  const given = concrete(subject, property);
  if (given === '') refuse(OUTPUT_DIRECTORY_EMPTY, { subject, got: given });
  if (hasControlCharacter(given)) refuse(PATH_WITH_CONTROL_CHARACTER, { subject, got: given });
  return posix.join(keptByTerraform(subject, given), '.');
}

/** The path of an output file as Terraform needs it: a relative one starts at the directory of the stack. No other delivery may write it. */
export function outputFile(scope: Construct, path: string): string {
  takeFile(scope, path);
  return posix.isAbsolute(path) ? path : posix.join(projectDirectory(scope), path);
}

const warnedOf = new WeakSet<TerraformStack>();

/** Warns once for a stack, however many files it writes for nodes. */
export function warnOfFreshRunners(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (warnedOf.has(stack)) return;
  warnedOf.add(stack);
  beforeSynth(stack, () => {
    const backend = remoteBackendOf(stack);
    if (backend === undefined) return;
    report(stack, [finding(OUTPUT_ON_RUNNER, { subject: 'stack', got: stack.node.id, detail: `backend ${backend}` })]);
  });
}

interface Taken {
  readonly path: string;
  readonly by: string;
}

/** The output files of each app. Stacks of one app are deployed one by one, and none sees the files of another one in its state. */
const takenIn = new WeakMap<IConstruct, Map<string, Taken>>();

function takeFile({ node }: Construct, path: string): void {
  const taken = takenIn.get(node.root) ?? new Map<string, Taken>();
  takenIn.set(node.root, taken);
  const key = fileKey(resolve(path));
  const other = taken.get(key);
  if (other !== undefined) {
    const as = other.path === path ? '' : ` as ${other.path}`;
    refuse(FILE_WRITTEN_TWICE, { subject: 'file', got: path, detail: `${other.by} writes it${as}` });
  }
  taken.set(key, { path, by: node.path });
}

/** An id that can be the name of a directory or of a script. */
export function checkedId(nodeId: string): string {
  return isNodeId(nodeId) ? nodeId : refuse(NODE_ID_ILLEGAL, { subject: 'nodeId', got: nodeId });
}

/** The path of a file relative to the install directory. The output directory and construct ids have the same. */
export function nameWithin(installDirectory: string, path: string): string {
  if (!path.startsWith(`${installDirectory}/`)) {
    refuse(FILE_OUTSIDE_INSTALL_DIRECTORY, {
      subject: 'file',
      got: path,
      detail: `installDirectory is ${installDirectory}`,
    });
  }
  return path.slice(installDirectory.length + 1);
}

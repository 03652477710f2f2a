import { posix, resolve } from 'node:path';

import type { Construct } from 'constructs';

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
import { claimedBefore } from './claims';

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

/** The stacks that are looked at before synth, and whether they have been warned of. */
const watched = new WeakMap<TerraformStack, { isWarnedOf: boolean }>();

/** Warns once for a stack, however many files it writes for nodes. */
export function warnOfFreshRunners(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (watched.has(stack)) return;
  const state = { isWarnedOf: false };
  watched.set(stack, state);
  beforeSynth(stack, () => {
    const backend = remoteBackendOf(stack);
    if (backend === undefined || state.isWarnedOf) return;
    state.isWarnedOf = true;
    report(stack, [finding(OUTPUT_ON_RUNNER, { subject: 'stack', got: stack.node.id, detail: `backend ${backend}` })]);
  });
}

function takeFile(scope: Construct, path: string): void {
  const other = claimedBefore(scope.node.root, scope, fileKey(resolve(path)), path);
  if (other === undefined) return;
  const as = other.name === path ? '' : ` as ${other.name}`;
  refuse(FILE_WRITTEN_TWICE, { subject: 'file', got: path, detail: `${other.by} writes it${as}` });
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

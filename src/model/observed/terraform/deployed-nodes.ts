import { deliveredUnits } from '../../deliveries/registry';
import type { TerraformResource } from '../../terraform/resources';
import { sourceOfCarried } from '../files/carried-source';
import type { InstalledSource } from '../files/installed-node';

/** The nodes and the tools of a state, with their files. */
export function deployedNodes(resources: readonly TerraformResource[]): readonly InstalledSource[] {
  return deliveredUnits(resources, 'before').flatMap(({ name, files, ...where }) => {
    const known = files.flatMap(({ content, ...file }) => (content === undefined ? [] : [{ ...file, content }]));
    return sourceOfCarried({ ...where, subject: name, files: known }, 'the state') ?? [];
  });
}

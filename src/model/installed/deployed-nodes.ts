import { deliveredUnits } from '../trust/delivered-units';
import type { TerraformResource } from '../trust/terraform-resources';
import { sourceOfCarried } from './carried-source';
import type { InstalledSource } from './installed-node';

/** The nodes and the tools of a state, with the files that they get from it. */
export function deployedNodes(resources: readonly TerraformResource[]): readonly InstalledSource[] {
  return deliveredUnits(resources, 'before').flatMap(({ name, files, ...where }) => {
    const known = files.flatMap(({ content, ...file }) => (content === undefined ? [] : [{ ...file, content }]));
    return sourceOfCarried({ ...where, subject: name, files: known }, 'the state') ?? [];
  });
}

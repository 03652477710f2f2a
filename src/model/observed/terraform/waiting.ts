import { deliveredUnits } from '../../deliveries/registry';
import type { Moment, TerraformResource } from '../../terraform/resources';

/** The nodes and tools that wait for a certificate at that moment, because their requests are missing. */
export function waitingAt(moment: Moment, resources: readonly TerraformResource[]): readonly string[] {
  return deliveredUnits(resources, moment).flatMap(({ name, isWaiting }) => (isWaiting === true ? [name] : []));
}

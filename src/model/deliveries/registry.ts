import type { Moment, TerraformResource } from '../terraform/resources';
import type { CarriedFiles, DeliveredUnit, DeliveryReader } from './delivered';
import { INSTALL_SCRIPT_READER } from './install-script';
import { KUBERNETES_SECRET_READER } from './kubernetes-secret/reader';
import { LOCAL_FILES_READER } from './local-files';

/** One line for each delivery. Readers that recognize a delivery by its content come before those that accept any file. */
const READERS: readonly DeliveryReader[] = [INSTALL_SCRIPT_READER, KUBERNETES_SECRET_READER, LOCAL_FILES_READER];

/** Everything that Terraform writes for nodes, at that moment. Each resource is read by the first delivery that recognizes it. */
export function deliveredUnits(resources: readonly TerraformResource[], moment: Moment): readonly DeliveredUnit[] {
  const taken = new Set<string>();
  return READERS.flatMap((reader) => {
    const units = reader.unitsIn(
      resources.filter(({ address }) => !taken.has(address)),
      moment,
    );
    for (const address of units.flatMap((unit) => unit.resources)) taken.add(address);
    return units;
  });
}

/** Whether a file of this name may carry all files of a node. */
export function mayCarry(name: string): boolean {
  return READERS.some(({ carrierEnding }) => carrierEnding !== undefined && name.endsWith(carrierEnding));
}

/** The factory of the delivery whose files a user runs on the nodes. */
export const RUNNABLE_DELIVERY: string = READERS.find(({ runnable }) => runnable !== undefined)?.runnable ?? '';

/** The files in a text that carries all files of a node. Absent if no delivery wrote it. */
export function carriedIn(text: string): CarriedFiles | undefined {
  for (const reader of READERS) {
    const carried = reader.carriedIn?.(text);
    if (carried !== undefined) return carried;
  }
  return undefined;
}

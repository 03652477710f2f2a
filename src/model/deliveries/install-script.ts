import type { DeliveryReader } from './delivered';
import { readNodeScript, scriptsIn } from './node-script/reader';

/** One script for each node, which contains all of its files, in a file or wherever else a resource of Terraform puts it. */
export const INSTALL_SCRIPT_READER: DeliveryReader = {
  carrierEnding: '.sh',
  runnable: 'installScript',
  carriedIn: readNodeScript,
  unitsIn: scriptsIn,
};

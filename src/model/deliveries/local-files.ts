import type { DeliveredFile, DeliveryReader } from './delivered';
import { splitPath, writtenFiles } from './file-resource';

/** Reads plain files: each directory contains the files of one node, and has its id as its name. */
export const LOCAL_FILES_READER: DeliveryReader = {
  unitsIn(resources, moment) {
    const directories = new Map<string, { files: DeliveredFile[]; resources: string[] }>();
    for (const { address, directory, name, mode, text } of writtenFiles(resources, moment)) {
      const unit = directories.get(directory) ?? { files: [], resources: [] };
      unit.files.push({ ...text, name, mode });
      unit.resources.push(address);
      directories.set(directory, unit);
    }
    return [...directories].map(([directory, unit]) => ({ name: splitPath(directory).name, ...unit }));
  },
};

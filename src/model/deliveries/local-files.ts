import { LIST_DIRECTORY } from '../files/tls-paths';
import type { DeliveredFile, DeliveryReader } from './delivered';
import { splitPath, type WrittenFile, writtenFiles } from './file-resource';

/** Reads plain files: each directory contains the files of one node, with its lists in a directory below, and has its id as its name. */
export const LOCAL_FILES_READER: DeliveryReader = {
  unitsIn(resources, moment) {
    const directories = new Map<string, { files: DeliveredFile[]; resources: string[] }>();
    for (const { address, mode, text, ...file } of writtenFiles(resources, moment)) {
      const { directory, name } = inUnit(file);
      const unit = directories.get(directory) ?? { files: [], resources: [] };
      unit.files.push({ ...text, name, mode });
      unit.resources.push(address);
      directories.set(directory, unit);
    }
    return [...directories].map(([directory, unit]) => ({ name: splitPath(directory).name, ...unit }));
  },
};

type Place = Pick<WrittenFile, 'directory' | 'name'>;

function inUnit({ directory, name }: Place): Place {
  const above = splitPath(directory);
  return above.name === LIST_DIRECTORY
    ? { directory: above.directory, name: `${above.name}/${name}` }
    : { directory, name };
}

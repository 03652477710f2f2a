import { flagsOfSettings } from './emqx';
import { flagsOfEnvironmentFile } from './rabbitmq';

/** Files that hold flags in a form of their platform's own: each gives the words, or undefined for a file that is not its. */
const READERS = [flagsOfSettings, flagsOfEnvironmentFile];

/** The words that a platform's own file has for the VM; undefined for every other file. */
export function flagsOfPlatformFile(name: string, text: string): readonly string[] | undefined {
  return READERS.map((read) => read(name, text)).find((words) => words !== undefined);
}

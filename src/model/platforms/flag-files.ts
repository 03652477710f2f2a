import { flagsOfSettings } from './emqx';
import { flagsOfEnvironmentFile } from './rabbitmq';

/** Files that hold flags in a form of their platform's own: each gives the words, or undefined for a file that is not its. */
const READERS = [
  { read: flagsOfSettings, namesOptionFile: true },
  { read: flagsOfEnvironmentFile, namesOptionFile: false },
];

/** The words that a file has for the VM. */
export interface PlatformFlags {
  readonly words: readonly string[];
  /** Whether the platform names the option file by itself, beside these. */
  readonly namesOptionFile: boolean;
}

/** The words that a platform's own file has for the VM; undefined for every other file. */
export function flagsOfPlatformFile(name: string, text: string): PlatformFlags | undefined {
  return READERS.flatMap(({ read, namesOptionFile }) => {
    const words = read(name, text);
    return words === undefined ? [] : [{ words, namesOptionFile }];
  })[0];
}

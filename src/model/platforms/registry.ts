import { flagsOfEnvironmentScript } from './elixir-release';
import { flagsOfSettings } from './emqx';
import type { FileWords } from './profile';
import { flagsOfEnvironmentFile } from './rabbitmq';

/** Files that hold flags in a form of their platform's own: each gives the words, or undefined for a file that is not its. */
const READERS: readonly { read: (name: string, text: string) => FileWords | undefined; namesOptionFile: boolean }[] = [
  { read: flagsOfSettings, namesOptionFile: true },
  { read: flagsOfEnvironmentFile, namesOptionFile: false },
  { read: flagsOfEnvironmentScript, namesOptionFile: false },
];

/** The words that a file has, and how its platform goes on from there. */
export interface PlatformFlags extends FileWords {
  /** Whether the platform names the option file by itself, beside these. */
  readonly namesOptionFile: boolean;
}

/** The words that a platform's own file has; undefined for every other file. */
export function flagsOfPlatformFile(name: string, text: string): PlatformFlags | undefined {
  return READERS.flatMap(({ read, namesOptionFile }) => {
    const found = read(name, text);
    return found === undefined ? [] : [{ ...found, namesOptionFile }];
  })[0];
}

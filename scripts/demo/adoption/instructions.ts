/** What `erlang-tls adopt` tells people to do, done as it is told. */

/** Flags to take out of a file. */
export interface Removal {
  readonly file: string;
  readonly flags: readonly string[];
}

export interface Instructions {
  readonly text: readonly string[];
  /** Commands of the first deploy. `NODE` stands for the name of the node. */
  readonly commandsFor: (name: string) => readonly string[];
  /** For the second deploy. */
  readonly removalsFor: (name: string) => readonly Removal[];
}

export function instructionsIn(text: string): Instructions {
  const linesOf = (name: string, deploy: string): readonly string[] =>
    text
      .split(/\n\n/)
      .filter((section) => section.startsWith(deploy) && (section.split('\n', 1)[0] ?? '').includes(name))
      .flatMap((section) => section.split('\n').slice(1))
      .map((line) => line.trim());
  return {
    text: text.trimEnd().split('\n'),
    commandsFor: (name) => linesOf(name, 'Deploy 1'),
    removalsFor: (name) =>
      linesOf(name, 'Deploy 2').flatMap((line) => {
        const [, file, flags] = /^take out of (\S+): (.*)$/.exec(line) ?? [];
        return file === undefined || flags === undefined ? [] : [{ file, flags: flags.split(', ') }];
      }),
  };
}

/** A file of flags, one in each line, without these. */
export function removed(text: string, flags: readonly string[]): string {
  const lines = text.split('\n').filter((line) => !flags.some((flag) => line.startsWith(`${flag} `)));
  return lines.join('\n');
}

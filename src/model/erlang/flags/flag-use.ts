/** One use of a flag. */
export interface FlagUse {
  readonly name: string;
  readonly values: readonly string[];
  readonly carrier: string;
}

/** The first value of the first use of a flag. */
export function firstValue(flag: string, uses: readonly FlagUse[] = []): string | undefined {
  return uses.find(({ name }) => name === flag)?.values[0];
}

/** Whether a shell, EEx or the start script of a release puts something else in its place: what, is not known here. */
export function isPlaceholder(word: string): boolean {
  return /\$[\w{(]|<%|`/.test(word);
}

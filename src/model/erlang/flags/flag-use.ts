/** One use of a flag. */
export interface FlagUse {
  readonly name: string;
  readonly values: readonly string[];
  /** The file or variable that the flag is in. */
  readonly carrier: string;
}

/** The uses of one flag, in their order. */
export function usesOf(flag: string, uses: readonly FlagUse[]): readonly FlagUse[] {
  return uses.filter(({ name }) => name === flag);
}

/** The first value of the first use of a flag. */
export function firstValue(flag: string, uses: readonly FlagUse[] = []): string | undefined {
  return uses.find(({ name }) => name === flag)?.values[0];
}

/** The same, if it is known here. */
export function knownValue(flag: string, uses?: readonly FlagUse[]): string | undefined {
  const value = firstValue(flag, uses);
  return value === undefined || isPlaceholder(value) ? undefined : value;
}

/** The first value, and how many follow it. They are not shown: one may be meant for another flag, such as a cookie. */
export function shownValues([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** Whether a shell, EEx or the start script of a release replaces the word, so that its value is not known here. */
export function isPlaceholder(word: string): boolean {
  return PLACEHOLDER.test(word);
}

/** Whether the word may be none or several, and flags among them. */
export function beginsUnknown(word: string): boolean {
  return word.search(PLACEHOLDER) === 0;
}

/** The parts of a word that are not known here, as they are written. */
export function placeholdersIn(word: string): readonly string[] {
  return [...word.matchAll(new RegExp(PLACEHOLDER, 'g'))].map(([one]) => one);
}

const PLACEHOLDER = /\$(?:\w+|\{[^}]*\}?|\([^)]*\)?)|<%.*?(?:%>|$)|`[^`]*`?/;

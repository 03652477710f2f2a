/** The text of a file, with its name in its directory. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

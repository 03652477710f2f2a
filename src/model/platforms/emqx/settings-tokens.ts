/** Blanks, commas and comments. */
export const SKIPPED = /(?:[\s,\ufeff]|#[^\n]*|\/\/[^\n]*)+/y;
/** `include "more.conf"`, also as `file("more.conf")` and `required(…)`. */
export const INCLUDE = /include[ \t]+[a-z()]{0,20}"([^"\n]{1,255})"\)*/y;
export const SIGN = /\+?=|:/y;
export const BRACKET = /[{}[\]]/y;
export const QUOTED = /"""([^]*?)"""|"((?:[^"\\\n]|\\.)*)"/y;
export const BARE = /\$\{[^}\n]*\}|(?:[^\s,#"{}[\]=:+$/]|\/(?!\/)|\+(?!=))+/y;

/** Thrown for a text whose effect is not known. */
export class NotUnderstood extends Error {
  public constructor(public readonly shown: string) {
    super(shown);
  }
}

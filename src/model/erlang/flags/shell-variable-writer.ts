import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { composedText } from '../../terraform/terraform-text';
import { FLAG_VALUE_LOOKS_LIKE_FLAG } from './vm-flags';
import { showFlag, type VmFlag } from './vm-flags';

/**
 * Flags as `NAME='-flag value …'`, for a file that `sh` sources and whose reader then expands `$NAME` without quotes: blanks cut it into
 * words, and nothing else has a meaning any more. So a value with a blank cannot be said, and is refused.
 *
 * The reader has to turn the expansion of file names off (`set -f`) where a value holds one of `*?[`.
 */
export function writeShellVariable(name: string, flags: readonly VmFlag[]): string {
  return `${name}=${shellQuoted(writeShellWords(flags))}\n`;
}

/** Flags as words with blanks between them, for a reader that cuts at blanks and knows no quotes. */
export function writeShellWords(flags: readonly VmFlag[]): string {
  return flags.flatMap((flag) => [`-${flag.name}`, ...(flag.values ?? []).map((value) => word(value, flag))]).join(' ');
}

/** Text that `sh` reads as exactly this: within single quotes everything is literal up to the next one. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function word(value: string, flag: VmFlag): string {
  const subject = `value of ${showFlag(flag)}`;
  if (value === '' || UNWRITABLE.test(value)) refuse(VALUE_UNWRITABLE_IN_SHELL_VARIABLE, { subject, got: value });
  composedText(subject, value);
  if (/^[-+]/.test(value)) refuse(FLAG_VALUE_LOOKS_LIKE_FLAG, { subject, got: value });
  return value;
}

export const VALUE_UNWRITABLE_IN_SHELL_VARIABLE = rule({
  code: 'value-unwritable-in-shell-variable',
  severity: 'error',
  problem: 'cannot be said in a variable that is cut at blanks',
  expected: 'one or more characters, without blanks and control characters',
  remedy: 'choose another value: the script that reads the variable knows no quotes',
});

/** The blank, control characters, at some of which shells cut as well, and half of a UTF-16 pair, which has no UTF-8 form. */

const UNWRITABLE = /[\0-\x20\x7f\ud800-\udfff]/u;

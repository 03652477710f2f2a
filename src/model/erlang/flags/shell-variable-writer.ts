import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { composedText } from '../../terraform/terraform-text';
import { FLAG_VALUE_LOOKS_LIKE_FLAG } from './vm-flags';
import { showFlag, type VmFlag } from './vm-flags';

/**
 * Flags as `NAME='-flag value …'`, for a file that `sh` sources and whose reader then expands `$NAME` without quotes: it is split at blanks,
 * and no other character is special. So a value with a blank cannot be written, and is refused.
 *
 * If a value contains one of `*?[`, the reader has to turn off the expansion of file names (`set -f`).
 */
export function writeShellVariable(name: string, flags: readonly VmFlag[]): string {
  return `${name}=${shellQuoted(writeShellWords(flags))}\n`;
}

/** Flags as words separated by blanks, for a reader that splits at blanks and does not support quotes. */
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
  problem: 'cannot be written in a variable that is split at blanks',
  expected: 'one or more characters, without blanks and control characters',
  remedy: 'choose another value: the script that reads the variable does not support quotes',
  source: 'POSIX.1-2017, Shell Command Language, 2.6.5 Field Splitting; test/real/laws/shell-variables.test.ts',
});

/** The blank, control characters, some of which also split words, and unpaired surrogates, which have no UTF-8 form. */

const UNWRITABLE = /[\0-\x20\x7f\ud800-\udfff]/u;

import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { composedText } from '../../terraform/terraform-text';
import { FLAG_VALUE_LOOKS_LIKE_FLAG } from './vm-flags';
import { showFlag, type VmFlag } from './vm-flags';

/** Flags as the text of an `-args_file`, one flag a line; a flag with many values continues on indented lines, two values on each. */
export function writeArgsFile(flags: readonly VmFlag[]): string {
  return flags.map((flag) => `${flagLines(flag)}\n`).join('');
}

/** With at most this many values a flag stays on its line. */
const VALUES_ON_ONE_LINE = 4;

function flagLines(flag: VmFlag): string {
  const words = (flag.values ?? []).map((value) => word(value, flag));
  if (words.length <= VALUES_ON_ONE_LINE) return [`-${flag.name}`, ...words].join(' ');
  const pairs = words.flatMap((value, index) =>
    index % 2 === 0 ? [`${value} ${words[index + 1] ?? ''}`.trimEnd()] : [],
  );
  return `-${flag.name} ${pairs.join('\n    ')}`;
}

/**
 * One word of the grammar that `build_args_from_string` in `erlexec.c` has (the same in OTP 23 to 29): blanks separate, `#` starts a
 * comment anywhere outside quotes, a backslash takes the next character as it is, and inside `"…"` or `'…'` everything is literal up to
 * the next such quote. Quoted and bare parts join.
 *
 * The VM removes quotes before it looks for flags, so a word that begins with `-` or `+` is a flag whatever its quotes.
 */
function word(value: string, flag: VmFlag): string {
  const subject = `value of ${showFlag(flag)}`;
  if (UNWRITABLE.test(value)) refuse(VALUE_UNWRITABLE_IN_ARGS_FILE, { subject, got: value });
  composedText(subject, value);
  if (/^[-+]/.test(value)) refuse(FLAG_VALUE_LOOKS_LIKE_FLAG, { subject, got: value });
  return quoteWord(value);
}

export const VALUE_UNWRITABLE_IN_ARGS_FILE = rule({
  code: 'value-unwritable-in-args-file',
  severity: 'error',
  problem: 'contains a character that the file cannot contain',
  expected: 'text without NUL and without unpaired surrogates',
  remedy: 'remove the character',
  source: 'build_args_from_string in erlang/otp:erts/etc/common/erlexec.c, which stops at NUL',
});

/** NUL, which ends the file, and half of a UTF-16 pair, which has no UTF-8 form. */
const UNWRITABLE = /[\0\ud800-\udfff]/u;

/** Characters without a special meaning to the lexer. */
const BARE_WORD = /^[0-9A-Za-z_@%/:.,=^~{}()[\]$-]+$/;

function quoteWord(value: string): string {
  if (BARE_WORD.test(value)) return value;
  if (!value.includes('"')) return `"${value}"`;
  if (!value.includes("'")) return `'${value}'`;
  return `"${value.replaceAll('"', `"'"'"`)}"`;
}

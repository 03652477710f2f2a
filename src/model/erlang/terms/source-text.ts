/** Erlang syntax that the writer and the reader of terms share. */
import { rule } from '../../findings/rule';

/**
 * Words that are atoms only in quotes (`erl_scan:reserved_word/1`). `maybe` and `else` are reserved since OTP 27, where the feature
 * `maybe_expr` is enabled by default; in earlier releases quotes do no harm.
 */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    'after and andalso band begin bnot bor bsl bsr bxor case catch cond div else end fun if let maybe not of or orelse receive ' +
    'rem try when xor'
  ).split(' '),
);

/** Whether a string or an atom can contain it (`UNICODE` in `erl_scan.erl`): no surrogate, and not U+FFFE or U+FFFF. */
export function isCharacter(code: number): boolean {
  return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

/** Escapes after a backslash; any other character stands for itself. */
export const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  d: '\x7f',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  s: ' ',
  t: '\t',
  v: '\v',
};

/** Limit on digits: the time to read a number grows with the square of its length. */
const MOST_DIGITS = 1000;

/** The value of digits, which may be separated by underscores. Absent if a digit is illegal in that base, or if there are too many. */
export function integerIn(base: number, digits: string): bigint | undefined {
  const values = [...digits.replaceAll('_', '')].map((digit) => parseInt(digit, 36));
  if (base < 2 || base > 36 || values.length > MOST_DIGITS || values.some((value) => value >= base)) return undefined;
  return values.reduce((sum, value) => sum * BigInt(base) + BigInt(value), 0n);
}

export const TERM_UNREADABLE = rule({
  code: 'term-unreadable',
  severity: 'error',
  problem: 'is not a literal Erlang term',
  expected: 'one term as file:consult/1 reads it',
  remedy: 'correct the term; calls and variables are not evaluated here',
  source: 'consult/1 in erlang/otp:lib/kernel/src/file.erl, and consult/1 in erlang/otp:lib/ssl/src/ssl_dist_sup.erl',
});

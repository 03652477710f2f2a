/** What the writer and the reader of terms both know of Erlang source. */
import { rule } from '../../findings/rule';

/**
 * Words that are no atoms without quotes (`erl_scan:reserved_word/1`). `maybe` and `else` became such words with OTP 27, where the feature
 * `maybe_expr` is enabled by default, and quotes do no harm before.
 */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    'after and andalso band begin bnot bor bsl bsr bxor case catch cond div else end fun if let maybe not of or orelse receive ' +
    'rem try when xor'
  ).split(' '),
);

/** Whether a string or an atom can hold it (`UNICODE` in `erl_scan.erl`): no half of a UTF-16 pair, and not U+FFFE or U+FFFF. */
export function isCharacter(code: number): boolean {
  return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

/** What stands for what after a backslash; any other character stands for itself. */
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

/** The time to read a number grows with the square of its length. */
const MOST_DIGITS = 1000;

/** The value of digits, which may have underscores between them. Undefined where one of them is none in that base, or where they do not end. */
export function integerIn(base: number, digits: string): bigint | undefined {
  const values = [...digits.replaceAll('_', '')].map((digit) => parseInt(digit, 36));
  if (base < 2 || base > 36 || values.length > MOST_DIGITS || values.some((value) => value >= base)) return undefined;
  return values.reduce((sum, value) => sum * BigInt(base) + BigInt(value), 0n);
}

export const TERM_UNREADABLE = rule({
  code: 'term-unreadable',
  severity: 'error',
  problem: 'is no literal Erlang term',
  expected: 'one term as file:consult/1 reads it',
  remedy: 'correct the term; calls and variables are not evaluated here',
});

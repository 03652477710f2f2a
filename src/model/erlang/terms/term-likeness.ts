import { InvalidInput } from '../../findings/finding';
import { readTerm } from './term-reader';

/** Whether a text is a term to the VM. `unknown`: to some releases it is, or it is written in a way that the reader of terms does not read. */
export type TermLikeness = 'term' | 'no term' | 'unknown';

/** How the VM takes a parameter of an application on its command line (`make_term/1` in `erlang/otp:lib/kernel/src/application_controller.erl`). */
export function termLikeness(text: string): TermLikeness {
  if (isReadable(`${inWordsOfReader(text)}.`)) return 'term';
  return text.length > LONGEST_READ || SELDOM_READ.test(withoutQuotes(text)) ? 'unknown' : 'no term';
}

function isReadable(source: string): boolean {
  try {
    readTerm(source);
    return true;
  } catch (error) {
    if (error instanceof InvalidInput) return false;
    throw error;
  }
}

/** Text in quotes, a character and a comment, in which nothing else begins; or a float. */
const TOKEN =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\$(?:\\.|.)|%[^\n]*|(?<![\w#.@])\d+(?:_\d+)*\.\d+(?:_\d+)*(?:[eE][+-]?\d+)?/gsu;

/** Without comments. Options have no floats, so the reader of terms does not have them: an integer may stand in the same places. */
function inWordsOfReader(text: string): string {
  return text.replace(TOKEN, (token) => (/^\d/.test(token) ? '0' : token.startsWith('%') ? '' : token));
}

function withoutQuotes(text: string): string {
  return text.replace(TOKEN, (token) => (/^["'$]/.test(token) ? token.charAt(0) : ''));
}

/** The reader has limits on digits and nesting. */
const LONGEST_READ = 1000;

/**
 * What the reader of terms does not read: adjacent strings, sigils, tails of lists, segments of binaries, parentheses, a plus sign, words that are
 * reserved from OTP 27 on, floats in another base, and the placeholders of templates.
 */
const SELDOM_READ = /""|~|\||<<|(?<![\w'@])\(|(?:^|[[{(,|>])\s*\+\s*\d|\b(?:maybe|else)\b|\d#\w+\.\d|^\{\{/;

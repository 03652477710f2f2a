import { refuse } from '../../findings/finding';
import { TERM_UNREADABLE } from './source-text';
import { scanTerm, type Token } from './term-scanner';

export type { Token } from './term-scanner';

/** Options go four or five deep, and the stack of who reads them is not endless. */
const DEEPEST = 500;

const OPENING: ReadonlySet<string> = new Set(['{', '[', '<<']);
const CLOSING: ReadonlySet<string> = new Set(['}', ']', '>>']);

/** The tokens of a term. Brackets in brackets in brackets are refused, before anything follows them down. */
export function termTokens(source: string): readonly Token[] {
  const tokens = scanTerm(source);
  let depth = 0;
  for (const { text, at } of tokens.filter((token) => token.kind === 'symbol')) {
    if (OPENING.has(text)) depth += 1;
    if (CLOSING.has(text)) depth -= 1;
    if (depth > DEEPEST) {
      refuse(TERM_UNREADABLE, { subject: 'Erlang term', detail: `line ${at}: brackets go deeper than ${DEEPEST}` });
    }
  }
  return tokens;
}

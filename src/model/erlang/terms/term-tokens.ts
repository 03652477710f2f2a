import { refuse } from '../../findings/finding';
import { TERM_UNREADABLE } from './source-text';
import { scanTerm, type Token } from './term-scanner';

export type { Token } from './term-scanner';

/** Limit on nesting. Options nest four or five levels; the limit protects the stack of the reader. */
const DEEPEST = 500;

const OPENING: ReadonlySet<string> = new Set(['{', '[', '<<']);
const CLOSING: ReadonlySet<string> = new Set(['}', ']', '>>']);

/** The tokens of a term. Refuses terms that are nested too deeply before they are parsed. */
export function termTokens(source: string): readonly Token[] {
  const tokens = scanTerm(source);
  let depth = 0;
  for (const { text, at } of tokens.filter((token) => token.kind === 'symbol')) {
    if (OPENING.has(text)) depth += 1;
    if (CLOSING.has(text)) depth -= 1;
    if (depth > DEEPEST) {
      refuse(TERM_UNREADABLE, {
        subject: 'Erlang term',
        detail: `line ${at}: brackets are nested more than ${DEEPEST} levels deep`,
      });
    }
  }
  return tokens;
}

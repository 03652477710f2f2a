import { Cursor } from './cursor';
import { bareText, type Token } from './tokens';
import { readWord } from './word-reader';

const BLANKS = /(?:[ \t]|\\\n)+/y;
const COMMENT = /#[^\n]*/y;
const OPERATOR = /&&|\|\||;;&|;;|;&|<&|<>|>&|>>|>\||[\n;&|()<>]/y;

/** The tokens of a script. Throws `UnknownEffect` where shells may read it in different ways. */
export function shellTokens(text: string): readonly Token[] {
  return tokensAt(new Cursor(text), false);
}

/** `isInside`: up to the parenthesis that closes a command substitution. */
function tokensAt(cursor: Cursor, isInside: boolean): readonly Token[] {
  const tokens: Token[] = [];
  let open = 0;
  while (skipToToken(cursor)) {
    const token = tokenAt(cursor);
    if (isOperator(token, ')') && isInside && open === 0) return tokens;
    if (isOperator(token, '(')) open += 1;
    if (isOperator(token, ')')) open -= 1;
    // In its patterns, a parenthesis closes nothing.
    if (isInside && isKeyword(token, 'case')) cursor.fail('$(case');
    tokens.push(token);
  }
  return isInside ? cursor.fail('$(') : tokens;
}

/** False at the end of the text. */
function skipToToken(cursor: Cursor): boolean {
  do cursor.take(BLANKS);
  while (cursor.take(COMMENT) !== undefined);
  return !cursor.isAtEnd;
}

function isKeyword(token: Token, text: string): boolean {
  return token.kind === 'word' && bareText(token.word) === text;
}

function isOperator(token: Token, text: string): boolean {
  return token.kind === 'operator' && token.text === text;
}

function tokenAt(cursor: Cursor): Token {
  // The text of a here-document is not a script, and `((` is arithmetic to some shells.
  for (const start of ['<<', '((']) if (cursor.startsWith(start)) cursor.fail(start);
  const text = cursor.take(OPERATOR)?.[0];
  if (text === undefined) return { kind: 'word', word: readWord(cursor, () => void tokensAt(cursor, true)) };
  // An operator may go on after a line continuation.
  return cursor.startsWith('\\\n') ? cursor.fail('\\') : { kind: 'operator', text };
}

/** Blanks to the lexer of `erlexec.c`. The no-break space is not one of them. */
const BLANKS: ReadonlySet<string> = new Set(['\n', '\f', '\r', '\t', '\v', ' ']);

/**
 * The words of an `-args_file`, as `build_args_from_string` in `erlexec.c` splits them (the same in OTP 23 to 29). No text is refused,
 * since `erlexec` refuses none: an unclosed quote runs to the end of the text, and a NUL ends it.
 *
 * OTP 22 and earlier read a file twice, the first time ignoring quotes (`read_args_file`): a backslash was dropped, and the character
 * after it kept; `#` began a comment inside quotes too; blanks and line breaks became one blank, also inside quotes. Only then were the
 * words split as above. So the writer's text meant the same to them as long as no value contains `#`, a backslash, a tab, a line break or
 * two blanks side by side. This library supports OTP 24 and later.
 */
export function readArgsFile(source: string): readonly string[] {
  const words: string[] = [];
  const text = [...(source.split('\0', 1)[0] ?? '')];
  for (let start = skipBlanks(text, 0); start < text.length;) {
    const { word, end } = readWord(text, start);
    words.push(word);
    start = skipBlanks(text, end);
  }
  return words;
}

function skipBlanks(text: readonly string[], start: number): number {
  let at = start;
  while (at < text.length) {
    if (text[at] === '#') at = endOfLine(text, at);
    else if (BLANKS.has(text[at] ?? '')) at += 1;
    else break;
  }
  return at;
}

function endOfLine(text: readonly string[], start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

function readWord(text: readonly string[], start: number): { word: string; end: number } {
  let word = '';
  let at = start;
  while (at < text.length) {
    const character = text[at] ?? '';
    // A hash ends the word that it is in: "a#b" is the word "a" and a comment.
    if (BLANKS.has(character) || character === '#') break;
    if (character === '"' || character === "'") {
      const close = text.indexOf(character, at + 1);
      const end = close < 0 ? text.length : close;
      word += text.slice(at + 1, end).join('');
      at = end + 1;
    } else if (character === '\\') {
      word += text[at + 1] ?? '';
      at += 2;
    } else {
      word += character;
      at += 1;
    }
  }
  return { word, end: Math.min(at, text.length) };
}

/** A flag and its values, as `init:get_arguments/0` groups words: a word with a leading dash starts a flag, the others are its values. */
export function groupFlags(
  words: readonly string[],
): readonly { readonly name: string; readonly values: readonly string[] }[] {
  const flags: { name: string; values: string[] }[] = [];
  for (const word of words) {
    if (word.startsWith('-')) flags.push({ name: word.slice(1), values: [] });
    else flags.at(-1)?.values.push(word);
  }
  return flags;
}

/**
 * A comment, or a part of a word of `sh`: in single quotes, in double quotes, behind a backslash, bare; else blanks, or a character that ends a
 * command. A carriage return is text like other text.
 */
const PART =
  /(?<![^\s;&|<>()])#[^\n]*|'([^']*)'|"([^"\\]*(?:\\[^][^"\\]*)*)"|\\([^])|([^ \t\n'"\\;&|<>()]+)|[ \t]+|[^]/g;

interface Part {
  readonly kind: 'literal' | 'double' | 'bare';
  readonly text: string;
}

/** At least one part. */
type Word = readonly Part[];

/**
 * The last value that a file which `sh` sources gives to a variable; undefined where it gives none. `pattern`: of the name. A value may hold what
 * the variable had before. Other variables in it are left as they are: they name what only the shell knows.
 */
export function shellAssignment(pattern: string, text: string): string | undefined {
  const assignment = new RegExp(`^${pattern}=`);
  let value: string | undefined;
  const words = commandsIn(text).flatMap(assignmentsIn);
  for (const word of words.filter((one) => assignment.test(headOf(one)))) {
    const expand = expansionOf(pattern, value);
    value = word
      .map((part) => valueOf(part, expand))
      .join('')
      .replace(assignment, '');
  }
  return value;
}

/** `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+text}`, in which it may stand again. */
function expansionOf(pattern: string, value: string | undefined): (text: string) => string {
  const itself = new RegExp(
    String.raw`(?<!\\)\$(?:${pattern}(?!\w)|\{${pattern}(?::?([-+])((?:[^{}]|\{\w+\})*))?\})`,
    'g',
  );
  // Put in once: text that doubles with each line is soon more than there is room for.
  const left = [value ?? ''];
  const expand = (text: string): string =>
    text.replace(itself, (_all, sign?: string, other = '') => {
      if (sign === '+') return value === undefined ? '' : expand(other as string);
      return sign === '-' && value === undefined ? (other as string) : (left.pop() ?? '');
    });
  return expand;
}

/** Before a command, an assignment is for that command alone. */
function assignmentsIn(words: readonly Word[]): readonly Word[] {
  if (words[0] !== undefined && headOf(words[0]) === 'export') return words.slice(1);
  return words.every((word) => /^\w+=/.test(headOf(word))) ? words : [];
}

function headOf([first]: Word): string {
  return first?.kind === 'bare' ? first.text : '';
}

function valueOf({ kind, text }: Part, expand: (text: string) => string): string {
  if (kind === 'literal') return text;
  return kind === 'bare' ? expand(text) : expand(text).replace(/\\(?:\n|([$`"\\]))/g, '$1');
}

/** The words of each command, without comments. */
function commandsIn(text: string): readonly (readonly Word[])[] {
  const commands: Word[][] = [[]];
  let word: Part[] = [];
  const endWord = (): void => {
    if (word.length > 0) commands.at(-1)?.push(word);
    word = [];
  };
  for (const found of text.matchAll(PART)) {
    const part = partOf(found);
    if (part !== undefined) word.push(part);
    else if (found[0] !== '\\\n') {
      endWord();
      if (!/^[ \t#]/.test(found[0])) commands.push([]);
    }
  }
  endWord();
  return commands;
}

/** Undefined for what is no text: a comment, a line that goes on behind a backslash, blanks, or the end of a command. */
function partOf([, single, double, escaped, bare]: readonly (string | undefined)[]): Part | undefined {
  if (single !== undefined) return { kind: 'literal', text: single };
  if (double !== undefined) return { kind: 'double', text: double };
  if (bare !== undefined) return { kind: 'bare', text: bare };
  return escaped === undefined || escaped === '\n' ? undefined : { kind: 'literal', text: escaped };
}

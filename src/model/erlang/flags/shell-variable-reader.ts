/**
 * A comment, or a part of a word of `sh`: in single quotes, in double quotes, after a backslash, or bare; otherwise blanks, or a character that ends a
 * command. A carriage return is ordinary text.
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
 * The last value that a file sourced by `sh` assigns to a variable. Absent if it assigns none. `pattern` matches the name. A value may contain
 * the previous value of the variable. Other variables in it are left as they are: only the shell knows their values.
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

/** `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+text}`, which may contain the variable again. */
function expansionOf(pattern: string, value: string | undefined): (text: string) => string {
  const itself = new RegExp(
    String.raw`(?<!\\)\$(?:${pattern}(?!\w)|\{${pattern}(?::?([-+])((?:[^{}]|\{\w+\})*))?\})`,
    'g',
  );
  // Inserted once: text that doubles with each line would exhaust memory.
  const left = [value ?? ''];
  const expand = (text: string): string =>
    text.replace(itself, (_all, sign?: string, other = '') => {
      if (sign === '+') return value === undefined ? '' : expand(other as string);
      return sign === '-' && value === undefined ? (other as string) : (left.pop() ?? '');
    });
  return expand;
}

/** An assignment in front of a command applies to that command only. */
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

/** Absent for parts that are not text: a comment, a line continuation, blanks, or the end of a command. */
function partOf([, single, double, escaped, bare]: readonly (string | undefined)[]): Part | undefined {
  if (single !== undefined) return { kind: 'literal', text: single };
  if (double !== undefined) return { kind: 'double', text: double };
  if (bare !== undefined) return { kind: 'bare', text: bare };
  return escaped === undefined || escaped === '\n' ? undefined : { kind: 'literal', text: escaped };
}

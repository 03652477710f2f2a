/** One word of `sh` without expansions: quoted, bare, or both side by side. */
const WORD = String.raw`(?:'[^']*'|"(?:[^"\\]|\\[^])*"|\\[^]|[^\s'"\\;&|<>()#])*`;

/**
 * The last value that a file which `sh` sources gives to a variable; undefined where it gives none, or one that has to be expanded. `name`: a
 * regular expression. A value may begin or end with what the variable had before.
 */
export function shellAssignment(name: string, text: string): string | undefined {
  const assignment = new RegExp(String.raw`^[ \t]*(?:export[ \t]+)?${name}=(${WORD})[ \t]*(?:#.*)?$`, 'gm');
  const itself = new RegExp(String.raw`(?<!\\)\$(?:${name}(?!\w)|\{${name}(?::[-+][^{}]*)?\})`, 'g');
  let value: string | undefined;
  for (const [, word = ''] of text.matchAll(assignment)) {
    // Put in once: text that doubles with each line is soon more than there is room for.
    const before = [value ?? ''];
    value = unquoted(word, (part) => part.replace(itself, () => before.pop() ?? ''));
  }
  return value;
}

/** Other expansions are left as they are: they name what only the shell knows. */
function unquoted(word: string, expand: (part: string) => string): string {
  return word.replace(
    /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|[^'"\\]+/g,
    (all, single?: string, double?: string, bare?: string) => {
      if (double !== undefined) return expand(double).replace(/\\([$`"\\\n])/g, '$1');
      return single ?? bare ?? expand(all);
    },
  );
}

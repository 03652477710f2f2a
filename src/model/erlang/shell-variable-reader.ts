/** One word of `sh` without expansions: quoted, bare, or both side by side. */
const WORD = String.raw`(?:'[^']*'|"(?:[^"\\]|\\[^])*"|\\[^]|[^\s'"\\;&|<>()#])*`;

/** The last value that a file which `sh` sources gives to a variable; undefined where it gives none, or one that has to be expanded. */
export function shellAssignment(name: string, text: string): string | undefined {
  const assignment = new RegExp(String.raw`^[ \t]*(?:export[ \t]+)?${name}=(${WORD})[ \t]*(?:#.*)?$`, 'gm');
  const word = [...text.matchAll(assignment)].at(-1)?.[1];
  return word === undefined ? undefined : unquoted(word);
}

/** Expansions are left as they are: they name what only the shell knows. */
function unquoted(word: string): string {
  return word.replace(
    /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])/g,
    (_all, single?: string, double?: string, bare?: string) =>
      single ?? double?.replace(/\\([$`"\\\n])/g, '$1') ?? bare ?? '',
  );
}

import { readArgsFile } from './args-file-reader';

/** The words of a variable that a script expands without quotes: the shell cuts it at blanks, and no other character is special. */
export function shellWords(value: string): readonly string[] {
  return value.split(/[ \t\n]+/).filter((word) => word !== '');
}

/** The words of `ERL_FLAGS` and the like: cut as args files are, but `#` is an ordinary character (`erlexec.c`). */
export function variableWords(value: string): readonly string[] {
  return readArgsFile(value.replaceAll('#', String.raw`\#`));
}

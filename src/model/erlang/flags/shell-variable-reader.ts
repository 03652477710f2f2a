import { readArgsFile } from './args-file-reader';

/** The flag that a script makes from the name of a node. Where it is not known which, a host with dots shows that the name is a long one. */
export function nameWords(node: string, isLong = /@.*[.]/.test(node)): readonly string[] {
  return [isLong ? '-name' : '-sname', node];
}

/** The words of a variable that a script expands without quotes: the shell cuts it at blanks, and no other character is special. */
export function shellWords(value: string): readonly string[] {
  return value.split(/[ \t\n]+/).filter((word) => word !== '');
}

/** The words of `ERL_FLAGS` and the like: cut as args files are, but `#` is an ordinary character (`erlexec.c`). */
export function variableWords(value: string): readonly string[] {
  return readArgsFile(value.replaceAll('#', String.raw`\#`));
}

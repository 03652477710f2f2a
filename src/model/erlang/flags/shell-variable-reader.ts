import { readArgsFile } from './args-file-reader';
import type { ShellVariables } from './shell/script';

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

/** Variables in which every VM looks for flags. */
const OF_VM: readonly string[] = ['ERL_AFLAGS', 'ERL_FLAGS', 'ERL_ZFLAGS'];

/** Those that a script sets, for a platform that has variables of its own: an `unread` part. Whether they reach the VM depends on `export`. */
export function vmVariablesIn(variables: ShellVariables): { readonly unread?: string } {
  const names = OF_VM.filter((name) => variables.valueOf(name) !== undefined);
  return names.length === 0 ? {} : { unread: names.join(', ') };
}

import { isPlainPath } from '../cluster/absolute-path';
import { writeArgsFile } from '../erlang/flags/args-file-writer';
import { shellQuoted } from '../erlang/flags/shell-variable-writer';
import { type VmFlag, vmFlag } from '../erlang/flags/vm-flags';
import type { IToolProfile, ToolBoot } from './profile';

const FILE = 'remsh.args';

/** Tools that every Erlang node has: a remote shell from plain `erl`, with an identity of its own. */
export function remoteShell(protoDist: string): IToolProfile {
  return {
    protoDist,
    optionFileName: 'remsh.conf',
    bootFiles: (boot) => [{ name: FILE, text: writeArgsFile(remoteShellFlags(boot)) }],
    command: ({ directory, nodeName }) => `erl -args_file ${shellWord(`${directory}/${FILE}`)} -remsh ${nodeName}`,
  };
}

/**
 * With the name `undefined` the node that is dialled gives the shell a name, so that two of them never have the same (OTP 23). Nobody dials
 * the shell, so its host means nothing; without one, a machine that has no domain could not start it.
 */
function remoteShellFlags({ flags, flagsWithoutEpmd, longNames }: ToolBoot): VmFlag[] {
  return [...flags, ...flagsWithoutEpmd, vmFlag('hidden'), vmFlag(longNames ? 'name' : 'sname', 'undefined@localhost')];
}

/** A path as one word of a command line for `sh`, with quotes where it needs them. */
function shellWord(text: string): string {
  return isPlainPath(text) ? text : shellQuoted(text);
}

import { isPlainPath } from '../cluster/absolute-path';
import { writeArgsFile } from '../erlang/flags/args-file-writer';
import { shellQuoted } from '../erlang/flags/shell-variable-writer';
import { type VmFlag, vmFlag } from '../erlang/flags/vm-flags';
import type { IToolProfile, ToolBoot } from './profile';
import type { PlatformReader } from './reader';

const FILE = 'remsh.args';

/** Reads the files of the tool. */
export const REMOTE_SHELL_READER: PlatformReader = { toolFiles: [FILE] };

/** The tool that works with every Erlang node: a remote shell from plain `erl`, with a certificate of its own. */
export function remoteShell(protoDist: string): IToolProfile {
  return {
    protoDist,
    optionFileName: 'remsh.conf',
    bootFiles: (boot) => [{ name: FILE, text: writeArgsFile(remoteShellFlags(boot)) }],
    command: ({ directory, nodeName }) => `erl -args_file ${shellWord(`${directory}/${FILE}`)} -remsh ${nodeName}`,
  };
}

/**
 * With the name `undefined`, the node gives the shell a name, so that no two shells have the same one (OTP 23). Nobody connects to the
 * shell, so its host has no meaning; without one, a machine without a domain could not start it.
 */
function remoteShellFlags({ flags, flagsWithoutEpmd, longNames }: ToolBoot): VmFlag[] {
  return [...flags, ...flagsWithoutEpmd, vmFlag('hidden'), vmFlag(longNames ? 'name' : 'sname', 'undefined@localhost')];
}

/** A path as one word of a command line for `sh`, quoted if necessary. */
function shellWord(text: string): string {
  return isPlainPath(text) ? text : shellQuoted(text);
}

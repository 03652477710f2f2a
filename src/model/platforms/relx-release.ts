import { writeArgsFile } from '../erlang/flags/args-file-writer';
import type { VmFlag } from '../erlang/flags/vm-flags';
import { CLEAR_PEM_CACHE } from '../erlang/programs/pem-cache';
import type { IPlatformProfile, ToolBoot } from './profile';
import type { PlatformReader } from './reader';
import { writeRelxTemplate } from './relx-release/template-writer';
import { tlsProtocol } from './tls-protocol';

/** What a cluster of relx releases can choose. */
export interface RelxReleaseOptions {
  /**
   * Value of `-proto_dist`: `"inet_tls"` or, where nodes talk over IPv6, `"inet6_tls"`.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
  /**
   * Writes `vm.args.src`, lines for the release's own file of that name, in which the start script replaces `${NAME}` by variables of its
   * environment; instead of `vm.args`, which the release's own file names with `-args_file`.
   *
   * @default false
   */
  readonly template?: boolean;
}

const TOOL_FILE = 'tool.args';
const TEMPLATE_ENDING = '.src';

/** How its files are read back. */
export const RELX_RELEASE_READER: PlatformReader = { templateEnding: TEMPLATE_ENDING };

/** A release made by `rebar3 release`, with relx's extended start script: `vm.args`, one flag a line. */
export function relxRelease(options: RelxReleaseOptions = {}): IPlatformProfile {
  const name = 'relx release';
  const protoDist = tlsProtocol(name, options.protoDist ?? 'inet_tls');
  const isTemplate = options.template ?? false;
  return {
    name,
    protoDist,
    optionFileName: 'ssl_dist.conf',
    needsPlainPaths: true, // The start script takes lines of `vm.args` for its tools, and cuts them at blanks.
    reload: `bin/RELEASE eval '${CLEAR_PEM_CACHE}.'`,
    tools: {
      protoDist,
      optionFileName: 'tool.conf',
      bootFiles: (boot) => [{ name: TOOL_FILE, text: writeArgsFile(toolFlags(boot, isTemplate)) }],
      command: ({ directory }) =>
        `USE_NODETOOL=1 ERL_FLAGS='-args_file ${directory}/${TOOL_FILE}' bin/RELEASE remote_console`,
    },
    bootFiles: ({ flags }) =>
      isTemplate
        ? [{ name: `vm.args${TEMPLATE_ENDING}`, text: writeRelxTemplate(flags) }]
        : [{ name: 'vm.args', text: writeArgsFile(flags) }],
  };
}

/**
 * What a tool is told beside what the start script tells it. The script takes these flags out of the release's own `vm.args` where they begin a
 * line (relx 4.7 to 4.10: `extended_bin`), but not out of a file that is nested there; and a tool that is told `-proto_dist` twice does not
 * start, or speaks plain text.
 */
function toolFlags({ flags, flagsWithoutEpmd }: ToolBoot, isTemplate: boolean): readonly VmFlag[] {
  const all = [...flags, ...flagsWithoutEpmd];
  return isTemplate ? all.filter(({ name }) => !TAKEN_BY_THE_SCRIPT.has(name)) : all;
}

const TAKEN_BY_THE_SCRIPT: ReadonlySet<string> = new Set(['proto_dist', 'start_epmd']);

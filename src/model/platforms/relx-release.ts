import { writeArgsFile } from '../erlang/flags/args-file-writer';
import type { VmFlag } from '../erlang/flags/vm-flags';
import { CLEAR_PEM_CACHE } from '../erlang/programs/pem-cache';
import type { IPlatformProfile, ToolBoot } from './profile';
import { ipv6ProtocolIn, type PlatformReader, type PlatformRecognition, seenBy } from './reader';
import { writeRelxTemplate } from './relx-release/template-writer';
import { tlsProtocol } from './tls-protocol';

/** Options of `Platform.relxRelease`. */
export interface RelxReleaseOptions {
  /**
   * Value of `-proto_dist`: `"inet_tls"`, or `"inet6_tls"` for IPv6.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
  /**
   * Writes `vm.args.src`, with lines for the release's own file of that name, instead of `vm.args`, which the release's own file includes
   * with `-args_file`. In `vm.args.src`, the start script replaces `${NAME}` with variables of its environment.
   *
   * @default false
   */
  readonly template?: boolean;
}

const TOOL_FILE = 'tool.args';
const TEMPLATE_ENDING = '.src';

/** Reads the files of the platform. */
export const RELX_RELEASE_READER: PlatformReader = { templateEnding: TEMPLATE_ENDING, toolFiles: [TOOL_FILE] };

/** A release made by `rebar3 release`, with relx's extended start script: `vm.args`, one flag a line. */
export function relxRelease(options: RelxReleaseOptions = {}): IPlatformProfile {
  const name = 'relx release';
  const protoDist = tlsProtocol(name, options.protoDist ?? 'inet_tls');
  const isTemplate = options.template ?? false;
  return {
    name,
    protoDist,
    optionFileName: 'ssl_dist.conf',
    needsPlainPaths: true, // The start script passes lines of `vm.args` to its tools, and splits them at blanks.
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
 * The flags that a tool needs in addition to those from the start script. The script takes some flags from the release's own `vm.args` if
 * they begin a line (relx 4.7 to 4.10: `extended_bin`), but not from a file that it includes. A tool with two `-proto_dist` does not start,
 * or uses plain text.
 */
function toolFlags({ flags, flagsWithoutEpmd }: ToolBoot, isTemplate: boolean): readonly VmFlag[] {
  const all = [...flags, ...flagsWithoutEpmd];
  return isTemplate ? all.filter(({ name }) => !TAKEN_BY_THE_SCRIPT.has(name)) : all;
}

const TAKEN_BY_THE_SCRIPT: ReadonlySet<string> = new Set(['proto_dist', 'start_epmd']);

/** Recognises nodes that were configured by hand. */
export const RELX_RELEASE_RECOGNITION: PlatformRecognition = {
  factory: 'relxRelease',
  page: 'relx-release',
  isSeenIn: seenBy(undefined, `vm.args${TEMPLATE_ENDING}`, `sys.config${TEMPLATE_ENDING}`),
  propertiesIn: ipv6ProtocolIn,
  profileWith: relxRelease,
};

import { readArgsFile } from '../erlang/flags/args-file-reader';
import { writeArgsFile } from '../erlang/flags/args-file-writer';
import { shellAssignment } from '../erlang/flags/shell-variable-reader';
import type { VmFlag } from '../erlang/flags/vm-flags';
import { CLEAR_REQUEST, PEM_CACHE } from '../erlang/programs/pem-cache';
import type { NamedText } from '../files/named-text';
import { writeEexTemplate } from './elixir-release/template-writer';
import type { IPlatformProfile } from './profile';
import type { FileWords, PlatformReader } from './reader';
import { tlsProtocol } from './tls-protocol';

/** Options of `Platform.elixirRelease`. */
export interface ElixirReleaseOptions {
  /**
   * Value of `-proto_dist`: `"inet_tls"`, or `"inet6_tls"` for IPv6.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
  /**
   * Writes the templates `vm.args.eex` and `remote.vm.args.eex`, which `mix release` reads from `rel/`, instead of `vm.args` and
   * `remote.vm.args`, which a release reads when it starts.
   *
   * @default false
   */
  readonly templates?: boolean;
}

/** `CLEAR_PEM_CACHE` in Elixir. */
export const CLEAR_PEM_CACHE_IN_ELIXIR = `:gen_server.call(:${PEM_CACHE}, {:${CLEAR_REQUEST}, self()}, :infinity)`;

const TOOL_FILE = 'remote.vm.args';
const ENVIRONMENT_SCRIPT = 'env.sh';
const TEMPLATE_ENDING = '.eex';

/** A release made by `mix release`: `vm.args` for the node, `remote.vm.args` for commands such as `remote`, `rpc` and `stop`. */
export function elixirRelease(options: ElixirReleaseOptions = {}): IPlatformProfile {
  const name = 'Elixir release';
  const protoDist = tlsProtocol(name, options.protoDist ?? 'inet_tls');
  const file = (stem: string, flags: readonly VmFlag[]): { name: string; text: string } =>
    options.templates === true
      ? { name: `${stem}${TEMPLATE_ENDING}`, text: writeEexTemplate(flags) }
      : { name: stem, text: writeArgsFile(flags) };
  return {
    name,
    protoDist,
    optionFileName: 'ssl_dist.conf',
    needsPlainPaths: true, // The tools' command line contains the path.
    reload: `bin/RELEASE rpc '${CLEAR_PEM_CACHE_IN_ELIXIR}'`,
    tools: {
      protoDist,
      optionFileName: 'remote.conf',
      bootFiles: ({ flags, flagsWithoutEpmd }) => [file(TOOL_FILE, [...flags, ...flagsWithoutEpmd])],
      command: ({ directory, nodeName, longNames }) =>
        `RELEASE_DISTRIBUTION=${longNames ? 'name' : 'sname'} RELEASE_NODE=${nodeName} ` +
        `RELEASE_REMOTE_VM_ARGS=${directory}/${TOOL_FILE} bin/RELEASE remote`,
    },
    bootFiles: ({ flags }) => [file('vm.args', flags)],
  };
}

/** Reads the files of the platform. */
export const ELIXIR_RELEASE_READER: PlatformReader = {
  flagFiles: [ENVIRONMENT_SCRIPT],
  templateEnding: TEMPLATE_ENDING,
  toolFiles: [TOOL_FILE, `${TOOL_FILE}${TEMPLATE_ENDING}`],
  wordsIn: flagsOfEnvironmentScript,
};

/** The flags of distribution that `env.sh` of a release sets in addition to `vm.args`, as far as they are literal text. */
function flagsOfEnvironmentScript({ name, text }: NamedText): FileWords | undefined {
  if (name !== ENVIRONMENT_SCRIPT && name !== `${ENVIRONMENT_SCRIPT}${TEMPLATE_ENDING}`) return undefined;
  const variables = ['ERL_AFLAGS', 'ELIXIR_ERL_OPTIONS', 'ERL_FLAGS', 'ERL_ZFLAGS'];
  const words = variables.flatMap((one) => readArgsFile(shellAssignment(one, text) ?? ''));
  return { words: words.some((word) => OF_DISTRIBUTION.test(word)) ? words : [] };
}

/** A directory is that of a node only if its flags include one of these. */
const OF_DISTRIBUTION = /^-(proto_dist|ssl_dist_opt(file)?|args_file)$/;

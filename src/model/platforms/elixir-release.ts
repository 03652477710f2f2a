import { writeArgsFile } from '../erlang/flags/args-file-writer';
import { isPlaceholder } from '../erlang/flags/flag-use';
import { shellVariables } from '../erlang/flags/shell/script';
import { nameWords, shellWords, variableWords } from '../erlang/flags/shell-variable-reader';
import type { VmFlag } from '../erlang/flags/vm-flags';
import { CLEAR_REQUEST, PEM_CACHE } from '../erlang/programs/pem-cache';
import type { NamedText } from '../files/named-text';
import { writeEexTemplate } from './elixir-release/template-writer';
import type { IPlatformProfile } from './profile';
import {
  type FilePlace,
  type FileWords,
  ipv6ProtocolIn,
  type PlatformReader,
  type PlatformRecognition,
  seenBy,
} from './reader';
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

/** Variables of `env.sh` by which flags reach the VM. `elixir` puts its own before the command line. */
const CARRIERS = ['ERL_AFLAGS', 'ELIXIR_ERL_OPTIONS', 'ERL_FLAGS', 'ERL_ZFLAGS'];

/** The flags of distribution that `env.sh` of a release sets in addition to `vm.args`, and the name. */
function flagsOfEnvironmentScript(
  { name, text }: NamedText,
  { directory, included }: FilePlace,
): FileWords | undefined {
  if (name !== ENVIRONMENT_SCRIPT && name !== `${ENVIRONMENT_SCRIPT}${TEMPLATE_ENDING}`) return undefined;
  const [, root, version] = /^(.*)\/releases\/([^/]+)$/.exec(directory) ?? [];
  const given =
    root === undefined ? undefined : { RELEASE_ROOT: root, RELEASE_VSN: version ?? '', REL_VSN_DIR: directory };
  const variables = shellVariables(text, { unset: CARRIERS, given, included });
  if (variables.unread !== undefined) return { words: [], unread: variables.unread };
  const textOf = (variable: string): string => variables.valueOf(variable)?.text ?? '';
  const cut = (one: string): readonly string[] =>
    (one === 'ELIXIR_ERL_OPTIONS' ? shellWords : variableWords)(textOf(one));
  const args = textOf('RELEASE_VM_ARGS');
  // `bin/RELEASE` does not export them: unless the environment has such a variable already, the value is lost.
  const isLost = (one: string): boolean => {
    const value = variables.valueOf(one);
    return value !== undefined && !value.isExported && value.text !== `\${${one}}`;
  };
  const lost = CARRIERS.filter((one) => isLost(one) && isOfNode(cut(one)));
  const words = [...CARRIERS.filter((one) => !isLost(one)).flatMap(cut), ...(args === '' ? [] : ['-args_file', args])];
  return {
    words: [...nameFlag(textOf('RELEASE_NODE'), textOf('RELEASE_DISTRIBUTION')), ...(isOfNode(words) ? words : [])],
    ...(lost.length > 0 && { unread: `${lost.join(', ')} without export` }),
  };
}

/** The flag that `bin/RELEASE` makes. Empty if the file sets no name. The environment may say which flag. */
function nameFlag(node: string, distribution: string): readonly string[] {
  if (node === '' || distribution === 'none') return [];
  const isSaid = distribution === 'name' || distribution === 'sname';
  return nameWords(node, isSaid ? distribution === 'name' : undefined);
}

/** A directory is that of a node only if its flags say so. */
function isOfNode(words: readonly string[]): boolean {
  return words.some((word) => OF_DISTRIBUTION.test(word) || isPlaceholder(word));
}

const OF_DISTRIBUTION = /^-(proto_dist|ssl_dist_opt(file)?|args_file)$/;

/** Recognises nodes that were configured by hand. */
export const ELIXIR_RELEASE_RECOGNITION: PlatformRecognition = {
  factory: 'elixirRelease',
  page: 'elixir-release',
  isSeenIn: seenBy(undefined, ENVIRONMENT_SCRIPT, TOOL_FILE),
  propertiesIn: ipv6ProtocolIn,
  profileWith: elixirRelease,
};

import { PATH_SPLIT_BY_SHELL } from '../cluster/absolute-path';
import { absolutePath, isPlainPath } from '../cluster/absolute-path';
import { type FlagUse, isPlaceholder, knownValue } from '../erlang/flags/flag-use';
import { shellVariables } from '../erlang/flags/shell/script';
import { nameWords, shellWords, vmVariablesIn } from '../erlang/flags/shell-variable-reader';
import { writeShellVariable } from '../erlang/flags/shell-variable-writer';
import { type VmFlag, vmFlag } from '../erlang/flags/vm-flags';
import { CLEAR_PEM_CACHE } from '../erlang/programs/pem-cache';
import type { NamedText } from '../files/named-text';
import { refuse } from '../findings/finding';
import type { IPlatformProfile, IToolProfile, NodeBoot, ToolBoot } from './profile';
import {
  type FilePlace,
  type FileWords,
  ipv6ProtocolIn,
  type PlatformReader,
  type PlatformRecognition,
  seenBy,
} from './reader';
import { tlsProtocol } from './tls-protocol';

/** Options of `Platform.rabbitMq`. */
export interface RabbitMqOptions {
  /**
   * Value of `-proto_dist`: `"inet_tls"`, or `"inet6_tls"` for IPv6.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
  /**
   * Absolute path of the directory with the compiled modules of OTP's `ssl` application, for `-pa`. Set it if Erlang does not find these
   * modules by itself. RabbitMQ's documentation always sets it, but Debian's Erlang and that of RabbitMQ's own packages do not need it.
   *
   * @default - none
   */
  readonly sslPath?: string;
}

const FILE = 'rabbitmq-env.conf';

/** RabbitMQ: `inter_node_tls.config`, and `rabbitmq-env.conf` for the server and for `rabbitmqctl`. */
export function rabbitMq(options: RabbitMqOptions = {}): IPlatformProfile {
  const name = 'RabbitMQ';
  const protoDist = tlsProtocol(name, options.protoDist ?? 'inet_tls');
  const codePath = options.sslPath === undefined ? [] : [vmFlag('pa', plainPath(options.sslPath))];
  return {
    name,
    protoDist,
    optionFileName: 'inter_node_tls.config',
    flags: codePath,
    needsPlainPaths: true, // The scripts split the variables at blanks.
    settingsElsewhere: {
      firstPort: 'RABBITMQ_DIST_PORT',
      lastPort: 'RABBITMQ_DIST_PORT',
      epmdAddress: 'ERL_EPMD_ADDRESS in rabbitmq-env.conf',
      portWithoutEpmd: 'no place: RabbitMQ needs epmd',
    },
    ...{ reload: `rabbitmqctl eval '${CLEAR_PEM_CACHE}.'`, reloadIsCommand: true },
    tools: rabbitMqCtl(protoDist, codePath),
    bootFiles: (boot) => [{ name: FILE, text: serverText(boot, codePath) }],
  };
}

/** `rabbitmqctl` splits at blanks, and reads `*`, `?` and `[` as patterns of file names. */
function plainPath(path: string): string {
  const subject = 'sslPath of RabbitMQ';
  return isPlainPath(path) ? absolutePath(subject, path) : refuse(PATH_SPLIT_BY_SHELL, { subject, got: path });
}

function rabbitMqCtl(protoDist: string, codePath: readonly VmFlag[]): IToolProfile {
  return {
    protoDist,
    optionFileName: 'rabbitmqctl.config',
    bootFiles: (boot) => [{ name: FILE, text: toolText(boot, codePath) }],
    command: ({ directory, nodeName }) =>
      `RABBITMQ_CONF_ENV_FILE=${directory}/${FILE} rabbitmqctl --node ${nodeName} cluster_status`,
  };
}

/** Flags of the server and of the tools on its host. A common mistake is a node that its own tools cannot reach. */
function serverText({ flags, tools, longNames }: NodeBoot, codePath: readonly VmFlag[]): string {
  const server = writeShellVariable('SERVER_ADDITIONAL_ERL_ARGS', flags);
  return server + (tools === undefined ? namesText(longNames) : toolText(tools, codePath));
}

function toolText({ flags, longNames }: ToolBoot, codePath: readonly VmFlag[]): string {
  return writeShellVariable('CTL_ERL_ARGS', [...codePath, ...flags]) + namesText(longNames);
}

function namesText(longNames: boolean): string {
  return longNames ? 'USE_LONGNAME=true\n' : '';
}

/** Reads the files of the platform. */
export const RABBITMQ_READER: PlatformReader = {
  applications: ['rabbit'],
  settingsFiles: ['advanced.config'],
  wordsIn: flagsOfEnvironmentFile,
};

/** Variables of the file by which flags reach the VM, each also with the prefix `RABBITMQ_`. */
const CARRIERS = ['SERVER_ADDITIONAL_ERL_ARGS', 'SERVER_START_ARGS', 'CTL_ERL_ARGS'];

/** The flags for the server in the file, or else those for its tools. */
function flagsOfEnvironmentFile({ name, text }: NamedText, { included }: FilePlace): FileWords | undefined {
  if (name !== FILE) return undefined;
  const variables = shellVariables(text, { unset: CARRIERS, included });
  if (variables.unread !== undefined) return { words: [], unread: variables.unread };
  const textOf = (variable: string): string | undefined => variables.valueOf(variable)?.text;
  // A variable that is empty counts as not set.
  const valueOf = (variable: string): string | undefined =>
    textOf(`RABBITMQ_${variable}`) === '' ? textOf(variable) : (textOf(`RABBITMQ_${variable}`) ?? textOf(variable));
  // The scripts set the variable without the prefix themselves.
  const given = [
    textOf('RABBITMQ_SERVER_ERL_ARGS'),
    valueOf('SERVER_ADDITIONAL_ERL_ARGS'),
    valueOf('SERVER_START_ARGS'),
  ];
  const server = given.some((one) => one !== undefined) ? given.flatMap((one) => shellWords(one ?? '')) : undefined;
  const tools = valueOf('CTL_ERL_ARGS');
  // A file with only a name does not show that the server has no flags: they may come from its environment.
  const words = server ?? shellWords(tools ?? '');
  const toolWords = server === undefined ? undefined : shellWords(tools ?? '');
  return {
    words: [...nameFlag(valueOf('NODENAME'), valueOf('USE_LONGNAME')), ...words],
    toolWords,
    ...vmVariablesIn(variables),
  };
}

/** The flag that the server makes from its node name. Empty if the file sets none. */
function nameFlag(name: string | undefined, usesLongName = ''): readonly string[] {
  if (name === undefined) return [];
  return nameWords(name, isPlaceholder(usesLongName) ? undefined : usesLongName === 'true');
}

/** Recognises nodes that were configured by hand. */
export const RABBITMQ_RECOGNITION: PlatformRecognition = {
  factory: 'rabbitMq',
  page: 'rabbitmq',
  isSeenIn: seenBy('rabbit', FILE, 'rabbitmq.conf', 'enabled_plugins'),
  propertiesIn,
  profileWith: rabbitMq,
  replacesFlags: true,
};

function propertiesIn(flags: readonly FlagUse[]): Readonly<Record<string, unknown>> {
  const sslPath = knownValue('pa', flags);
  return { ...ipv6ProtocolIn(flags), ...(sslPath !== undefined && isPlainPath(sslPath) && { sslPath }) };
}

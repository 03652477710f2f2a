import { writeArgsFile } from '../erlang/flags/args-file-writer';
import { shellVariables } from '../erlang/flags/shell/script';
import { nameWords, shellWords, vmVariablesIn } from '../erlang/flags/shell-variable-reader';
import type { NamedText } from '../files/named-text';
import type { IPlatformProfile } from './profile';
import {
  type FilePlace,
  type FileWords,
  ipv6ProtocolIn,
  type PlatformReader,
  type PlatformRecognition,
  seenBy,
} from './reader';
import { remoteShell } from './remote-shell';
import { tlsProtocol } from './tls-protocol';

/** Options of `Platform.ejabberd`. */
export interface EjabberdOptions {
  /**
   * Value of `-proto_dist`: `"inet_tls"`, or `"inet6_tls"` for IPv6.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
}

/** ejabberd: `vm.args`, which `ejabberdctl` passes to the server and to each of its own commands. */
export function ejabberd(options: EjabberdOptions = {}): IPlatformProfile {
  const name = 'ejabberd';
  const protoDist = tlsProtocol(name, options.protoDist ?? 'inet_tls');
  return {
    name,
    protoDist,
    optionFileName: 'ssl_dist.conf',
    needsPlainPaths: true, // `ejabberdctl` passes the path of `vm.args` on without quotes.
    toolsShareFlags: true,
    // With this setting, `ejabberdctl` keeps its own commands from listening on the node's port.
    settingsElsewhere: { portWithoutEpmd: 'ERL_DIST_PORT in ejabberdctl.cfg' },
    tools: remoteShell(protoDist),
    bootFiles: ({ flags }) => [{ name: 'vm.args', text: writeArgsFile(flags) }],
  };
}

const SETTINGS = 'ejabberdctl.cfg';

/** Reads the files of the platform. */
export const EJABBERD_READER: PlatformReader = {
  applications: ['ejabberd'],
  flagFiles: [SETTINGS],
  wordsIn: flagsOfSettings,
};

const VARIABLES = ['ERLANG_NODE', 'ERL_OPTIONS', 'FIREWALL_WINDOW', 'INET_DIST_INTERFACE', 'ERL_DIST_PORT'] as const;

/** The flags that `ejabberdctl` makes from its settings, in its order. It adds `vm.args` itself. */
function flagsOfSettings({ name, text }: NamedText, { included }: FilePlace): FileWords | undefined {
  if (name !== SETTINGS) return undefined;
  const variables = shellVariables(text, { unset: VARIABLES, included });
  if (variables.unread !== undefined) return { words: [], unread: variables.unread };
  return {
    words: VARIABLES.flatMap((one) => flagsOf(one, variables.valueOf(one)?.text ?? '')),
    ...vmVariablesIn(variables),
  };
}

function flagsOf(variable: (typeof VARIABLES)[number], value: string): readonly string[] {
  if (value === '') return [];
  switch (variable) {
    case 'ERLANG_NODE':
      return nameFlag(value);
    case 'ERL_OPTIONS':
      return shellWords(value);
    case 'FIREWALL_WINDOW': {
      const [first, last] = [value.replace(/-[^-]*$/, ''), value.replace(/^[^-]*-/, '')];
      return ['-kernel', 'inet_dist_listen_min', first, 'inet_dist_listen_max', last];
    }
    case 'INET_DIST_INTERFACE':
      // From 24.12 on.
      return value.includes(':') ? ['-proto_dist', 'inet6_tcp'] : [];
    case 'ERL_DIST_PORT':
      return ['-erl_epmd_port', value, '-start_epmd', 'false'];
  }
}

/** A name without a host gets that of the machine. */
function nameFlag(node: string): readonly string[] {
  return nameWords(node.includes('@') ? node : `${node}@$(hostname)`, node.includes('.'));
}

/** Recognises nodes that were configured by hand. */
export const EJABBERD_RECOGNITION: PlatformRecognition = {
  factory: 'ejabberd',
  page: 'ejabberd',
  isSeenIn: seenBy('ejabberd', 'ejabberdctl.cfg', 'ejabberd.yml'),
  propertiesIn: ipv6ProtocolIn,
  profileWith: ejabberd,
};

import { writeArgsFile } from '../erlang/flags/args-file-writer';
import { writeShellWords } from '../erlang/flags/shell-variable-writer';
import type { IPlatformProfile, ToolBoot } from './profile';
import { ipv6ProtocolIn, type PlatformRecognition, seenBy } from './reader';
import { tlsProtocol } from './tls-protocol';

/** Options of `Platform.verneMq`. */
export interface VerneMqOptions {
  /**
   * Value of `-proto_dist`: `"inet_tls"`, or `"inet6_tls"` for IPv6.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
}

/** VerneMQ: lines for `vm.args`, and the flags that `vmq-admin` lacks. */
export function verneMq(options: VerneMqOptions = {}): IPlatformProfile {
  const name = 'VerneMQ';
  const protoDist = tlsProtocol(name, options.protoDist ?? 'inet_tls');
  return {
    name,
    protoDist,
    optionFileName: 'ssl_dist.conf',
    needsPlainPaths: true, // The path goes through `ERL_FLAGS` in a command line.
    tools: { protoDist, optionFileName: 'vmq-admin.conf', bootFiles: () => [], command: vmqAdmin },
    bootFiles: ({ flags }) => [{ name: 'vm.args', text: writeArgsFile(flags) }],
  };
}

/** When VerneMQ starts, it writes `-proto_dist` into its `nodetool`, but not the option file. */
function vmqAdmin({ flags, flagsWithoutEpmd }: ToolBoot): string {
  const lacking = [...flags.filter((flag) => flag.name !== 'proto_dist'), ...flagsWithoutEpmd];
  return `ERL_FLAGS="${writeShellWords(lacking)}" vmq-admin cluster show`;
}

/** Recognises nodes that were configured by hand. */
export const VERNEMQ_RECOGNITION: PlatformRecognition = {
  factory: 'verneMq',
  page: 'vernemq',
  isSeenIn: seenBy('VerneMQ', 'vernemq.conf'),
  propertiesIn: ipv6ProtocolIn,
  profileWith: verneMq,
};

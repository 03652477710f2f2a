import { writeArgsFile } from '../erlang/flags/args-file-writer';
import { writeShellWords } from '../erlang/flags/shell-variable-writer';
import type { IPlatformProfile, ToolBoot } from './profile';
import { tlsProtocol } from './tls-protocol';

/** What a VerneMQ cluster can choose. */
export interface VerneMqOptions {
  /**
   * Value of `-proto_dist`: `"inet_tls"` or, where nodes talk over IPv6, `"inet6_tls"`.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
}

/** VerneMQ: lines for `vm.args`, and what `vmq-admin` lacks. */
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

/** VerneMQ writes `-proto_dist` into its `nodetool` when it starts, and nothing about the option file. */
function vmqAdmin({ flags, flagsWithoutEpmd }: ToolBoot): string {
  const lacking = [...flags.filter((flag) => flag.name !== 'proto_dist'), ...flagsWithoutEpmd];
  return `ERL_FLAGS="${writeShellWords(lacking)}" vmq-admin cluster show`;
}

import { writeArgsFile } from '../erlang/flags/args-file-writer';
import type { IPlatformProfile } from './profile';
import { remoteShell } from './remote-shell';
import { tlsProtocol } from './tls-protocol';

/** What a cluster of plain Erlang nodes can choose. */
export interface ErlOptions {
  /**
   * Value of `-proto_dist`: `"inet_tls"` or, where nodes talk over IPv6, `"inet6_tls"`.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
}

/** A node that is started with `erl -args_file`, by whatever script. */
export function erl(options: ErlOptions = {}): IPlatformProfile {
  const name = 'Erlang';
  const protoDist = tlsProtocol(name, options.protoDist ?? 'inet_tls');
  return {
    name,
    protoDist,
    optionFileName: 'ssl_dist.conf',
    tools: remoteShell(protoDist),
    bootFiles: ({ flags }) => [{ name: 'vm.args', text: writeArgsFile(flags) }],
  };
}

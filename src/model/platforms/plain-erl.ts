import { writeArgsFile } from '../erlang/flags/args-file-writer';
import type { IPlatformProfile } from './profile';
import { ipv6ProtocolIn, type PlatformRecognition } from './reader';
import { remoteShell } from './remote-shell';
import { tlsProtocol } from './tls-protocol';

/** Options of `Platform.erl`. */
export interface ErlOptions {
  /**
   * Value of `-proto_dist`: `"inet_tls"`, or `"inet6_tls"` for IPv6.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
}

/** A node that any script starts with `erl -args_file`. */
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

/** Recognises nodes that were configured by hand. */
export const ERL_RECOGNITION: PlatformRecognition = {
  factory: 'erl',
  page: 'erl',
  isSeenIn: () => true,
  propertiesIn: ipv6ProtocolIn,
  profileWith: erl,
};

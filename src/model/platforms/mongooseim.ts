import { writeArgsFile } from '../erlang/flags/args-file-writer';
import type { IPlatformProfile } from './profile';
import { ipv6ProtocolIn, type PlatformRecognition, seenBy } from './reader';
import { remoteShell } from './remote-shell';
import { tlsProtocol } from './tls-protocol';

/** Options of `Platform.mongooseIm`. */
export interface MongooseImOptions {
  /**
   * Writes the TLS options to an option file instead of `-ssl_dist_opt`. MongooseIM's documentation shows the flat form. The file can
   * express more: two TLS versions, paths with non-ASCII characters, and every option of the table.
   *
   * @default false
   */
  readonly optionFile?: boolean;
  /**
   * Value of `-proto_dist`: `"inet_tls"`, or `"inet6_tls"` for IPv6.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
}

/** MongooseIM: `vm.dist.args`, which the server, `mongooseimctl`, `mongooseim debug` and `nodetool` all read. */
export function mongooseIm(options: MongooseImOptions = {}): IPlatformProfile {
  const name = 'MongooseIM';
  const protoDist = tlsProtocol(name, options.protoDist ?? 'inet_tls');
  return {
    name,
    protoDist,
    optionFileName: options.optionFile === true ? 'ssl_dist.conf' : undefined,
    toolsShareFlags: true,
    tools: remoteShell(protoDist),
    bootFiles: ({ flags }) => [{ name: 'vm.dist.args', text: writeArgsFile(flags) }],
  };
}

/** Recognises nodes that were configured by hand. */
export const MONGOOSEIM_RECOGNITION: PlatformRecognition = {
  factory: 'mongooseIm',
  page: 'mongooseim',
  isSeenIn: seenBy('mongooseim', 'vm.dist.args', 'mongooseim.toml'),
  propertiesIn: (flags) => ({ ...ipv6ProtocolIn(flags), optionFile: true }),
  profileWith: mongooseIm,
};

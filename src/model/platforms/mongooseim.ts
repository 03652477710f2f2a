import { writeArgsFile } from '../erlang/flags/args-file-writer';
import type { IPlatformProfile } from './profile';
import { remoteShell } from './remote-shell';
import { tlsProtocol } from './tls-protocol';

/** What a MongooseIM cluster can choose. */
export interface MongooseImOptions {
  /**
   * Puts the TLS options into a file of their own instead of `-ssl_dist_opt`. The flat form is what MongooseIM's documentation shows;
   * the file can say more: two TLS versions, paths with other than ASCII characters, every option of the table.
   *
   * @default false
   */
  readonly optionFile?: boolean;
  /**
   * Value of `-proto_dist`: `"inet_tls"` or `"inet6_tls"`.
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

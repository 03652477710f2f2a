import { writeArgsFile } from '../erlang/flags/args-file-writer';
import type { IPlatformProfile } from './profile';
import { remoteShell } from './remote-shell';
import { tlsProtocol } from './tls-protocol';

/** What an ejabberd cluster can choose. */
export interface EjabberdOptions {
  /**
   * Value of `-proto_dist`: `"inet_tls"` or, where nodes talk over IPv6, `"inet6_tls"`.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
}

/** ejabberd: `vm.args`, which `ejabberdctl` hands to the server and to every one of its own commands. */
export function ejabberd(options: EjabberdOptions = {}): IPlatformProfile {
  const name = 'ejabberd';
  const protoDist = tlsProtocol(name, options.protoDist ?? 'inet_tls');
  return {
    name,
    protoDist,
    optionFileName: 'ssl_dist.conf',
    needsPlainPaths: true, // `ejabberdctl` hands the path of `vm.args` on without quotes.
    toolsShareFlags: true,
    // Told there, `ejabberdctl` knows that its own commands must not listen on the node's port.
    settingsElsewhere: { portWithoutEpmd: 'ERL_DIST_PORT in ejabberdctl.cfg' },
    tools: remoteShell(protoDist),
    bootFiles: ({ flags }) => [{ name: 'vm.args', text: writeArgsFile(flags) }],
  };
}

import { writeArgsFile } from '../erlang/flags/args-file-writer';
import type { IPlatformProfile } from './profile';
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

import { writeArgsFile } from '../erlang/args-file-writer';
import { writeRelxTemplate } from '../erlang/relx-template-writer';
import type { IPlatformProfile } from './profile';
import { remoteShell } from './remote-shell';
import { tlsProtocol } from './tls-protocol';

/** What a cluster of relx releases can choose. */
export interface RelxReleaseOptions {
  /**
   * Value of `-proto_dist`: `"inet_tls"` or, where nodes talk over IPv6, `"inet6_tls"`.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
  /**
   * Writes `vm.args.src`, in which the start script replaces `${NAME}` by variables of its environment, instead of `vm.args`.
   *
   * @default false
   */
  readonly template?: boolean;
}

/** A release made by `rebar3 release`, with relx's extended start script: `vm.args`, one flag a line. */
export function relxRelease(options: RelxReleaseOptions = {}): IPlatformProfile {
  const name = 'relx release';
  const protoDist = tlsProtocol(name, options.protoDist ?? 'inet_tls');
  return {
    name,
    protoDist,
    optionFileName: 'ssl_dist.conf',
    needsPlainPaths: true, // The start script takes flags for its tools out of `vm.args`, and cuts them at blanks.
    tools: remoteShell(protoDist),
    bootFiles: ({ flags }) =>
      options.template === true
        ? [{ name: 'vm.args.src', text: writeRelxTemplate(flags) }]
        : [{ name: 'vm.args', text: writeArgsFile(flags) }],
  };
}

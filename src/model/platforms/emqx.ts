import { writeArgsFile } from '../erlang/flags/args-file-writer';
import type { VmFlag } from '../erlang/flags/vm-flags';
import { CLEAR_PEM_CACHE } from '../erlang/programs/pem-cache';
import type { NamedText } from '../files/named-text';
import { readSettings } from './emqx/settings-reader';
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

/** Options of `Platform.emqx`. */
export interface EmqxOptions {
  /**
   * Value of `-proto_dist`: `"inet_tls"`, or `"inet6_tls"` for IPv6.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
}

const SETTINGS = 'emqx.conf';

/** EMQX 5: `ssl_dist.conf`, the setting `cluster.proto_dist` and lines for `vm.args`. */
export function emqx(options: EmqxOptions = {}): IPlatformProfile {
  const name = 'EMQX';
  const protoDist = tlsProtocol(name, options.protoDist ?? 'inet_tls');
  const place = 'no place: EMQX does without epmd, and makes ports from node names';
  return {
    name,
    protoDist,
    optionFileName: 'ssl_dist.conf',
    needsPlainPaths: true, // `bin/emqx` reads the path back from the process table, without quotes.
    settingsElsewhere: { firstPort: place, lastPort: place, epmdAddress: place, portWithoutEpmd: place },
    reload: `emqx eval '${CLEAR_PEM_CACHE}.'`,
    reloadIsCommand: true,
    tools: remoteShell(protoDist),
    bootFiles: ({ flags }) => [
      { name: SETTINGS, text: `cluster.proto_dist = ${protoDist}\n` },
      { name: 'vm.args', text: writeArgsFile(flags.filter((flag) => !isSetByEmqx(flag))) },
    ],
  };
}

/** EMQX makes these flags itself, from `cluster.proto_dist` and `EMQX_SSL_DIST_OPTFILE`. */
function isSetByEmqx({ name }: VmFlag): boolean {
  return name === 'proto_dist' || name === 'ssl_dist_optfile';
}

/** Reads the files of the platform. */
export const EMQX_READER: PlatformReader = { wordsIn: flagsOfSettings };

/** The flags that EMQX makes from its settings. */
function flagsOfSettings({ name, text }: NamedText, { included }: FilePlace): FileWords | undefined {
  if (name !== SETTINGS) return undefined;
  const { values, unread } = readSettings(text, included);
  const node = values.get('node.name') ?? '';
  const protocol = values.get('cluster.proto_dist') ?? '';
  return {
    words: [...(node === '' ? [] : ['-name', node]), ...(protocol === '' ? [] : ['-proto_dist', protocol])],
    unread,
    namesOptionFile: true,
  };
}

/** Recognises nodes that were configured by hand. */
export const EMQX_RECOGNITION: PlatformRecognition = {
  factory: 'emqx',
  page: 'emqx',
  isSeenIn: seenBy('emqx', 'emqx.conf'),
  propertiesIn: ipv6ProtocolIn,
  profileWith: emqx,
};

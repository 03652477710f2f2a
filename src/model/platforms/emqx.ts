import { writeArgsFile } from '../erlang/flags/args-file-writer';
import type { VmFlag } from '../erlang/flags/vm-flags';
import { CLEAR_PEM_CACHE } from '../erlang/programs/pem-cache';
import type { NamedText } from '../files/named-text';
import type { IPlatformProfile } from './profile';
import type { FilePlace, FileWords, PlatformReader } from './reader';
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
  let unread: string | undefined;
  const code = withoutComments(text).replace(INCLUDE, (statement: string, path: string) => {
    const inner = included(path);
    if (inner === undefined || /(?<![\w.-])include[ \t]/.test(withoutComments(inner))) unread = statement.trim();
    return withoutComments(inner ?? '');
  });
  // As in HOCON, the last of several values is in force.
  const last = (pattern: RegExp): string | undefined => [...code.matchAll(pattern)].at(-1)?.[1];
  const [node, protocol] = [last(NODE_NAME), last(PROTO_DIST)];
  return {
    words: [
      ...(node === undefined ? [] : ['-name', node]),
      ...(protocol === undefined ? [] : ['-proto_dist', protocol]),
    ],
    unread,
    namesOptionFile: true,
  };
}

function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(#|\/\/).*$/gm, '');
}

/** `include "more.conf"`, also as `file("more.conf")` and `required(…)`. */
const INCLUDE = /(?<![\w.-])include[ \t]+[a-z()]{0,20}"([^"\n]{1,255})"\)*/g;

/** `cluster.proto_dist = inet_tls`, and the same within the braces of `cluster`. */
const PROTO_DIST = /(?<![\w-])"?proto_dist"?[ \t]*[=:][ \t]*"?(\w+|\$\{\??[\w.]+\})/g;

/** `node.name = "emqx@db1.x.test"`, and the same within the braces of `node`. */
const NODE_NAME =
  /(?<![\w.-])node(?:\.name|[ \t]*\{[^{}]*?(?<![\w.-])name)[ \t]*[=:][ \t]*"?([^\s"#@]{1,255}@[^\s"#,}]{1,255})/g;

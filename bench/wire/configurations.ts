/** What is compared: plain TCP, what the two documents say, what the library writes, and what could be written in its place. */
import { join } from 'node:path';

import { App, TerraformStack } from 'cdktf';
import {
  type ClientSslOptions,
  type OtpRelease,
  type ServerSslOptions,
  SslDist,
  SslDistOptFile,
  type TlsOptions,
  TlsVersions,
  VmArgs,
  type VmFlag,
} from 'cdktf-erlang-tls';

import type { KeyKind } from '../../test/support/erlang/certificates';
import type { Measure } from './results';

/** Where a node's files lie. */
export interface Placed {
  readonly directory: string;
  readonly host: string;
  readonly otp: OtpRelease;
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
}

/** A node's files by path, and the command line that names them. */
export interface NodeSetup {
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

/** One way to set up a connection. */
export interface Configuration {
  readonly name: string;
  /** @default P-256 */
  readonly key?: KeyKind;
  /** Whether its connection is TLS. */
  readonly tls: boolean;
  readonly setup: (placed: Placed) => NodeSetup;
}

/** Configurations that are measured side by side, each against the default in the same rounds. */
export interface Group {
  readonly name: string;
  readonly configurations: readonly Configuration[];
  /**
   * How many connections a round makes.
   * @default 2
   */
  readonly connections?: number;
  /** @default every measure */
  readonly measures?: readonly Measure[];
  /** Whether memory is measured: where it depends on the configuration. */
  readonly memory?: boolean;
}

/** What the library writes, with nothing asked for. */
export const DEFAULT = ours('the default', {});
export const PLAIN_TCP = 'plain TCP';

const KIB = 1024;

export const GROUPS: readonly Group[] = [
  {
    name: 'documents',
    memory: true,
    configurations: [
      { name: PLAIN_TCP, tls: false, setup: () => ({ files: {}, args: [] }) },
      { name: 'CouchDB’s document', tls: true, key: 'RSA 2048', setup: couchDb },
      { name: 'MongooseIM’s document', tls: true, key: 'RSA 2048', setup: mongooseIm },
      ours('`buffers: false`', { buffers: false }),
    ],
  },
  {
    name: 'buffers',
    memory: true,
    measures: ['calls of 1 MB', 'casts of 64 kB'],
    configurations: [64, 128, 256, 512, 1024].map((kib) => sockets(`\`buffer\` ${kib} KiB`, `{buffer,${kib * KIB}}`)),
  },
  {
    name: 'sockets',
    measures: ['calls of 1 MB', 'casts of 64 kB'],
    configurations: [
      sockets('`buffer`, `sndbuf`, `recbuf` 256 KiB', all(256)),
      sockets('`buffer`, `sndbuf`, `recbuf` 1 MiB', all(1024)),
      sockets('`buffer` 256 KiB, `high_watermark` 1 MiB', `{buffer,${256 * KIB}},{high_watermark,${KIB * KIB}}`),
      sockets('`buffer` 256 KiB, `delay_send`', `{buffer,${256 * KIB}},{delay_send,true}`),
    ],
  },
  {
    name: 'suites',
    measures: ['calls of 1 MB', 'casts of 64 kB'],
    configurations: [
      suite('AES-128-GCM', 'TLS_AES_128_GCM_SHA256'),
      suite('ChaCha20-Poly1305', 'TLS_CHACHA20_POLY1305_SHA256'),
      ours('TLS 1.2, AES-256-GCM', { tls: { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY } }),
    ],
  },
  {
    name: 'handshakes',
    connections: 10,
    measures: ['connections'],
    configurations: [
      groupOfKeys('x25519'),
      groupOfKeys('secp256r1'),
      groupOfKeys('secp384r1'),
      { ...ours('certificates with Ed25519', {}), key: 'Ed25519' },
      { ...ours('certificates with RSA 2048', {}), key: 'RSA 2048' },
      ours('TLS 1.2', { tls: { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY } }),
    ],
  },
  {
    name: 'machine',
    configurations: [
      ours('`+zdbbl 8192`', { emulator: ['+zdbbl', '8192'] }),
      ours('`+hmbs 524288`', { emulator: ['+hmbs', '524288'] }),
      ours('`-kernel dist_nodelay false`', { flags: [kernel('dist_nodelay', 'false')] }),
      ours('`-kernel inet_backend socket`', { flags: [kernel('inet_backend', 'socket')] }),
      ours('`hibernate_after` 1 s', onBothSides({ hibernateAfter: 1000 })),
    ],
  },
];

interface Wish {
  readonly tls?: TlsOptions;
  readonly buffers?: boolean;
  readonly flags?: VmFlag[];
  /** Flags of the emulator, which no file of the library carries. */
  readonly emulator?: readonly string[];
}

/** As the constructs write it. */
function ours(name: string, { tls, buffers, flags = [], emulator = [] }: Wish): Configuration {
  const setup = ({ directory, host, otp, certificate, key, authority }: Placed): NodeSetup => {
    const stack = new TerraformStack(new App({ outdir: directory }), 'bench');
    const options = new SslDistOptFile(stack, 'options', {
      ...{ path: join(directory, `${host}.conf`), otp, certfile: certificate, keyfile: key, cacertfile: authority },
      ...tls,
    });
    const args = new VmArgs(stack, 'args', {
      ...{ path: join(directory, `${host}.args`), otp, sslDist: SslDist.optFile(options.path), flags },
      ...(buffers === undefined ? {} : { distribution: { buffers } }),
    });
    return {
      files: { [options.path]: options.text, [args.path]: args.text },
      args: [...emulator, '-args_file', args.path],
    };
  };
  return { name, tls: true, setup };
}

/** The default with these options of the socket in place of its own. */
function sockets(name: string, options: string): Configuration {
  const both = ['inet_dist_listen_options', 'inet_dist_connect_options'];
  return ours(name, { buffers: false, flags: both.map((parameter) => kernel(parameter, `[${options}]`)) });
}

function all(kib: number): string {
  return ['buffer', 'sndbuf', 'recbuf'].map((option) => `{${option},${kib * KIB}}`).join(',');
}

function suite(name: string, cipher: string): Configuration {
  return ours(name, onBothSides({ ciphers: [cipher] }));
}

function groupOfKeys(name: string): Configuration {
  return ours(`group ${name}`, onBothSides({ supportedGroups: [name] }));
}

function onBothSides(options: ServerSslOptions & ClientSslOptions): Wish {
  return { tls: { serverOptions: options, clientOptions: options } };
}

function kernel(parameter: string, value: string): VmFlag {
  return { name: 'kernel', values: [parameter, value] };
}

/** "TLS Erlang Distribution" of CouchDB's manual, with the heads of its two lists, which some copies have lost. `couch` is `inet_tls` beneath. */
function couchDb({ directory, host, certificate, key, authority }: Placed): NodeSetup {
  const path = join(directory, `${host}.conf`);
  const side = (...more: string[]): string =>
    [
      `{cacertfile, "${authority}"}`,
      ...more,
      `{certfile, "${certificate}"}`,
      `{keyfile, "${key}"}`,
      '{secure_renegotiate, true}',
      '{verify, verify_peer}',
    ].join(',\n   ');
  const text = `[{server,\n  [${side('{fail_if_no_peer_cert, true}')}]},\n {client,\n  [${side()}]}].\n`;
  return { files: { [path]: text }, args: ['-proto_dist', 'inet_tls', '-ssl_dist_optfile', path] };
}

/** The block of MongooseIM's `vm.dist.args`, its comment signs removed. */
function mongooseIm({ certificate, key, authority }: Placed): NodeSetup {
  const both = (option: string, value: string): string[] => [`server_${option}`, value, `client_${option}`, value];
  const options = [
    ...both('certfile', certificate),
    ...both('keyfile', key),
    ...both('cacertfile', authority),
    ...both('verify', 'verify_peer'),
    ...['server_fail_if_no_peer_cert', 'true'],
  ];
  return { files: {}, args: ['-proto_dist', 'inet_tls', '-ssl_dist_opt', ...options] };
}

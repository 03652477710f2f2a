import type { CrlCheck } from '../../model/erlang/options/crl-check';
import type { ClientSslOptions, ServerSslOptions } from '../../model/erlang/options/ssl-options';
import type { TlsVersions } from '../../model/erlang/options/tls-versions';
import type { Identity } from '../certificates/identity';

/** TLS options of nodes, apart from the files. */
export interface TlsOptions {
  /**
   * The TLS versions.
   *
   * @default TlsVersions.TLS_1_3
   */
  readonly versions?: TlsVersions;
  /**
   * Turns verification off: `{verify,verify_none}` on both sides. Anybody who can reach the port and knows the cookie can join.
   *
   * @default false
   */
  readonly unsafeVerifyNone?: boolean;
  /**
   * Absolute path of a directory on the node with certificate revocation lists, named as by `openssl rehash` (`<hash>.r0`), which something else
   * keeps up to date. `revocation` of a cluster delivers lists. Nodes read the lists at every handshake, and refuse every peer if a list is missing or
   * past its `nextUpdate`.
   *
   * @default - none: revocation is not checked, so prefer short lifetimes
   */
  readonly crlDirectory?: string;
  /**
   * What nodes look for on revocation lists, on both sides of a connection: the option `crl_check`.
   *
   * @default CrlCheck.PEER - if there are lists
   */
  readonly crlCheck?: CrlCheck;
  /**
   * More options for the connections that a node accepts.
   *
   * @default - none
   */
  readonly serverOptions?: ServerSslOptions;
  /**
   * More options for the connections that a node makes.
   *
   * @default - none
   */
  readonly clientOptions?: ClientSslOptions;
}

/** TLS options and the paths of the PEM files. */
export interface SslDistOptions extends TlsOptions {
  /** Absolute path of the certificate on the node. Unless `keyfile` is set, the file contains the key before the certificate. */
  readonly certfile: string;
  /**
   * Absolute path of the private key on the node.
   *
   * @default - the key is in `certfile`
   */
  readonly keyfile?: string;
  /** Absolute path of the trust bundle on the node. */
  readonly cacertfile: string;
  /**
   * Identity that nodes show, whose names are compared in place of the host that is dialled.
   *
   * @default - each node has its own
   */
  readonly identity?: Identity;
}

import type { ClientSslOptions, ServerSslOptions } from '../../model/erlang/options/ssl-options';
import type { TlsVersions } from '../../model/erlang/options/tls-versions';

/** How nodes speak TLS with each other. */
export interface TlsOptions {
  /**
   * The TLS versions.
   *
   * @default TlsVersions.TLS_1_3
   */
  readonly versions?: TlsVersions;
  /**
   * Verifies nobody: `{verify,verify_none}` on both sides. Whoever reaches the port and knows the cookie is in.
   *
   * @default false
   */
  readonly unsafeVerifyNone?: boolean;
  /**
   * Absolute path of a directory on the node with certificate revocation lists, named as `openssl rehash` does (`<hash>.r0`). Sets
   * `crl_check` to `peer` on both sides. The lists are read at every handshake; one that is missing or past its `nextUpdate` makes the node
   * refuse every peer, and this library issues none.
   *
   * @default - revocation is not checked; short lifetimes take its place
   */
  readonly crlDirectory?: string;
  /**
   * More options for the side that accepts.
   *
   * @default - none
   */
  readonly serverOptions?: ServerSslOptions;
  /**
   * More options for the side that dials.
   *
   * @default - none
   */
  readonly clientOptions?: ClientSslOptions;
}

/** TLS options with the files they name. */
export interface SslDistOptions extends TlsOptions {
  /** Absolute path on the node of the certificate, with the key before it in the same file unless `keyfile` is given. */
  readonly certfile: string;
  /**
   * Absolute path on the node of the private key.
   *
   * @default - the key is in `certfile`
   */
  readonly keyfile?: string;
  /** Absolute path on the node of the trust bundle. */
  readonly cacertfile: string;
}

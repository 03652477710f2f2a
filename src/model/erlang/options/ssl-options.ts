/**
 * TLS options of OTP's `ssl` application that both sides take, beside those that the library writes itself. The names are OTP's, in
 * camel case; `docs/ssl-options.md` says which release takes which option on which side, and anything else is refused at synth.
 */
export interface CommonSslOptions {
  /**
   * `password` of an encrypted key, as a fun that returns it: `fun my_keys:password/0`. Its module must be in the node's code path when the
   * distribution starts. The password itself is refused here: in a file beside the key it would protect nothing.
   *
   * @default - the key is not encrypted
   */
  readonly password?: string;
  /**
   * `certs_keys` as the text of a literal term: `[#{certfile => "/etc/tls/a.pem",keyfile => "/etc/tls/a.pem"}, …]`, for certificates of
   * several kinds of keys. They take the place of the certificate and key that the library writes. OTP 25 and later.
   *
   * @default - one certificate and key, which the library writes
   */
  readonly certsKeys?: string;
  /** `depth`: how many intermediate certificates may stand between a peer's certificate and a trusted root. @default - OTP's: 10 (1 up to OTP 22) */
  readonly depth?: number;
  /** `verify_fun` as the text of a literal term: `{fun inet_tls_dist:verify_client/3,[]}`. @default - none */
  readonly verifyFun?: string;
  /** `certificate_authorities`: whether a server names the CAs that it trusts; on a client, from TLS 1.3 on. @default - OTP's: servers do, clients do not */
  readonly certificateAuthorities?: boolean;
  /** `allow_any_ca_purpose`: an intermediate certificate may be for any extended key usage instead of TLS. OTP 27 and later. @default false */
  readonly allowAnyCaPurpose?: boolean;
  /** `cert_policy_opts` as the text of a literal term: `[{explicit_policy,true}]`. OTP 27 and later. @default - none */
  readonly certPolicyOpts?: string;
  /** `ciphers`: suites by their IANA or OpenSSL names, best first; they must cover every enabled version. @default - OTP's */
  readonly ciphers?: string[];
  /** `supported_groups`: key exchange groups of TLS 1.3, best first, such as `"x25519"`. @default - OTP's */
  readonly supportedGroups?: string[];
  /** `eccs`: curves of TLS 1.2, best first, such as `"secp384r1"`; a client uses it only if TLS 1.2 is the only version. @default - OTP's */
  readonly eccs?: string[];
  /**
   * `signature_algs`: what a handshake may be signed with, by the names of TLS 1.3, best first: `"ecdsa_secp256r1_sha256"`. With TLS 1.2
   * enabled beside 1.3, OTP 27 and later.
   *
   * @default - OTP's
   */
  readonly signatureAlgs?: string[];
  /** `signature_algs_cert`: what certificates may be signed with, likewise; with TLS 1.2 enabled, OTP 27 and later. @default - as signatureAlgs */
  readonly signatureAlgsCert?: string[];
  /** `key_update_at`: bytes after which TLS 1.3 takes new keys. @default - OTP's: 388736063997 */
  readonly keyUpdateAt?: number;
  /**
   * `session_tickets` of TLS 1.3. `"disabled"` says what is so anyway: resumption does not work for clients of the distribution. Servers of
   * OTP 29 also take `"stateful"`, `"stateless"`, `"stateful_with_cert"` and `"stateless_with_cert"`.
   *
   * @default - disabled
   */
  readonly sessionTickets?: string;
  /** `middlebox_comp_mode` of TLS 1.3. @default true */
  readonly middleboxCompMode?: boolean;
  /** `reuse_sessions` of TLS 1.2; an error where TLS 1.3 is the only version. @default - OTP's */
  readonly reuseSessions?: boolean;
  /** `secure_renegotiate` of TLS 1.2; an error where TLS 1.3 is the only version. @default - OTP's: true */
  readonly secureRenegotiate?: boolean;
  /** `max_handshake_size`: bytes that one handshake message may have. @default - OTP's: 131072 in OTP 26 and 27, else 262144 */
  readonly maxHandshakeSize?: number;
  /** `hibernate_after`: milliseconds after which an idle connection process gives its memory back. @default - never */
  readonly hibernateAfter?: number;
  /** `log_level`: a level of `logger`, such as `"notice"` or `"error"`. @default - OTP's: notice */
  readonly logLevel?: string;
  /** `ktls`: encryption by the Linux kernel. OTP 26 and later, TLS 1.3 and `TLS_AES_256_GCM_SHA384` only. @default false */
  readonly ktls?: boolean;
}

/** TLS options of the side that accepts connections. */
export interface ServerSslOptions extends CommonSslOptions {
  /** `dhfile`: absolute path of Diffie-Hellman parameters for TLS 1.2. @default - OTP's */
  readonly dhfile?: string;
  /** `honor_cipher_order`: the server's order of suites wins. @default false */
  readonly honorCipherOrder?: boolean;
  /** `client_renegotiation` of TLS 1.2: `false` forbids it. An error where TLS 1.3 is the only version. @default true */
  readonly clientRenegotiation?: boolean;
}

/** TLS options of the side that dials. */
export interface ClientSslOptions extends CommonSslOptions {
  /**
   * `server_name_indication`. OTP sends the host part of the dialled node's name and checks that; set another name only where every
   * node of the cluster shows it in its certificate. Without effect up to OTP 25, and so refused there.
   *
   * @default - the host part of the dialled node's name
   */
  readonly serverNameIndication?: string;
  /** `customize_hostname_check` as the text of a literal term. @default - none: names must match exactly, wildcards do not */
  readonly customizeHostnameCheck?: string;
}

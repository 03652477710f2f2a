/**
 * TLS options of OTP's `ssl` application that both sides take, beside those that the library writes itself. The names are OTP's, in
 * camel case; `docs/ssl-options.md` says which release takes which option on which side, and anything else is refused at synth.
 */
export interface CommonSslOptions {
  /** `depth`: how many intermediate certificates may stand between a peer's certificate and a trusted root. @default - OTP's: 10 (1 up to OTP 22) */
  readonly depth?: number;
  /** `hibernate_after`: milliseconds after which an idle connection process gives its memory back. @default - never */
  readonly hibernateAfter?: number;
  /** `log_level`: a level of `logger`, such as `"notice"` or `"error"`. @default - OTP's: notice */
  readonly logLevel?: string;
  /** `ciphers`: suites by their IANA or OpenSSL names, best first; they must cover every enabled version. @default - OTP's */
  readonly ciphers?: string[];
  /** `supported_groups`: key exchange groups of TLS 1.3, best first, such as `"x25519"`. @default - OTP's */
  readonly supportedGroups?: string[];
  /** `session_tickets` of TLS 1.3: `"disabled"`, `"manual"`, `"auto"`, `"stateful"` … @default - disabled */
  readonly sessionTickets?: string;
  /** `middlebox_comp_mode` of TLS 1.3. @default true */
  readonly middleboxCompMode?: boolean;
  /** `reuse_sessions` of TLS 1.2; an error where TLS 1.3 is the only version. @default - OTP's */
  readonly reuseSessions?: boolean;
  /** `secure_renegotiate` of TLS 1.2; an error where TLS 1.3 is the only version. @default - OTP's: true */
  readonly secureRenegotiate?: boolean;
  /** `ktls`: encryption by the Linux kernel. OTP 26 and later, TLS 1.3 and `TLS_AES_256_GCM_SHA384` only. @default false */
  readonly ktls?: boolean;
  /** `verify_fun` as the text of a literal term: `{fun inet_tls_dist:verify_client/3,[]}`. @default - none */
  readonly verifyFun?: string;
}

/** TLS options of the side that accepts connections. */
export interface ServerSslOptions extends CommonSslOptions {
  /** `dhfile`: absolute path of Diffie-Hellman parameters for TLS 1.2. @default - OTP's */
  readonly dhfile?: string;
  /** `honor_cipher_order`: the server's order of suites wins. @default false */
  readonly honorCipherOrder?: boolean;
  /** `client_renegotiation` of TLS 1.2: `false` forbids it. An error where TLS 1.3 is the only version. @default true */
  readonly clientRenegotiation?: boolean;
  /** `certificate_authorities`: whether the certificate request names the trusted CAs. @default - OTP's: true */
  readonly certificateAuthorities?: boolean;
  /** `allow_any_ca_purpose`: OTP 27 and later. @default false */
  readonly allowAnyCaPurpose?: boolean;
  /** `cert_policy_opts` as the text of a literal term. OTP 27 and later. @default - none */
  readonly certPolicyOpts?: string;
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

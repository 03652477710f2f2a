import type { Side, SslOptionRow, ValueKind, Verdicts } from './ssl-option';
import { both, ERROR, IGNORED, NODES, OK, on, type Rest, RUN, WRONG_SIDE } from './ssl-option-row';

const SINCE_25 = `new in OTP 25; ${NODES}`;
const ROLES = `ssl.erl, role checks; ${RUN}`;
const VERSIONS = `ssl.erl, version dependencies; ${RUN}`;

/** `elsewhere` is what becomes of it on the other side. */
function only(side: Side, option: string, kind: ValueKind, rest: Rest = {}, elsewhere = WRONG_SIDE): SslOptionRow[] {
  const other = side === 'server' ? 'client' : 'server';
  return [
    on(side, option, kind, { source: ROLES, ...rest }),
    on(other, option, kind, { verdicts: elsewhere, source: ROLES }),
  ];
}

/** A password in a file beside the key protects nothing: only a fun is offered. Among certificates, no password and no key itself. */
const FUN_WITHOUT_ARGUMENTS = /^\s*fun\s.*\/\s*0\s*$/s;
const NO_SECRET = /^(?!.*password'?\s*=>(?!\s*fun\s))(?!.*\bkey'?\s*=>\s*\{)/s;

const FILES: readonly SslOptionRow[] = [
  ...both('certfile', 'path', { writtenFrom: 'certfile' }),
  ...both('keyfile', 'path', { writtenFrom: 'keyfile' }),
  ...both('cacertfile', 'path', { writtenFrom: 'cacertfile' }),
  ...both('password', 'term', { form: FUN_WITHOUT_ARGUMENTS, source: `fun Module:Function/0 only; ${NODES}` }),
  on('server', 'certs_keys', 'term', { form: NO_SECRET, verdicts: { 24: 'ignored', 25: 'ok' }, source: SINCE_25 }),
  on('client', 'certs_keys', 'term', { form: NO_SECRET, verdicts: { 24: 'error', 25: 'ok' }, source: SINCE_25 }),
];

const IDENTITY: readonly SslOptionRow[] = [
  ...both('verify', 'atom', { writtenFrom: 'unsafeVerifyNone' }),
  on('server', 'fail_if_no_peer_cert', 'boolean', { writtenFrom: 'unsafeVerifyNone', source: ROLES }),
  on('client', 'fail_if_no_peer_cert', 'boolean', { value: true, verdicts: WRONG_SIDE, source: ROLES }),
  ...both('verify_fun', 'term', {
    source: `{fun Module:Function/3, State}; a {Module,Function,State} tuple is an error; ${RUN}`,
  }),
  ...both('depth', 'integer'),
  ...both('crl_check', 'atom', { writtenFrom: 'crlDirectory' }),
  ...both('crl_cache', 'term', { writtenFrom: 'crlDirectory' }),
  ...only('client', 'customize_hostname_check', 'term'),
  // Up to OTP 25, `inet_tls_dist` puts its own in front, and the first one wins.
  ...only('client', 'server_name_indication', 'string', {
    verdicts: { 24: 'ignored', 26: 'ok' },
    source: `inet_tls_dist.erl; ${RUN}`,
  }),
  on('server', 'certificate_authorities', 'boolean', { withTls12Only: { 24: 'error', 27: 'ok' }, source: VERSIONS }),
  on('client', 'certificate_authorities', 'boolean', { withTls12Only: ERROR, source: NODES }),
  // Unknown before OTP 27: a server passes over what it does not know, a client fails on it.
  on('server', 'allow_any_ca_purpose', 'boolean', { verdicts: { 24: 'ignored', 27: 'ok' } }),
  on('client', 'allow_any_ca_purpose', 'boolean', { verdicts: { 24: 'error', 27: 'ok' }, source: NODES }),
  on('server', 'cert_policy_opts', 'term', { verdicts: { 24: 'ignored', 27: 'ok' } }),
  on('client', 'cert_policy_opts', 'term', { verdicts: { 24: 'error', 27: 'ok' }, source: NODES }),
  // No node staples anything to its certificate.
  on('server', 'stapling', 'atom', { verdicts: { 24: 'ignored', 27: 'error' } }),
  on('client', 'stapling', 'atom', { value: 'staple', verdicts: ERROR, source: NODES }),
];

const ALGORITHMS: readonly SslOptionRow[] = [
  ...both('versions', 'atoms', { writtenFrom: 'versions' }),
  ...both('ciphers', 'strings'),
  ...only('server', 'honor_cipher_order', 'boolean', {}, ERROR),
  ...both('supported_groups', 'atoms', { withTls12Only: ERROR, source: VERSIONS }),
  // A client that may speak TLS 1.3 offers its `supported_groups` to a server of TLS 1.2 too.
  on('server', 'eccs', 'atoms', { withTls13Only: IGNORED, source: NODES }),
  on('client', 'eccs', 'atoms', { verdicts: IGNORED, withTls12Only: OK, source: NODES }),
  // Names of TLS 1.3: up to OTP 25, a peer of TLS 1.2 is refused over them; alone, 1.2 takes `{sha256,ecdsa}`, which is not offered.
  ...both('signature_algs', 'atoms', {
    verdicts: { 24: 'error', 27: 'ok' },
    withTls13Only: OK,
    withTls12Only: ERROR,
    source: NODES,
  }),
  ...both('signature_algs_cert', 'atoms', { verdicts: { 24: 'error', 27: 'ok' }, withTls13Only: OK, source: NODES }),
  // `ssl_config.erl` of OTP 28 has no version dependency for it yet.
  ...only('server', 'dhfile', 'path', { withTls13Only: { 24: 'ok', 29: 'error' }, source: `${VERSIONS}; read for 28` }),
];

/** Before, `ssl:listen` alone starts the process that makes tickets (`tls_socket.erl`), and the distribution listens on plain TCP. */
const SINCE_29: Verdicts = { 24: 'error', 29: 'ok' };

const SESSIONS: readonly SslOptionRow[] = [
  ...both('session_tickets', 'atom', { value: 'disabled', withTls12Only: { 24: 'error', 26: 'ok' }, source: VERSIONS }),
  ...['stateful', 'stateless', 'stateful_with_cert', 'stateless_with_cert'].map((value) =>
    on('server', 'session_tickets', 'atom', { value, verdicts: SINCE_29, withTls12Only: ERROR, source: NODES }),
  ),
  // `auto` keeps tickets in a process of the application `ssl`, which does not run yet when a node makes its first connections. `manual`
  // hands them to a process that expects none; it is not offered. The rest is the other side's.
  ...both('session_tickets', 'atom', {
    form: /^(?!manual$)/,
    verdicts: ERROR,
    source: `values of the other side, and auto; ${NODES}`,
  }),
  ...both('middlebox_comp_mode', 'boolean', { withTls12Only: { 24: 'ok', 26: 'error' }, source: VERSIONS }),
  ...both('key_update_at', 'integer', { withTls12Only: ERROR, source: NODES }),
  ...both('reuse_sessions', 'boolean', { withTls13Only: ERROR, source: VERSIONS }),
  ...both('secure_renegotiate', 'boolean', { value: true, withTls13Only: ERROR, source: VERSIONS }),
  ...both('secure_renegotiate', 'boolean', {
    value: false,
    verdicts: { 24: 'ok', 29: 'error' },
    withTls13Only: ERROR,
    source: VERSIONS,
  }),
  ...only('server', 'client_renegotiation', 'boolean', { withTls13Only: ERROR, source: VERSIONS }, ERROR),
];

const PROCESSES: readonly SslOptionRow[] = [
  ...both('hibernate_after', 'integer'),
  ...both('log_level', 'atom'),
  ...both('max_handshake_size', 'integer', { source: NODES }),
  on('server', 'ktls', 'boolean', { verdicts: { 24: 'ignored', 26: 'ok' }, source: `inet_tls_dist.erl; ${RUN}` }),
  on('client', 'ktls', 'boolean', { verdicts: { 24: 'error', 26: 'ok' }, source: `inet_tls_dist.erl; ${RUN}` }),
];

/** The rows of the option table, by topic. */
export const SSL_OPTION_ROWS: readonly SslOptionRow[] = [
  ...FILES,
  ...IDENTITY,
  ...ALGORITHMS,
  ...SESSIONS,
  ...PROCESSES,
];

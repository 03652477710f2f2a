import type { OtpRelease } from '../cluster/otp-release';

/** The two lists of an option file. A node is the server of connections it accepts and the client of those it dials. */
export type Side = 'server' | 'client';

/**
 * What OTP makes of an option: `ok`, it takes effect; `ignored`, silently not; `error`, every connection of that side fails, and most
 * of the time only one of the two nodes logs why.
 */
export type Verdict = 'ok' | 'ignored' | 'error';

/** A verdict for each release: the entry with the greatest key that is not above the release. */
export type Verdicts = Readonly<{ 24: Verdict } & Partial<Record<25 | 26 | 27 | 28 | 29, Verdict>>>;

/** How a value is written: `atoms` and `strings` are lists, `term` is the text of a literal Erlang term. */
export type ValueKind = 'boolean' | 'integer' | 'atom' | 'atoms' | 'string' | 'strings' | 'path' | 'term';

export interface SslOptionRow {
  readonly option: string;
  readonly side: Side;
  readonly kind: ValueKind;
  /** The row is about this value only. */
  readonly value?: boolean;
  readonly verdicts: Verdicts;
  /** What changes when TLS 1.3 is the only version, or 1.2 the only one; `verdicts` where absent. */
  readonly withTls13Only?: Verdicts;
  readonly withTls12Only?: Verdicts;
  /** The library writes this option itself, from a property of its own. */
  readonly writtenFrom?: string;
  readonly source: string;
}

/** The rows for `option` on `side`, narrowed to the value where rows differ by it. */
export function optionRow(option: string, side: Side, value?: unknown): SslOptionRow | undefined {
  const rows = SSL_OPTION_TABLE.filter((row) => row.option === option && row.side === side);
  return rows.find((row) => row.value === value) ?? rows.find((row) => row.value === undefined);
}

export type VersionSet = '1.3 only' | '1.2 only' | '1.3 and 1.2';

/** What a node of this release does with the option when these versions are enabled. */
export function verdictOf(row: SslOptionRow, otp: OtpRelease, versions: VersionSet): Verdict {
  if (versions === '1.3 only' && row.withTls13Only !== undefined) return verdictAt(row.withTls13Only, otp.major);
  if (versions === '1.2 only' && row.withTls12Only !== undefined) return verdictAt(row.withTls12Only, otp.major);
  return verdictAt(row.verdicts, otp.major);
}

function verdictAt(verdicts: Verdicts, major: number): Verdict {
  const steps = ([29, 28, 27, 26, 25] as const).filter((release) => release <= major);
  return steps.map((release) => verdicts[release]).find((verdict) => verdict !== undefined) ?? verdicts[24];
}

const OK: Verdicts = { 24: 'ok' };
const ERROR: Verdicts = { 24: 'error' };

/** From OTP 26 on each side refuses what belongs to the other (`ssl.erl`, `opt_*` and `assert_*_only`); before, it was ignored. */
const WRONG_SIDE: Verdicts = { 24: 'ignored', 26: 'error' };

/** Run: pairs of `ssl:handshake/3` on an accepted socket and `ssl:connect/4`, the calls of `inet_tls_dist`, on 24, 25, 26, 27 and 29. */
const RUN = 'run on OTP 24, 25, 26, 27 and 29';
const ROLES = `ssl.erl, role checks; ${RUN}`;
const VERSIONS = `ssl.erl, version dependencies; ${RUN}`;

function both(option: string, kind: ValueKind, row: Partial<SslOptionRow> = {}): readonly SslOptionRow[] {
  return (['server', 'client'] as const).map((side) => ({ option, side, kind, verdicts: OK, source: RUN, ...row }));
}

function only(side: Side, option: string, kind: ValueKind, row: Partial<SslOptionRow> = {}): readonly SslOptionRow[] {
  const other = side === 'server' ? 'client' : 'server';
  return [
    { option, side, kind, verdicts: OK, source: ROLES, ...row },
    { option, side: other, kind, verdicts: WRONG_SIDE, source: ROLES },
  ];
}

/**
 * Every option that this library has a verdict for. An option that is not here is refused: to the server side it would mean nothing, and
 * on the client side it would make every connection fail, both without a word in a log.
 */
export const SSL_OPTION_TABLE: readonly SslOptionRow[] = [
  ...both('certfile', 'path', { writtenFrom: 'certfile' }),
  ...both('keyfile', 'path', { writtenFrom: 'keyfile' }),
  ...both('cacertfile', 'path', { writtenFrom: 'cacertfile' }),
  ...both('verify', 'atom', { writtenFrom: 'unsafeVerifyNone' }),
  ...both('versions', 'atoms', { writtenFrom: 'versions' }),
  ...both('crl_check', 'atom', { writtenFrom: 'crlDirectory' }),
  ...both('crl_cache', 'term', { writtenFrom: 'crlDirectory' }),
  ...only('server', 'fail_if_no_peer_cert', 'boolean', { writtenFrom: 'unsafeVerifyNone' }),

  ...both('depth', 'integer'),
  ...both('hibernate_after', 'integer'),
  ...both('log_level', 'atom'),
  ...both('ciphers', 'strings'),
  ...both('verify_fun', 'term', {
    source: `{fun Module:Function/3, State}; a {Module,Function,State} tuple is an error; ${RUN}`,
  }),
  ...both('ktls', 'boolean', { verdicts: { 24: 'error', 26: 'ok' }, source: `inet_tls_dist.erl, from OTP 26; ${RUN}` }),
  ...both('supported_groups', 'atoms', { withTls12Only: ERROR, source: VERSIONS }),
  ...both('session_tickets', 'atom', { withTls12Only: ERROR, source: VERSIONS }),
  ...both('middlebox_comp_mode', 'boolean', { withTls12Only: { 24: 'ok', 26: 'error' }, source: VERSIONS }),
  ...both('reuse_sessions', 'boolean', { withTls13Only: ERROR, source: VERSIONS }),
  ...both('secure_renegotiate', 'boolean', { value: true, withTls13Only: ERROR, source: VERSIONS }),
  ...both('secure_renegotiate', 'boolean', {
    value: false,
    verdicts: { 24: 'ok', 29: 'error' },
    withTls13Only: ERROR,
    source: VERSIONS,
  }),

  ...only('server', 'dhfile', 'path', {
    withTls13Only: { 24: 'ok', 28: 'error' },
    source: `${VERSIONS}; 28 taken as 29`,
  }),
  ...only('server', 'stapling', 'term', { verdicts: { 24: 'ignored', 27: 'error' } }),
  ...only('server', 'allow_any_ca_purpose', 'boolean', { verdicts: { 24: 'ignored', 27: 'ok' } }),
  ...only('server', 'cert_policy_opts', 'term', { verdicts: { 24: 'ignored', 27: 'ok' } }),
  ...only('server', 'certificate_authorities', 'boolean', {
    verdicts: OK,
    withTls12Only: { 24: 'error', 27: 'ok' },
    source: VERSIONS,
  }),
  ...only('client', 'customize_hostname_check', 'term'),
  // Up to OTP 25, `inet_tls_dist` puts its own in front, and the first one wins.
  ...only('client', 'server_name_indication', 'string', {
    verdicts: { 24: 'ignored', 26: 'ok' },
    source: `inet_tls_dist.erl; ${RUN}`,
  }),
  { option: 'honor_cipher_order', side: 'server', kind: 'boolean', verdicts: OK, source: RUN },
  { option: 'honor_cipher_order', side: 'client', kind: 'boolean', verdicts: ERROR, source: ROLES },
  {
    option: 'client_renegotiation',
    side: 'server',
    kind: 'boolean',
    verdicts: OK,
    withTls13Only: ERROR,
    source: VERSIONS,
  },
  { option: 'client_renegotiation', side: 'client', kind: 'boolean', verdicts: ERROR, source: ROLES },
];

import type { Side, SslOption, Verdicts } from '../ssl-option';
import { both, ERROR, NODES, OK, on, option, type Placement, type Rest } from './row';

/*
 * Options of the `ssl` application beside those of the table (`erlang/otp:lib/ssl/src/ssl.erl`, the types of its options), and of the sockets
 * below it (`inet:options/0`). They are for other uses of TLS, and stand in option files that were copied from there. None is offered.
 *
 * Each row is held to real nodes by `test/real/foreign-options.test.ts`. An option whose effect depends on other options has none.
 */

/** From OTP 26 on a side refuses what it passed over before; run on 25 and 27. */
const LATER: Verdicts = { 24: 'ok', 26: 'error' };
/** Changed between 25 and 27, and between 27 and 29: a release between two is taken as the stricter of them. */
const UNTIL_26: Verdicts = { 24: 'error', 27: 'ok' };
const UNTIL_28: Verdicts = { 24: 'error', 29: 'ok' };

function foreign(names: string, ...rows: readonly (Placement | readonly Placement[])[]): readonly SslOption[] {
  return names.split(' ').map((name) => option(name, 'term', rows.flat()));
}

function of(side: Side, rest: Rest): Placement {
  return on(side, { source: NODES, ...rest });
}

function ofBoth(rest: Rest): readonly Placement[] {
  return both({ source: NODES, ...rest });
}

export const FOREIGN_OPTIONS: readonly SslOption[] = [
  ...foreign('protocol', ofBoth({ value: 'dtls', verdicts: ERROR })),
  ...foreign('handshake', ofBoth({ value: 'hello', verdicts: ERROR })),
  ...foreign('psk_identity srp_identity', ofBoth({ withTls13Only: ERROR })),
  ...foreign('fallback', of('server', { verdicts: ERROR }), of('client', { withTls13Only: LATER })),

  // Protocols above TLS. Up to OTP 25 a server of another one was passed over.
  ...foreign(
    'next_protocols_advertised',
    of('server', { withTls13Only: ERROR }),
    of('client', { verdicts: LATER, withTls13Only: ERROR }),
  ),
  ...foreign(
    'client_preferred_next_protocols',
    of('server', { verdicts: LATER, withTls13Only: ERROR }),
    of('client', { withTls13Only: ERROR }),
  ),
  ...foreign('next_protocol_selector', ofBoth({ withTls13Only: UNTIL_26 })),
  ...foreign('alpn_advertised_protocols max_fragment_length', of('server', { verdicts: LATER })),
  ...foreign('alpn_preferred_protocols', of('client', { verdicts: LATER })),
  ...foreign('use_srtp', of('server', { verdicts: LATER }), of('client', { verdicts: ERROR })),

  // Options of one side, and of sessions.
  ...foreign('honor_ecc_order verify_client_once', of('client', { verdicts: ERROR }), of('server', { verdicts: OK })),
  ...foreign('early_data stateless_tickets_seed', of('client', { verdicts: ERROR })),
  ...foreign('sni_hosts sni_fun ocsp_nonce ocsp_responder_certs', of('client', { verdicts: LATER })),
  ...foreign('ocsp_stapling', of('client', { value: false, verdicts: LATER }), of('client', { verdicts: ERROR })),
  ...foreign('cookie', of('client', { verdicts: ERROR }), of('server', { withTls12Only: ERROR })),
  ...foreign('use_ticket', of('client', { verdicts: ERROR }), of('server', { verdicts: LATER, withTls12Only: ERROR })),
  ...foreign('reuse_session', of('client', { withTls13Only: ERROR })),

  // Options of sockets. The distribution sets what it needs itself, and goes on with what is given in its place.
  ...foreign(
    'active',
    ofBoth({ value: false, verdicts: OK }),
    of('server', { verdicts: UNTIL_28 }),
    of('client', { verdicts: UNTIL_26 }),
  ),
  ...foreign(
    'packet',
    ofBoth({ value: '4', verdicts: OK }),
    of('server', { verdicts: UNTIL_28 }),
    of('client', { verdicts: UNTIL_26 }),
  ),
  ...foreign('deliver', of('client', { value: 'port', verdicts: ERROR })),
  ...foreign('header', of('client', { value: '0', verdicts: OK }), of('client', { verdicts: ERROR })),
  ...foreign('dontroute broadcast multicast_if multicast_loop multicast_ttl', of('client', { verdicts: ERROR })),

  // Options that do no harm to distribution, or whose harm depends on their values, on other options or on the network.
  ...foreign(
    'anti_replay beast_mitigation cacerts cb_info cert dh erl_dist keep_secrets key log_alert padding_check receiver_spawn_opts ' +
      'renegotiate_at sender_spawn_opts ssl_imp user_lookup_fun',
  ),
  option('partial_chain', 'term', [], {
    verifiesLess: [
      { holds: () => true, admits: 'unknown', effect: 'a function makes any CA of a chain a trusted one' },
    ],
  }),
  ...foreign(
    'buffer delay_send exit_on_close high_msgq_watermark high_watermark ipv6_v6only keepalive linger low_msgq_watermark low_watermark mode ' +
      'nodelay packet_size priority recbuf reuseaddr send_timeout send_timeout_close show_econnreset sndbuf tclass tos inet inet6 binary list',
  ),
];

import type { Side, SslOptionRow, Verdicts } from './ssl-option';
import { ERROR, NODES, OK, on, type Rest } from './ssl-option-row';

/*
 * What the `ssl` application knows beside the options of the table (`erlang/otp:lib/ssl/src/ssl.erl`, the types of its options), and the sockets
 * below it (`inet:options/0`). They are for other uses of TLS, and stand in option files that were copied from there. None is offered.
 *
 * Each row is held to real nodes by `test/real/foreign-options.test.ts`. What depends on more than one option has none.
 */

/** From OTP 26 on a side refuses what it passed over before; run on 25 and 27. */
const LATER: Verdicts = { 24: 'ok', 26: 'error' };
/** What changed between 25 and 27, and between 27 and 29: a release between two is taken as the stricter of them. */
const UNTIL_26: Verdicts = { 24: 'error', 27: 'ok' };
const UNTIL_28: Verdicts = { 24: 'error', 29: 'ok' };

function of(side: Side, names: string, rest: Rest): readonly SslOptionRow[] {
  return names.split(' ').map((name) => on(side, name, 'term', { source: NODES, ...rest }));
}

function ofBoth(names: string, rest: Rest): readonly SslOptionRow[] {
  return [...of('server', names, rest), ...of('client', names, rest)];
}

export const FOREIGN_OPTION_ROWS: readonly SslOptionRow[] = [
  ...ofBoth('protocol', { value: 'dtls', verdicts: ERROR }),
  ...ofBoth('handshake', { value: 'hello', verdicts: ERROR }),
  ...ofBoth('psk_identity srp_identity', { withTls13Only: ERROR }),
  ...of('server', 'fallback', { verdicts: ERROR }),
  ...of('client', 'fallback', { withTls13Only: LATER }),

  // Protocols above TLS. Up to OTP 25 a server of another one was passed over.
  ...of('server', 'next_protocols_advertised', { withTls13Only: ERROR }),
  ...of('client', 'next_protocols_advertised', { verdicts: LATER, withTls13Only: ERROR }),
  ...of('server', 'client_preferred_next_protocols', { verdicts: LATER, withTls13Only: ERROR }),
  ...of('client', 'client_preferred_next_protocols', { withTls13Only: ERROR }),
  ...ofBoth('next_protocol_selector', { withTls13Only: UNTIL_26 }),
  ...of('server', 'alpn_advertised_protocols use_srtp max_fragment_length', { verdicts: LATER }),
  ...of('client', 'alpn_preferred_protocols', { verdicts: LATER }),
  ...of('client', 'use_srtp', { verdicts: ERROR }),

  // Of one side, and of sessions.
  ...of('client', 'honor_ecc_order verify_client_once early_data stateless_tickets_seed', {
    verdicts: ERROR,
  }),
  ...of('server', 'honor_ecc_order verify_client_once', { verdicts: OK }),
  ...of('client', 'sni_hosts sni_fun ocsp_nonce ocsp_responder_certs', { verdicts: LATER }),
  ...of('client', 'ocsp_stapling', { value: false, verdicts: LATER }),
  ...of('client', 'ocsp_stapling', { verdicts: ERROR }),
  ...of('client', 'cookie use_ticket', { verdicts: ERROR }),
  ...of('server', 'cookie', { withTls12Only: ERROR }),
  ...of('server', 'use_ticket', { verdicts: LATER, withTls12Only: ERROR }),
  ...of('client', 'reuse_session', { withTls13Only: ERROR }),

  // Of sockets. The distribution sets what it needs itself, and goes on with what is given in its place.
  ...ofBoth('active', { value: false, verdicts: OK }),
  ...ofBoth('packet', { value: '4', verdicts: OK }),
  ...of('server', 'active packet', { verdicts: UNTIL_28 }),
  ...of('client', 'active packet', { verdicts: UNTIL_26 }),
  ...of('client', 'deliver', { value: 'port', verdicts: ERROR }),
  ...of('client', 'header', { value: '0', verdicts: OK }),
  ...of('client', 'header dontroute broadcast multicast_if multicast_loop multicast_ttl', { verdicts: ERROR }),
];

/** Those that do no harm to distribution, or whose harm depends on their values, on other options or on the network. */
const WITHOUT_ROWS: ReadonlySet<string> = new Set(
  (
    'anti_replay beast_mitigation cacerts cb_info cert dh erl_dist keep_secrets key log_alert padding_check partial_chain receiver_spawn_opts renegotiate_at sender_spawn_opts ssl_imp ' +
    'user_lookup_fun ' +
    'buffer delay_send exit_on_close high_msgq_watermark high_watermark ipv6_v6only keepalive linger low_msgq_watermark low_watermark mode ' +
    'nodelay packet_size priority recbuf reuseaddr send_timeout send_timeout_close show_econnreset sndbuf tclass tos inet inet6 binary list'
  ).split(' '),
);

/** Whether OTP has an option of that name which the table does not have. */
export function isForeignOption(name: string): boolean {
  return WITHOUT_ROWS.has(name) || FOREIGN_OPTION_ROWS.some(({ option }) => option === name);
}

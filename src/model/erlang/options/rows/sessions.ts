import type { SslOption, Verdicts } from '../ssl-option';
import { isInRange, isOneOf } from '../value-rules';
import { both, ERROR, NODES, on, only, option, VERSIONS } from './row';

/** Before, `ssl:listen` alone starts the process that makes tickets (`tls_socket.erl`), and the distribution listens on plain TCP. */
const SINCE_29: Verdicts = { 24: 'error', 29: 'ok' };
const TICKETS = ['stateful', 'stateless', 'stateful_with_cert', 'stateless_with_cert'];

/** Resumption, renegotiation and new keys. No release issues a session ticket over distribution (run on OTP 25, 27 and 29). */
export const SESSIONS: readonly SslOption[] = [
  option(
    'session_tickets',
    'atom',
    [
      ...both({ value: 'disabled', withTls12Only: { 24: 'error', 26: 'ok' }, source: VERSIONS }),
      ...TICKETS.map((value) => on('server', { value, verdicts: SINCE_29, withTls12Only: ERROR, source: NODES })),
      // `auto` keeps tickets in a process of the application `ssl`, which does not run yet when a node makes its first connections. `manual`
      // hands them to a process that expects none; it is not offered. The rest is the other side's.
      ...both({
        form: /^(?!manual$)/,
        verdicts: ERROR,
        source: `values of the other side, and auto; ${NODES}`,
      }),
    ],
    { inPlan: 'one side' },
  ),
  // Nodes with it and nodes without it connect (run on OTP 25, 27 and 29).
  option('middlebox_comp_mode', 'boolean', both({ withTls12Only: { 24: 'ok', 26: 'error' }, source: VERSIONS }), {
    inPlan: 'one side',
  }),
  option('key_update_at', 'integer', both({ withTls12Only: ERROR, source: NODES }), {
    takes: { expected: 'a whole number from 1 on', takes: isInRange(1n) },
    inPlan: 'one side',
  }),
  option('reuse_sessions', 'boolean', both({ withTls13Only: ERROR, source: VERSIONS }), {
    takes: { expected: 'true, false or save', takes: isOneOf('true', 'false', 'save') },
    flat: { as: 'atom' },
    inPlan: 'one side',
    verifiesLess: [
      {
        side: 'server',
        holds: isOneOf('true', 'save'),
        admits: 'others',
        effect: 'a client that was let in once resumes its session without a certificate',
        where: 'resumesNoSessionByDefault',
      },
    ],
  }),
  option(
    'secure_renegotiate',
    'boolean',
    [
      ...both({ value: true, withTls13Only: ERROR, source: VERSIONS }),
      ...both({ value: false, verdicts: { 24: 'ok', 29: 'error' }, withTls13Only: ERROR, source: VERSIONS }),
    ],
    {
      flat: { as: 'atom' },
      verifiesLess: [
        {
          holds: isOneOf('false'),
          admits: 'others',
          effect: 'a renegotiation may come from somebody else than the first handshake (RFC 5746)',
          belowTls13: true,
        },
      ],
    },
  ),
  option('client_renegotiation', 'boolean', only('server', { withTls13Only: ERROR, source: VERSIONS }, ERROR), {
    inPlan: 'one side',
  }),
];

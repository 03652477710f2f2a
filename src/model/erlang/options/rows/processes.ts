import type { SslOption } from '../ssl-option';
import { isInRange, isNumber, isOneOf } from '../value-rules';
import { both, NODES, on, option, RUN } from './row';

const LEVELS = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug', 'none', 'all'];

/** The processes of a connection, and what they log. */
export const PROCESSES: readonly SslOption[] = [
  option('hibernate_after', 'integer', both(), {
    takes: {
      expected: 'milliseconds, or infinity',
      takes: (value) => isNumber(value) || isOneOf('infinity', 'undefined')(value),
    },
    flat: { as: 'integer' },
    inPlan: 'one side',
  }),
  option('log_level', 'atom', both(), {
    takes: { expected: 'a level of logger, none or all', takes: isOneOf(...LEVELS) },
    inPlan: 'one side',
  }),
  // It limits messages that are longer than a record of 16 KiB; with 100, nodes connect (run on OTP 25, 27 and 29).
  option('max_handshake_size', 'integer', both({ source: NODES }), {
    inPlan: 'one side',
    takes: { expected: 'a whole number from 1 to 8388607', takes: isInRange(1n, 8_388_607n) },
  }),
  option(
    'ktls',
    'boolean',
    [
      on('server', { verdicts: { 24: 'ignored', 26: 'ok' }, source: `inet_tls_dist.erl; ${RUN}` }),
      on('client', { verdicts: { 24: 'error', 26: 'ok' }, source: `inet_tls_dist.erl; ${RUN}` }),
    ],
    // With it, everything hangs on the kernel of the machine.
    { flat: { as: 'atom', since: 'flatFormHasVersions' }, byDefault: 'false' },
  ),
];

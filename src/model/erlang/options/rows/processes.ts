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
  option('max_handshake_size', 'integer', both({ source: NODES }), {
    takes: { expected: 'a whole number from 1 to 8388607', takes: isInRange(1n, 8_388_607n) },
  }),
  option(
    'ktls',
    'boolean',
    [
      on('server', { verdicts: { 24: 'ignored', 26: 'ok' }, source: `inet_tls_dist.erl; ${RUN}` }),
      on('client', { verdicts: { 24: 'error', 26: 'ok' }, source: `inet_tls_dist.erl; ${RUN}` }),
    ],
    { flat: { as: 'atom', since: 'flatFormHasVersions' } },
  ),
];

import type { Term } from '../../terms/term';
import type { SslOption } from '../ssl-option';
import { isInRange, isOneOf, isString, isWritten } from '../value-rules';
import { isWildcardMatch, matchFunIn } from '../wildcard-match';
import { both, ERROR, NODES, on, only, option, ROLES, RUN, VERSIONS, WRONG_SIDE } from './row';

const takesWildcards = (value: Term): boolean => isWildcardMatch(matchFunIn(value));

/** OTP's functions verify what is verified without them, and the peer's host in addition (`inet_tls_dist.erl`). */
const isOtpsOwn = isWritten(/^\{(fun inet_tls_dist:|inet_tls_dist,)verify_(client|server)\b/);

/** How a side verifies the other one. */
export const VERIFICATION: readonly SslOption[] = [
  option('verify', 'atom', both({ writtenFrom: 'unsafeVerifyNone' }), {
    takes: { expected: 'verify_peer or verify_none', takes: isOneOf('verify_peer', 'verify_none') },
    flat: { as: 'atom' },
    inPlan: 'judged',
    verifiesLess: [{ holds: isOneOf('verify_none'), admits: 'anyone', effect: 'no certificate is verified' }],
  }),
  option(
    'fail_if_no_peer_cert',
    'boolean',
    [
      on('server', { writtenFrom: 'unsafeVerifyNone', source: ROLES }),
      on('client', { value: true, verdicts: WRONG_SIDE, source: ROLES }),
    ],
    {
      flat: { as: 'atom', side: 'server' },
      inPlan: 'judged',
      verifiesLess: [
        { side: 'server', holds: isOneOf('false'), admits: 'anyone', effect: 'a client may show no certificate' },
      ],
    },
  ),
  option(
    'verify_fun',
    'term',
    both({ source: `{fun Module:Function/3, State}; a {Module,Function,State} tuple is an error; ${RUN}` }),
    {
      flat: { as: 'callback' },
      verifiesLess: [
        {
          holds: (value) => !isOtpsOwn(value),
          admits: 'unknown',
          effect: 'a function accepts or refuses certificates',
        },
      ],
    },
  ),
  option('depth', 'integer', both(), {
    takes: { expected: 'a whole number from 0 to 255', takes: isInRange(0n, 255n) },
    flat: { as: 'integer' },
    judgesPeerOn: ['client', 'server'],
    // 0 is enough for a certificate that a root signed (run on OTP 25, 27 and 29).
    inPlan: 'below intermediates',
    byDefault: '10',
  }),
  option('crl_check', 'atom', both({ writtenFrom: 'crlDirectory' }), {
    takes: { expected: 'true, false, peer or best_effort', takes: isOneOf('true', 'false', 'peer', 'best_effort') },
    flat: { as: 'atom' },
  }),
  option('crl_cache', 'term', both({ writtenFrom: 'crlDirectory' }), { flat: { as: 'term' } }),
  option('customize_hostname_check', 'term', only('client'), {
    judgesPeerOn: ['client'],
    verifiesLess: [
      {
        holds: takesWildcards,
        admits: 'others',
        effect: 'the name of a certificate may be a wildcard, which stands for other hosts too',
      },
      {
        holds: (value) => isWritten(/_fun\b/)(value) && !takesWildcards(value),
        admits: 'unknown',
        effect: 'a function compares the names of certificates',
      },
    ],
  }),
  // Up to OTP 25, `inet_tls_dist` puts its own in front, and the first one wins.
  option(
    'server_name_indication',
    'string',
    only('client', { verdicts: { 24: 'ignored', 26: 'ok' }, source: `inet_tls_dist.erl; ${RUN}` }),
    {
      takes: {
        expected: 'a string, or disable',
        takes: (value) => isString(value) || isOneOf('disable')(value),
      },
      judgesPeerOn: ['client'],
      verifiesLess: [
        {
          holds: isOneOf('disable'),
          admits: 'others',
          effect: 'no name is compared: the certificate of any node is right for every host',
        },
        { holds: isString, admits: 'others', effect: 'one name is compared in place of the host that is dialled' },
      ],
    },
  ),
  option('certificate_authorities', 'boolean', [
    on('server', { withTls12Only: { 24: 'error', 27: 'ok' }, source: VERSIONS }),
    on('client', { withTls12Only: ERROR, source: NODES }),
  ]),
  // Unknown before OTP 27: a server passes over what it does not know, a client fails on it.
  option(
    'allow_any_ca_purpose',
    'boolean',
    [
      on('server', { verdicts: { 24: 'ignored', 27: 'ok' } }),
      on('client', { verdicts: { 24: 'error', 27: 'ok' }, source: NODES }),
    ],
    {
      verifiesLess: [
        { holds: isOneOf('true'), admits: 'others', effect: 'CAs that are meant for other uses than TLS may issue' },
      ],
    },
  ),
  option('cert_policy_opts', 'term', [
    on('server', { verdicts: { 24: 'ignored', 27: 'ok' } }),
    on('client', { verdicts: { 24: 'error', 27: 'ok' }, source: NODES }),
  ]),
  // No node staples anything to its certificate.
  option('stapling', 'atom', [
    on('server', { verdicts: { 24: 'ignored', 27: 'error' } }),
    on('client', { value: 'staple', verdicts: ERROR, source: NODES }),
  ]),
];
